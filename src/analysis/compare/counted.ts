/** How many measurements stand behind a reading, and under which load it was taken. */
import {
  adjacencyOf,
  type Board,
  type PerSecond,
  type Reading,
  type Snapshot,
  type Subject,
  totalCount,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';

/**
 * As many as its source says, or as it counted; counts that are rates are taken over the window. Null where neither
 * tells.
 */
export function countOf({ value, samples, window }: Reading): number | null {
  if (samples !== null) return samples;
  if (typeof value === 'number') return null;
  const total = totalCount(value);
  if (total === null || value.type !== 'histogram' || value.counts.every(Number.isInteger)) return total;
  return window > 0 ? (total * window) / 1000 : null;
}

/**
 * What came per second to the part or along the edge: for one instance its own, or else its share of all where the
 * instances are counted. Of a node that tells no rate, what its incoming edges carry together.
 */
export function loadOf(
  board: Pick<Board, 'edges'>,
  snapshot: Snapshot,
  spoken: Pick<Reading, 'subject' | 'instance' | 'provenance'>,
): PerSecond | null {
  const told = rateOf(snapshot, spoken.subject, spoken);
  if (told !== null || spoken.subject.type === 'edge') return told;
  let sum: PerSecond | null = null;
  for (const { id } of adjacencyOf(board.edges).in.get(spoken.subject.id) ?? []) {
    const rate = rateOf(snapshot, { type: 'edge', id }, spoken);
    if (rate === null) return null;
    sum = (sum ?? 0) + rate;
  }
  return sum;
}

function rateOf(
  snapshot: Snapshot,
  subject: Subject,
  { instance, provenance }: Pick<Reading, 'instance' | 'provenance'>,
): PerSecond | null {
  const rates = readingsThen(snapshot, subject).filter(
    (each) =>
      each.metric === 'rate' &&
      each.operation === undefined &&
      typeof each.value === 'number' &&
      each.provenance.simulated === provenance.simulated,
  );
  const own = rates.find((each) => each.instance === instance);
  if (own) return own.value as PerSecond;
  const all = rates.find((each) => each.instance === null);
  return all?.instances ? (all.value as PerSecond) / all.instances : null;
}
