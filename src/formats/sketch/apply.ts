/** Statements → one patch: what is named is found or made, what is said of it is set, nothing else changes. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  diffBoards,
  type EpochMs,
  edgeKindBetween,
  edgesAt,
  type Id,
  markOn,
  normaliseName,
  type Patch,
  type Point,
  type Subject,
  sameValue,
} from '../../graph/index.ts';
import { edgeKindOf } from './arrow.ts';
import { type Names, resolveNames } from './names.ts';
import { placeFresh } from './place.ts';
import type { EdgeMention, SketchFault, Statement } from './statement.ts';

export type SketchContext = {
  newId(): Id;
  /** When what is marked was marked. */
  now: EpochMs;
  /** Where the first part stands on an empty board. */
  at?: Point;
};

export type SketchPatch = {
  patch: Patch;
  /** All that the sketch names, made or found. */
  touched: { nodes: Id[]; edges: Id[] };
  /** What this board leaves no clear meaning to, at its place in the text; the patch goes without it. */
  faults: SketchFault[];
};

/** What statements make of a board. The same ones again give an empty patch. */
export function sketchPatch(
  board: Board,
  statements: readonly Statement[],
  context: SketchContext,
): SketchPatch {
  const names = resolveNames(board, statements, context.newId);
  const next: Board = { ...board, nodes: names.nodes, edges: edgesFollowing(board, names.nodes) };
  const edgeIds = drawEdges(next, statements, names, context.newId);
  for (const statement of statements) {
    const nodes = statement.nodes.flatMap((mention) => names.ids.get(mention) ?? []);
    const edges = statement.edges.flatMap((mention) => edgeIds.get(mention) ?? []);
    if (statement.group) putInGroup(next, statement.group, nodes, names.faults, context.newId);
    if (statement.config)
      for (const id of nodes) next.nodes[id] = configured(next.nodes[id]!, statement.config);
    if (!statement.mark) continue;
    const subjects =
      statement.edges.length > 0
        ? edges.map((id) => ({ type: 'edge' as const, id }))
        : nodes.map((id) => ({ type: 'node' as const, id }));
    for (const subject of subjects) putMark(next, subject, statement.mark, context);
  }
  next.marks = withOldTimes(next.marks, board.marks);
  for (const [id, position] of placeFresh(next.nodes, next.edges, names.fresh, context.at ?? [0, 0]))
    next.nodes[id] = { ...next.nodes[id]!, position };
  return {
    patch: diffBoards(board, next),
    touched: { nodes: [...new Set(names.ids.values())], edges: [...new Set(edgeIds.values())] },
    faults: names.faults,
  };
}

const keyOf = (edge: Pick<BoardEdge, 'source' | 'target' | 'kind'>) =>
  JSON.stringify([edge.source, edge.target, edge.kind]);

/**
 * The board's edges, where a part of another kind now stands at an end: what was the natural traffic between
 * the old kinds becomes that between the new ones.
 */
function edgesFollowing(board: Board, nodes: Record<Id, BoardNode>): Record<Id, BoardEdge> {
  const edges = { ...board.edges };
  for (const id in board.nodes) {
    if (nodes[id]!.kind === board.nodes[id]!.kind) continue;
    for (const edge of edgesAt(board.edges, id)) {
      const natural = (all: Board['nodes']) =>
        edgeKindBetween(all[edge.source]!.kind, all[edge.target]!.kind);
      if (edge.kind !== natural(board.nodes)) continue;
      const moved = { ...edge, kind: natural(nodes) };
      const rivals = edgesAt(board.edges, edge.source).filter((other) => other.id !== edge.id);
      if (!rivals.some((other) => keyOf(edges[other.id]!) === keyOf(moved))) edges[edge.id] = moved;
    }
  }
  return edges;
}

/** Finds or makes the edge of every mention, in `next`. */
function drawEdges(
  next: Board,
  statements: readonly Statement[],
  { ids, nodes, faults }: Names,
  newId: () => Id,
): Map<EdgeMention, Id> {
  const drawn = new Map<EdgeMention, Id>();
  const known = new Map(Object.values(next.edges).map((edge) => [keyOf(edge), edge.id]));
  for (const mention of statements.flatMap((statement) => statement.edges)) {
    const source = ids.get(mention.source);
    const target = ids.get(mention.target);
    if (source === undefined || target === undefined) continue;
    if (source === target) {
      faults.push({ ...mention.target.at, reason: 'an arrow leads from one part to another, not to itself' });
      continue;
    }
    const kind = edgeKindOf(mention.kind, nodes[source]!.kind, nodes[target]!.kind);
    const key = keyOf({ source, target, kind });
    const id = known.get(key) ?? newId();
    known.set(key, id);
    drawn.set(mention, id);
    next.edges[id] = carrying(next.edges[id] ?? { id, source, target, kind }, mention);
  }
  return drawn;
}

function carrying(edge: BoardEdge, { protocol, operations }: EdgeMention): BoardEdge {
  const next = protocol ? { ...edge, protocol } : edge;
  const old = next.operations ?? [];
  const more = operations.filter((name) => !old.some((operation) => operation.name === name));
  return more.length > 0 ? { ...next, operations: [...old, ...more.map((name) => ({ name }))] } : next;
}

function putInGroup(
  next: Board,
  { name, at }: NonNullable<Statement['group']>,
  nodes: readonly Id[],
  faults: SketchFault[],
  newId: () => Id,
): void {
  const groups = Object.values(next.groups);
  const exact = groups.filter((group) => group.name === name);
  const alike =
    exact.length > 0 ? exact : groups.filter((group) => normaliseName(group.name) === normaliseName(name));
  if (alike.length > 1)
    faults.push({ ...at, reason: `several groups are called “${name}”; give them different names first` });
  if (alike.length > 1 || nodes.length === 0) return;
  const id = alike[0]?.id ?? newId();
  if (!alike[0]) next.groups = { ...next.groups, [id]: { id, name } };
  for (const node of nodes) next.nodes[node] = { ...next.nodes[node]!, group: id };
}

/** Without a stated name the settings are those of the technology. */
function configured(node: BoardNode, said: NonNullable<Statement['config']>): BoardNode {
  const old = node.config;
  const system = said.system ?? old?.system ?? (node.technology?.toLowerCase() || 'config');
  const version = said.version ?? old?.version;
  const values = { ...old?.values, ...said.values };
  return { ...node, config: { system, ...(version !== undefined && { version }), values } };
}

function putMark(
  next: Board,
  subject: Subject,
  { status, hypothesis }: NonNullable<Statement['mark']>,
  { newId, now }: SketchContext,
): void {
  const mark = { ...(markOn(next, subject) ?? { id: newId(), subject }), status, at: now };
  next.marks = { ...next.marks, [mark.id]: hypothesis === undefined ? mark : { ...mark, hypothesis } };
}

/** A mark that says in the end what it said before keeps the time it was made. */
const withOldTimes = (marks: Board['marks'], before: Board['marks']): Board['marks'] =>
  Object.fromEntries(
    Object.values(marks).map((mark) => {
      const old = before[mark.id];
      return [mark.id, old && sameValue({ ...mark, at: old.at }, old) ? old : mark];
    }),
  );
