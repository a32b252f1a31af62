/** Several readings of one system → one: parts that go by the same names are one part, and each file's figures stay. */
import {
  applyPatch,
  type Board,
  emptyBoard,
  type Id,
  mergeGraph,
  normaliseName,
  spokenOf,
} from '../graph/index.ts';
import { titleOf } from './build.ts';
import type { FileFault, Read, ReadContext } from './format.ts';

type Whole = Extract<Read, { ok: true }>;

/**
 * What was read of several files as one board. Those that were refused are its `partial`; when all were, so is this.
 * @param title of the board, or the folder that they were in
 */
export function joinReads(reads: readonly Read[], title: string, context: ReadContext): Read {
  const good = reads.filter((read) => read.ok);
  const faults: FileFault[] = reads.flatMap((read) => (read.ok ? (read.partial ?? []) : read.faults));
  const [first] = good;
  if (!first) return { ok: false, faults };
  const partial = faults.length > 0 ? { partial: faults } : {};
  if (good.length === 1) return { ...first, ...partial };
  // A board's own file holds more than a graph: what the others say comes onto it.
  const start = good.find(({ whole }) => whole);
  const onto = start?.board ?? emptyBoard(context.newId(), titleOf(title, first.board.title));
  const rest = good.filter((read) => read !== start);
  const { board, readings } = rest.reduce(withGraph, { board: onto, readings: [...(start?.readings ?? [])] });
  return {
    ok: true,
    format: [...new Set(good.map(({ format }) => format))].join(', '),
    board,
    readings,
    repairs: good.flatMap(({ repairs }) => repairs),
    whole: start !== undefined,
    ...(start?.readOnly && { readOnly: true }),
    ...partial,
  };
}

type Joined = Pick<Whole, 'board' | 'readings'>;

function withGraph({ board, readings }: Joined, next: Whole): Joined {
  const { patch, ids } = mergeGraph(board, next.board);
  const merged = applyPatch(board, patch).board;
  const more = spokenOf(next.readings, {
    node: (id) => ids.nodes.get(id),
    edge: (id) => ids.edges.get(id),
  });
  return { board: withGroups(merged, next.board, ids.nodes), readings: [...readings, ...more] };
}

/** Of one system, boundaries of one name are one boundary; a part that stands in one already stays there. */
function withGroups(board: Board, from: Board, ids: ReadonlyMap<Id, Id>): Board {
  const groups = { ...board.groups };
  const nodes = { ...board.nodes };
  const byName = new Map(Object.values(groups).map((group) => [normaliseName(group.name), group.id]));
  for (const { id, group } of Object.values(from.nodes)) {
    const node = nodes[ids.get(id) ?? ''];
    const said = group === undefined ? undefined : from.groups[group];
    if (!node || !said || node.group !== undefined) continue;
    const key = normaliseName(said.name);
    const known = byName.get(key) ?? said.id;
    byName.set(key, known);
    groups[known] ??= said;
    nodes[node.id] = { ...node, group: known };
  }
  return { ...board, nodes, groups };
}
