/** What must hold of every board at all times, said again without the code under test. */
import { type Board, boardSchema, COLLECTIONS, type Id } from '../../src/graph/index.ts';

export function wrongWith(board: Board): string[] {
  const wrong: string[] = [];
  const parsed = boardSchema.safeParse(board);
  if (!parsed.success) wrong.push(JSON.stringify(parsed.error.issues));
  for (const collection of COLLECTIONS)
    for (const [key, record] of Object.entries(board[collection]))
      if ((record as { id: Id }).id !== key) wrong.push(`${collection}.${key} has another id`);
  const expectRef = (from: string, records: object, id: Id | undefined) => {
    if (id !== undefined && !Object.hasOwn(records, id)) wrong.push(`${from} refers to ${id}`);
  };
  for (const node of Object.values(board.nodes)) expectRef(`nodes.${node.id}`, board.groups, node.group);
  for (const edge of Object.values(board.edges)) {
    expectRef(`edges.${edge.id}`, board.nodes, edge.source);
    expectRef(`edges.${edge.id}`, board.nodes, edge.target);
  }
  const { nodes, edges, groups } = board;
  const records = { node: nodes, instance: nodes, config: nodes, edge: edges, group: groups };
  for (const { id, subject } of Object.values(board.marks)) expectRef(id, records[subject.type], subject.id);
  for (const { id, part, symptom, before, after } of Object.values(board.experiments)) {
    for (const each of part.type === 'several' ? part.parts : [part])
      expectRef(id, records[each.type], each.id);
    if (symptom) expectRef(id, records[symptom.subject.type], symptom.subject.id);
    expectRef(id, board.snapshots, before);
    expectRef(id, board.snapshots, after);
  }
  return wrong;
}
