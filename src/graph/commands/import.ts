/** What files say of a system, taken onto a board: its graph by name, the figures of each file as a snapshot. */
import type { Id } from '../fields.ts';
import { spokenOf } from '../observed.ts';
import { type Patch, squashPatches } from '../patch.ts';
import type { Reading } from '../reading.ts';
import { type Requests, requestsOn } from '../requests.ts';
import type { Board, Snapshot } from '../schema.ts';
import { insert } from './board.ts';
import { mergeGraph } from './merge.ts';

/**
 * What is new, and the files' figures, instead of those that an earlier reading of the same file left; the simulator is
 * no longer needed where there are real ones.
 */
export function importGraph(
  board: Board,
  args: { graph: Board; readings: readonly Reading[]; requests?: Requests | undefined; newId(): Id },
): Patch {
  const { graph, readings, requests, newId } = args;
  const { patch, ids } = mergeGraph(board, graph);
  const here = { node: (id: Id) => ids.nodes.get(id), edge: (id: Id) => ids.edges.get(id) };
  const mapped = Map.groupBy(spokenOf(readings, here), ({ provenance }) => provenance.source);
  if (mapped.size === 0) return patch;
  const fresh: Board['snapshots'] = {};
  for (const same of mapped.values()) {
    const [{ at, window, provenance }] = same as [Reading];
    const id = newId();
    const isFirst = Object.keys(fresh).length === 0;
    fresh[id] = {
      ...{ id, name: provenance.label, at, window, imported: true, readings: same },
      ...(requests && isFirst && { requests: requestsOn(requests, here) }),
    };
  }
  const removed = {
    snapshots: { removed: recordsOf(board.snapshots, (each) => isOf(each, mapped)) },
    sources: { removed: recordsOf(board.sources, ({ type }) => type === 'simulator') },
  };
  return squashPatches([patch, removed, insert(board, { records: { snapshots: fresh } })]);
}

const isOf = ({ imported, readings }: Snapshot, sources: ReadonlyMap<string, unknown>): boolean =>
  imported === true && sources.has(readings[0]?.provenance.source ?? '');

const recordsOf = <T>(records: Record<Id, T>, is: (record: T) => boolean): Record<Id, T> =>
  Object.fromEntries(Object.entries(records).filter(([, record]) => is(record)));
