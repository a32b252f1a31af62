/** What Prometheus counted of durations → a histogram in milliseconds that keeps its bounds. */
import { type Distribution, mergeDistributions } from '../../graph/index.ts';
import { type Native, parseSample } from './answer.ts';

type Histogram = Extract<Distribution, { type: 'histogram' }>;

/** The text of `le` and what was counted up to it. */
export type Bucket = { le: string | undefined; value: number };

/**
 * Cumulative buckets. Mends what Prometheus' own histogram_quantile mends, in the same way: equal bounds are
 * added, a bucket never holds less than the one below it. A bucket that counted no number is left out, which
 * only makes its neighbour wider.
 * @param scale from the unit of `le` to milliseconds
 * @param sum of all durations, in the unit of `le`
 * @returns null without an +Inf bucket, without a finite bound, or with nothing counted: no data is not zero
 */
export function histogramFrom(
  buckets: readonly Bucket[],
  scale = 1000,
  sum: number | null = null,
): Histogram | null {
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
    bounds.push(bound === Number.POSITIVE_INFINITY ? null : bound * scale);
    counts.push(upTo - below);
    below = upTo;
  }
  return below > 0 ? withSum({ type: 'histogram', bounds, counts }, sum, scale) : null;
}

const withSum = (histogram: Histogram, sum: number | null, scale: number): Histogram =>
  sum !== null && Number.isFinite(sum) && sum >= 0 ? { ...histogram, sum: sum * scale } : histogram;

/**
 * A native histogram. Where one bucket does not begin at the end of the one before, an empty one lies between.
 * @returns null with nothing counted, or with a count that is no number
 */
export function nativeHistogram({ sum, buckets }: Native, scale: number): Histogram | null {
  const bounds: (number | null)[] = [];
  const counts: number[] = [];
  let upTo = 0;
  let total = 0;
  for (const [from, to, count] of buckets.toSorted((a, b) => a[0] - b[0])) {
    if (Number.isNaN(from) || Number.isNaN(to) || !Number.isFinite(count) || count < 0) return null;
    if (from > upTo) {
      bounds.push(from * scale);
      counts.push(0);
    }
    bounds.push(to === Number.POSITIVE_INFINITY ? null : to * scale);
    counts.push(count);
    total += count;
    upTo = Math.max(upTo, to);
  }
  return total > 0 ? withSum({ type: 'histogram', bounds, counts }, sum, scale) : null;
}

/**
 * Several as one. Histograms of different bounds are added over the bounds that split no bucket of any of them:
 * coarser, but nothing is invented.
 * @returns null where they have no bound in common
 */
export function pool(parts: readonly Distribution[]): Distribution | null {
  const merged = mergeDistributions(parts);
  if (merged) return merged;
  const histograms = parts.filter((part): part is Histogram => part.type === 'histogram');
  if (histograms.length < parts.length || histograms.length === 0) return null;
  const all = new Set(histograms.flatMap(({ bounds }) => bounds.map(upper)));
  all.add(Number.POSITIVE_INFINITY);
  for (const { bounds, counts } of histograms) {
    let below = 0;
    counts.forEach((count, i) => {
      const end = upper(bounds[i]!);
      if (count > 0) for (const bound of all) if (bound > below && bound < end) all.delete(bound);
      below = end;
    });
  }
  const bounds = [...all].sort((a, b) => a - b);
  if (bounds.length < 2) return null;
  return mergeDistributions(histograms.map((each) => over(bounds, each)));
}

const upper = (bound: number | null): number => bound ?? Number.POSITIVE_INFINITY;

/** The same counts over coarser bounds, the last of them infinite. */
function over(bounds: readonly number[], histogram: Histogram): Histogram {
  const counts = bounds.map(() => 0);
  histogram.counts.forEach((count, i) => {
    if (count === 0) return;
    const end = upper(histogram.bounds[i]!);
    counts[bounds.findIndex((bound) => bound >= end)]! += count;
  });
  const finite = bounds.map((bound) => (bound === Number.POSITIVE_INFINITY ? null : bound));
  return { ...histogram, bounds: finite, counts };
}
