/** Means, where the source adds up what it measured: exact where buckets hide quantiles. */
import { type Distribution, mean, type Ratio, totalCount } from '../../graph/index.ts';
import { normalReach } from './beta.ts';
import { CONFIDENCE, type Counts } from './interval.ts';

export type MeanRatio = { ratio: Ratio; low: Ratio; high: Ratio };

/** Fewer than that, and means of skewed durations are far from normal. */
const FEWEST = 30;

/**
 * After ÷ before of the mean with its confidence interval; null where a mean is not told or too few were measured.
 * The interval is that of the difference of logarithms by the delta method (Casella and Berger, Statistical Inference,
 * 5.5.4). A histogram tells its mean exactly and its spread as if evenly filled within buckets.
 */
export function meanRatio(
  before: Distribution,
  after: Distribution,
  counts: Counts,
  confidence = CONFIDENCE,
): MeanRatio | null {
  const [a, b] = [errorOf(after, counts.after), errorOf(before, counts.before)];
  if (!a || !b) return null;
  const ratio = a.mean / b.mean;
  const reach = Math.exp(normalReach(confidence) * Math.hypot(a.error, b.error));
  return { ratio, low: ratio / reach, high: ratio * reach };
}

/** The mean and its standard error as a share of it. */
function errorOf(distribution: Distribution, count: number | null): { mean: number; error: number } | null {
  const average = mean(distribution);
  const n = distribution.type === 'samples' ? distribution.values.length : count;
  if (average === null || !(average > 0) || n === null || n < FEWEST) return null;
  const variance = Math.max(0, meanSquare(distribution, average) - average ** 2) * (n / (n - 1));
  return { mean: average, error: Math.sqrt(variance / n) / average };
}

function meanSquare(distribution: Distribution, average: number): number {
  if (distribution.type === 'quantiles') return Infinity;
  if (distribution.type === 'samples')
    return distribution.values.reduce((sum, value) => sum + value ** 2, 0) / distribution.values.length;
  const total = totalCount(distribution)!;
  let [square, first] = [0, 0];
  for (const [i, count] of distribution.counts.entries()) {
    const from = i === 0 ? 0 : (distribution.bounds[i - 1] ?? 0);
    // what is beyond the last bound trails off, as an exponential distribution with that much more does
    const to = distribution.bounds[i] ?? null;
    first += count * (to === null ? 2 * from : (from + to) / 2);
    square += count * (to === null ? 5 * from ** 2 : (from ** 2 + from * to + to ** 2) / 3);
  }
  // the spread scales with the mean: buckets that are filled on one side tell both too high or too low
  return first > 0 ? (square / total) * (average / (first / total)) ** 2 : Infinity;
}
