/** Several readings of one system → one: parts that go by the same names are one part, and each file's figures stay. */
import {
  applyPatch,
  type Board,
  emptyBoard,
  type Fault,
  type Id,
  importGraph,
  mergeGraph,
  normaliseName,
  type Requests,
  requestsOn,
  spokenOf,
} from '../graph/index.ts';
import { titleOf } from './build.ts';
import type { FileFault, FilesRead, Lost, Read, ReadContext } from './format.ts';

type Whole = Extract<Read, { ok: true }>;

/**
 * What was read of several files as one board. Those that were refused are its `partial`; when all were, so is this.
 * @param title of the board, or the folder that they were in
 */
export function joinReads(
  all: readonly Pick<FilesRead, 'files' | 'read'>[],
  title: string,
  context: ReadContext,
): Read {
  const good = all.flatMap(({ files, read }) => (read.ok ? { ...read, files } : []));
  const faults: FileFault[] = all.flatMap(({ read }) => (read.ok ? (read.partial ?? []) : read.faults));
  const [first] = good;
  if (!first) return { ok: false, faults };
  const lost = lostOf(all);
  const partial = { ...(faults.length > 0 && { partial: faults }), ...(lost && { lost }) };
  if (good.length === 1) {
    const { files: _, ...read } = first;
    return { ...read, ...partial };
  }
  const start = good.find(({ whole }) => whole);
  const rest = good.filter((read) => read !== start);
  const { newId } = context;
  const joined: Joined = start
    ? // a board keeps figures in itself
      { board: rest.reduce((board, next) => withImport(board, next, newId), start.board), readings: [] }
    : rest.reduce(withGraph, { board: emptyBoard(newId(), titleOf(title, first.board.title)), readings: [] });
  return {
    ok: true,
    format: [...new Set(good.map(({ format }) => format))].join(', '),
    ...joined,
    repairs: good.flatMap(repairsOf),
    whole: start !== undefined,
    ...(start?.readOnly && { readOnly: true }),
    ...partial,
  };
}

/** Files, where some are refused; otherwise what could not be read inside of them. */
function lostOf(all: readonly Pick<FilesRead, 'files' | 'read'>[]): Lost | null {
  const filesIn = (some: typeof all) => some.reduce((sum, { files }) => sum + files.length, 0);
  const refused = all.filter(({ read }) => !read.ok);
  const [fault] = refused.flatMap(({ read }) => (read.ok ? [] : read.faults));
  if (fault) return { count: filesIn(refused), of: filesIn(all), what: 'files', example: fault };
  const each = all.flatMap(({ files: [file], read }) =>
    read.ok && read.lost ? { ...read.lost, example: { file: file!, ...read.lost.example } } : [],
  );
  const [first] = each;
  if (!first) return null;
  const isAlike = each.every(({ what }) => what === first.what);
  const of = each.reduce<number | null>(
    (sum, lost) => (sum === null || lost.of === null ? null : sum + lost.of),
    0,
  );
  const count = each.reduce((sum, lost) => sum + lost.count, 0);
  return { count, of, what: isAlike ? first.what : 'records', example: first.example };
}

const repairsOf = ({ files: [file, ...more], repairs }: Whole & { files: readonly string[] }): Fault[] =>
  more.length > 0
    ? repairs
    : repairs.map(({ path, reason }) => ({ path: [file, path].filter(Boolean).join(': '), reason }));

function withImport(board: Board, next: Whole, newId: () => Id): Board {
  return applyPatch(board, importGraph(board, { ...next, graph: next.board, newId })).board;
}

type Joined = Pick<Whole, 'board' | 'readings' | 'requests'>;

function withGraph({ board, readings, requests }: Joined, next: Whole): Joined {
  const { patch, ids } = mergeGraph(board, next.board);
  const here = { node: (id: Id) => ids.nodes.get(id), edge: (id: Id) => ids.edges.get(id) };
  const merged = applyPatch(board, patch).board;
  const more = next.requests && requestsOn(next.requests, here);
  const all = requests && more ? bothRequests(requests, more) : (requests ?? more);
  return {
    board: withGroups(merged, next.board, ids.nodes),
    readings: [...readings, ...spokenOf(next.readings, here)],
    ...(all && { requests: all }),
  };
}

/** Spans name their subjects by index: those of the second list come after the first's. */
function bothRequests(first: Requests, second: Requests): Requests {
  const after = first.subjects.length;
  const moved = second.each.map((spans) =>
    spans.map(([subject, ...rest]): (typeof spans)[number] => [subject + after, ...rest]),
  );
  return { subjects: [...first.subjects, ...second.subjects], each: [...first.each, ...moved] };
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
