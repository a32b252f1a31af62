/** How far each edge is from its own usual: the latest snapshot named a baseline. */
import {
  type Board,
  type Distribution,
  type Id,
  type Milliseconds,
  quantile,
  type Reading,
  type Snapshot,
} from '../graph/index.ts';

/** The snapshot that comparisons are made with: the latest one that was taken here. */
export function latestSnapshot(board: Pick<Board, 'snapshots'>): Snapshot | null {
  let latest: Snapshot | null = null;
  for (const snapshot of Object.values(board.snapshots))
    if (!snapshot.imported && (!latest || snapshot.at > latest.at)) latest = snapshot;
  return latest;
}

const indexed = new WeakMap<Snapshot, Map<string, Reading>>();
const keyOf = (edge: Id, side: Reading['side'], simulated: boolean) => `${edge}|${side ?? ''}|${simulated}`;

function latencies(snapshot: Snapshot): Map<string, Reading> {
  let index = indexed.get(snapshot);
  if (index) return index;
  index = new Map();
  for (const reading of snapshot.readings)
    if (reading.metric === 'latency' && reading.subject.type === 'edge' && reading.instance === null)
      index.set(keyOf(reading.subject.id, reading.side, reading.provenance.simulated), reading);
  indexed.set(snapshot, index);
  return index;
}

/**
 * What this edge's quantile was in the snapshot, seen from the same side as `now`; null where it wasn't
 * measured. Simulated figures are never compared with real ones.
 */
export function baselineLatency(snapshot: Snapshot | null, now: Reading, q: number): Milliseconds | null {
  if (!snapshot) return null;
  const then = latencies(snapshot).get(keyOf(now.subject.id, now.side, now.provenance.simulated));
  if (!then || typeof then.value === 'number') return null;
  return quantile(then.value as Distribution, q)?.value ?? null;
}
