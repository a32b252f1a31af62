/**
 * Quantiles of a measured latency, said as exactly as the source allows and no more exactly.
 * Quantiles are never averaged, added or subtracted; histograms and samples may be merged.
 */
import type { Distribution } from './reading.ts';
import type { Milliseconds } from './units.ts';

export type Quantile = {
  value: Milliseconds;
  /**
   * What the value may really be: the bucket it was interpolated in. Equal ends for samples and for
   * quantiles that the source computed itself. The upper end is Infinity in an open last bucket.
   */
  low: Milliseconds;
  high: Milliseconds;
};

/**
 * The q-quantile, 0 ≤ q ≤ 1, or null when the distribution is empty or its source did not give that
 * quantile.
 *
 * Histograms: linear interpolation inside the bucket, as Prometheus' histogram_quantile does for classic
 * histograms (promql/quantile.go, bucketQuantile): the first bucket starts at 0 when its bound is positive;
 * a rank in the +Inf bucket answers the highest finite bound. Samples: linear interpolation between closest
 * ranks (type 7 of Hyndman and Fan, 1996), the default of R and NumPy.
 */
export function quantile(distribution: Distribution, q: number): Quantile | null {
  if (!(q >= 0 && q <= 1)) return null;
  if (distribution.type === 'histogram')
    return histogramQuantile(distribution.bounds, distribution.counts, q);
  if (distribution.type === 'samples') return sampleQuantile(distribution.values, q);
  const point = distribution.points.find((candidate) => Math.abs(candidate.q - q) < 1e-9);
  return point ? exactly(point.value) : null;
}

/**
 * The quantile to ask for where q is wanted: q itself, but of a source that gave only some the next higher, or
 * else the highest, of those.
 */
export function givenQuantile(distribution: Distribution, q: number): number {
  if (distribution.type !== 'quantiles' || distribution.points.length === 0) return q;
  const given = distribution.points.map((point) => point.q).sort((a, b) => a - b);
  return given.find((each) => each > q - 1e-9) ?? given.at(-1)!;
}

const exactly = (value: Milliseconds): Quantile => ({ value, low: value, high: value });

/** The open last bucket is written null in JSON and Infinity elsewhere. */
const upperOf = (bound: number | null | undefined): number => bound ?? Number.POSITIVE_INFINITY;

function histogramQuantile(
  bounds: readonly (number | null)[],
  counts: readonly number[],
  q: number,
): Quantile | null {
  let total = 0;
  for (const count of counts) total += count;
  if (!(total > 0)) return null;
  const rank = q * total;
  let cumulative = 0;
  for (let i = 0; i < counts.length; i++) {
    const inBucket = counts[i]!;
    const before = cumulative;
    cumulative += inBucket;
    const isLast = i === counts.length - 1;
    if ((cumulative < rank || inBucket === 0) && !isLast) continue;
    const upper = upperOf(bounds[i]);
    const below = i === 0 ? null : (bounds[i - 1] ?? null);
    if (upper === Number.POSITIVE_INFINITY) {
      if (below === null) return null;
      return { value: below, low: below, high: upper };
    }
    if (i === 0 && upper <= 0) return exactly(upper);
    const lower = below ?? 0;
    const share = inBucket > 0 ? (rank - before) / inBucket : 0;
    return { value: lower + (upper - lower) * share, low: lower, high: upper };
  }
  return null;
}

function sampleQuantile(sorted: readonly number[], q: number): Quantile | null {
  if (sorted.length === 0) return null;
  const position = q * (sorted.length - 1);
  const floor = Math.floor(position);
  const low = sorted[floor]!;
  const high = sorted[Math.min(floor + 1, sorted.length - 1)]!;
  return exactly(low + (high - low) * (position - floor));
}

/** How many observations the distribution holds; null where only quantiles are known. May be a rate. */
export function totalCount(distribution: Distribution): number | null {
  if (distribution.type === 'quantiles') return null;
  if (distribution.type === 'samples') return distribution.values.length;
  return distribution.counts.reduce((sum, count) => sum + count, 0);
}

/** The arithmetic mean; null where the source does not say it (quantiles, histograms without a sum, nothing counted). */
export function mean(distribution: Distribution): Milliseconds | null {
  const count = totalCount(distribution);
  if (count === null || !(count > 0)) return null;
  if (distribution.type === 'samples')
    return distribution.values.reduce((sum, value) => sum + value, 0) / count;
  if (distribution.type !== 'histogram' || distribution.sum === undefined) return null;
  return distribution.sum / count;
}

/**
 * Several distributions of one kind as one: samples are pooled, histograms added.
 * @returns null where that would mean inventing numbers (quantiles, buckets that don't fit, mixed kinds, none).
 */
export function mergeDistributions(distributions: readonly Distribution[]): Distribution | null {
  const [first] = distributions;
  if (!first) return null;
  if (first.type === 'samples') {
    const values: number[] = [];
    for (const each of distributions) {
      if (each.type !== 'samples') return null;
      for (const value of each.values) values.push(value);
    }
    return { type: 'samples', values: values.sort((a, b) => a - b) };
  }
  if (first.type !== 'histogram') return distributions.length === 1 ? first : null;
  const histograms = distributions.filter((each) => each.type === 'histogram');
  return histograms.length === distributions.length ? mergeHistograms(histograms) : null;
}

type Histogram = Extract<Distribution, { type: 'histogram' }>;

/** Exact where no bucket that holds something has another's bound inside of it: all have the bounds of all then. */
function mergeHistograms(histograms: readonly Histogram[]): Distribution | null {
  const [first] = histograms as [Histogram];
  const isAlike = histograms.every(
    ({ bounds }) =>
      bounds.length === first.bounds.length &&
      bounds.every((bound, i) => upperOf(bound) === upperOf(first.bounds[i])),
  );
  const uppers = isAlike
    ? first.bounds.map(upperOf)
    : [...new Set(histograms.flatMap(({ bounds }) => bounds.map(upperOf)))].sort((a, b) => a - b);
  const indexOf = new Map(uppers.map((upper, i) => [upper, i]));
  const counts = uppers.map(() => 0);
  let sum: number | undefined = 0;
  for (const each of histograms) {
    for (const [i, count] of each.counts.entries()) {
      if (count === 0) continue;
      const at = isAlike ? i : indexOf.get(upperOf(each.bounds[i]))!;
      // Durations: the first bucket begins at 0.
      const lower = i === 0 ? 0 : upperOf(each.bounds[i - 1]);
      if (!isAlike && at > 0 && uppers[at - 1]! > lower) return null;
      counts[at] = counts[at]! + count;
    }
    sum = sum === undefined || each.sum === undefined ? undefined : sum + each.sum;
  }
  const bounds = isAlike
    ? first.bounds
    : uppers.map((upper) => (upper === Number.POSITIVE_INFINITY ? null : upper));
  const merged = { type: 'histogram' as const, bounds, counts };
  return sum === undefined ? merged : { ...merged, sum };
}
