/** What files say of a system, taken onto a board: its graph by name, the figures of each file as a snapshot. */
import type { Id } from '../fields.ts';
import { spokenOf } from '../observed.ts';
import { type Patch, sameValue, squashPatches } from '../patch.ts';
import type { Reading } from '../reading.ts';
import { type Requests, requestsOn } from '../requests.ts';
import type { Board, Snapshot } from '../schema.ts';
import { insert } from './board.ts';
import { type Choices, type Merge, mergeGraph } from './merge.ts';

/**
 * What is new, and the files' figures, instead of those that an earlier reading of the same file left; the simulator is
 * no longer needed where there are real ones.
 */
export function importGraph(
  board: Board,
  args: {
    graph: Board;
    readings: readonly Reading[];
    requests?: Requests | undefined;
    choices?: Choices;
    /** The merge by these choices, where it is known. */
    merged?: Merge;
    newId(): Id;
  },
): Patch {
  const { graph, readings, requests, choices, merged, newId } = args;
  const { patch, ids } = merged ?? mergeGraph(board, graph, choices);
  const here = { node: (id: Id) => ids.nodes.get(id), edge: (id: Id) => ids.edges.get(id) };
  const mapped = Map.groupBy(spokenOf(readings, here), ({ provenance }) => provenance.source);
  if (mapped.size === 0) return patch;
  const fresh: Board['snapshots'] = {};
  const again = new Set<Id>();
  const old = Object.values(board.snapshots).filter((each) => isOf(each, mapped));
  for (const same of mapped.values()) {
    const [{ at, window, provenance }] = same as [Reading];
    const isFirst = Object.keys(fresh).length + again.size === 0;
    const snapshot: Snapshot = {
      ...{ id: newId(), name: provenance.label, at, window, imported: true, readings: same },
      ...(requests && isFirst && { requests: requestsOn(requests, here) }),
    };
    const known = old.find((each) => sameValue({ ...each, id: snapshot.id }, snapshot));
    if (known) again.add(known.id);
    else fresh[snapshot.id] = snapshot;
  }
  const removed = {
    snapshots: {
      removed: Object.fromEntries(old.flatMap((each) => (again.has(each.id) ? [] : [[each.id, each]]))),
    },
    sources: { removed: simulatorsOf(board) },
  };
  return squashPatches([patch, removed, insert(board, { records: { snapshots: fresh } })]);
}

const isOf = ({ imported, readings }: Snapshot, sources: ReadonlyMap<string, unknown>): boolean =>
  imported === true && sources.has(readings[0]?.provenance.source ?? '');

const simulatorsOf = ({ sources }: Board): Board['sources'] =>
  Object.fromEntries(Object.entries(sources).filter(([, { type }]) => type === 'simulator'));
