/** Cumulative `le` buckets as Prometheus gives them → a histogram in milliseconds that keeps its bounds. */
import type { Distribution } from '../../graph/index.ts';
import { parseSample } from './answer.ts';

/** The text of `le` (seconds) and what was counted up to it. */
export type Bucket = { le: string | undefined; value: number };

/**
 * Mends what Prometheus' own histogram_quantile mends, in the same way: equal bounds are added, a bucket
 * never holds less than the one below it. A bucket that counted no number is left out, which only makes its
 * neighbour wider.
 * @returns null without an +Inf bucket, without a finite bound, or with nothing counted: no data is not zero
 */
export function histogramFrom(buckets: readonly Bucket[]): Distribution | null {
  const texts = new Set<string>();
  const byBound = new Map<number, number>();
  for (const { le, value } of buckets) {
    const bound = le === undefined ? Number.NaN : parseSample(le);
    if (Number.isNaN(bound) || !Number.isFinite(value) || value < 0) continue;
    // The same series twice is one; "1" and "1.0" are two exporters' halves of one bucket.
    if (texts.has(le!)) continue;
    texts.add(le!);
    byBound.set(bound, (byBound.get(bound) ?? 0) + value);
  }
  const sorted = [...byBound].sort(([a], [b]) => a - b);
  if (sorted.length < 2 || sorted.at(-1)![0] !== Number.POSITIVE_INFINITY) return null;
  const bounds: (number | null)[] = [];
  const counts: number[] = [];
  let below = 0;
  for (const [bound, cumulative] of sorted) {
    const upTo = Math.max(below, cumulative);
    bounds.push(bound === Number.POSITIVE_INFINITY ? null : bound * 1000);
    counts.push(upTo - below);
    below = upTo;
  }
  return below > 0 ? { type: 'histogram', bounds, counts } : null;
}
