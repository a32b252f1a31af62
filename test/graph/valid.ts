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
  for (const { id, subject } of [...Object.values(board.marks), ...Object.values(board.experiments)])
    expectRef(id, subject.type === 'node' ? board.nodes : board.edges, subject.id);
  for (const { id, before, after } of Object.values(board.experiments)) {
    expectRef(id, board.snapshots, before);
    expectRef(id, board.snapshots, after);
  }
  return wrong;
}
