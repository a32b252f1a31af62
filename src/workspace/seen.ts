/** What has been seen of each edge since opening, for its small curve: live figures only, whatever is shown. */
import { type EpochMs, type Id, type Milliseconds, quantile, type Reading } from '../graph/index.ts';
import type { ReadingStore } from './readings.ts';

/** One point of the curve: quantiles in ms, null where unknown. */
export type Seen = { at: EpochMs; p50: number | null; p95: number | null; p99: number | null };

/** Points kept of each edge, at most one a second. */
const SEEN_LENGTH = 300;
const SEEN_EVERY: Milliseconds = 1000;

export function createSeen(live: ReadingStore) {
  /** Of one source each: what two of them say is no one curve. */
  const history = new Map<Id, { source: string; points: Seen[] }>();

  function remember(edge: Id, now: EpochMs) {
    const reading = live.best({ type: 'edge', id: edge }, 'latency');
    if (!reading || typeof reading.value === 'number') return;
    const { source } = reading.provenance;
    const known = history.get(edge);
    const points = known?.source === source ? known.points : [];
    const last = points.at(-1);
    if (last && (now - last.at < SEEN_EVERY || reading.at === last.at)) return;
    const at = (q: number) => quantile(reading.value as Exclude<Reading['value'], number>, q)?.value ?? null;
    points.push({ at: reading.at, p50: at(0.5), p95: at(0.95), p99: at(0.99) });
    if (points.length > SEEN_LENGTH) points.shift();
    history.set(edge, { source, points });
  }

  return {
    remember(readings: readonly Reading[]) {
      for (const { subject, metric, at } of readings)
        if (metric === 'latency' && subject.type === 'edge') remember(subject.id, at);
    },
    of: (edge: Id): readonly Seen[] => history.get(edge)?.points ?? [],
    /** Forgets what is no longer measured. */
    forget() {
      for (const id of history.keys()) if (live.of({ type: 'edge', id }).length === 0) history.delete(id);
    },
  };
}
