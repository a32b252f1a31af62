/** How far each figure is from its own usual: the same figure in a snapshot. */
import {
  type Board,
  type Milliseconds,
  quantile,
  type Reading,
  type Snapshot,
  type Subject,
  subjectKey,
} from '../graph/index.ts';

/** The snapshot that comparisons are made with: the latest one that was taken here, and not for an experiment. */
export function latestSnapshot(board: Pick<Board, 'snapshots' | 'experiments'>): Snapshot | null {
  const tried = new Set(Object.values(board.experiments).flatMap(({ before, after }) => [before, after]));
  let latest: Snapshot | null = null;
  for (const snapshot of Object.values(board.snapshots))
    if (!snapshot.imported && !tried.has(snapshot.id) && (!latest || snapshot.at > latest.at))
      latest = snapshot;
  return latest;
}

const indexed = new WeakMap<Snapshot, Map<string, Reading[]>>();
const NONE: readonly Reading[] = [];

/** All that a snapshot holds of a subject. */
export function readingsThen(snapshot: Snapshot, subject: Subject): readonly Reading[] {
  let index = indexed.get(snapshot);
  if (!index) {
    index = Map.groupBy(snapshot.readings, (reading) => subjectKey(reading.subject));
    indexed.set(snapshot, index);
  }
  return index.get(subjectKey(subject)) ?? NONE;
}

/**
 * The same figure in the snapshot: of the same metric and side, of the same instance or of all of them; null where
 * it wasn't measured. Simulated figures are never compared with real ones.
 */
export function readingThen(snapshot: Snapshot, now: Reading): Reading | null {
  let found: Reading | null = null;
  for (const then of readingsThen(snapshot, now.subject)) {
    const isSame =
      then.metric === now.metric &&
      then.side === now.side &&
      then.instance === now.instance &&
      then.operation === now.operation &&
      then.provenance.simulated === now.provenance.simulated;
    if (!isSame) continue;
    if (then.provenance.source === now.provenance.source) return then;
    found = then;
  }
  return found;
}

/** What this quantile was in the snapshot (`readingThen`). */
export function baselineLatency(snapshot: Snapshot | null, now: Reading, q: number): Milliseconds | null {
  const then = snapshot && readingThen(snapshot, now);
  if (!then || typeof then.value === 'number') return null;
  return quantile(then.value, q)?.value ?? null;
}
