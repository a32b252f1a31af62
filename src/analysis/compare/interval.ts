/** What a quantile may be, given what was measured of it, and what the ratio of two of them may be. */
import { type Distribution, type Milliseconds, quantile, type Ratio } from '../../graph/index.ts';
import { betaBelow, normalReach, normalWithin } from './beta.ts';

export const CONFIDENCE = 0.95;

/** Where more measurements would be needed to bound the ratio, `high` is Infinity, or `low` 0. */
export type RatioInterval = {
  /** After ÷ before. */
  ratio: Ratio;
  low: Ratio;
  high: Ratio;
  /** 1 is not in the interval; nor is it where it is the end of an interval of histograms: buckets are open below. */
  side: 'above' | 'below' | null;
};

/** How many measurements stand behind each of the two; null where nobody knows. Samples are counted themselves. */
export type Counts = { before: number | null; after: number | null };

type Bounded = Exclude<Distribution, { type: 'quantiles' }>;
type Side = { distribution: Bounded; value: Milliseconds; n: number };

/**
 * After ÷ before of the q-quantile with its confidence interval, from histograms or samples; null where only quantiles
 * are known, where nobody knows how many were counted, or where there is nothing to divide by.
 *
 * Each quantile lies between two order statistics, whose ranks follow from the binomial distribution alone, whatever
 * was measured (`rankOf`). Least ÷ most and most ÷ least are the ends, at that level of each of the two at which both
 * together have the wanted one (Goldstein and Healy, J. R. Statist. Soc. A 158, 1995). Of a histogram it is only known
 * in which bucket an order statistic lies: the bucket's outer bound is taken, so that coarse buckets make wide intervals.
 */
export function ratioInterval(
  before: Distribution,
  after: Distribution,
  q: number,
  counts: Counts,
  confidence = CONFIDENCE,
): RatioInterval | null {
  const a = sideOf(after, q, counts.after);
  const b = sideOf(before, q, counts.before);
  if (!a || !b) return null;
  const z = normalReach(confidence);
  const low = leastRatio(a, b, q, z);
  const high = 1 / leastRatio(b, a, q, z);
  const areBuckets = before.type === 'histogram' && after.type === 'histogram' && low < high;
  const side =
    low > 1 || (areBuckets && low === 1) ? 'above' : high < 1 || (areBuckets && high === 1) ? 'below' : null;
  return { ratio: a.value / b.value, low, high, side };
}

function sideOf(distribution: Distribution, q: number, count: number | null): Side | null {
  const value = quantile(distribution, q)?.value;
  if (distribution.type === 'quantiles' || value === undefined || !(value > 0)) return null;
  const n = distribution.type === 'samples' ? distribution.values.length : count;
  return n !== null && n >= 2 ? { distribution, value, n } : null;
}

/** The least that the one may be ÷ the most that the other may be. */
function leastRatio(over: Side, under: Side, q: number, z: number): Ratio {
  const [down, up] = [armOf(over, q, -z), armOf(under, q, z)];
  // how far each may be off, as logarithms: alone they'd reach down + up, together only hypot(down, up)
  const tail = (1 - normalWithin((z * Math.hypot(down, up)) / (down + up))) / 2;
  const least = valueAt(over, rankOf(over.n, q, 1 - tail), 0);
  const most = valueAt(under, rankOf(under.n, q, tail), 1);
  return least === null || most === null || most === 0 ? 0 : least / most;
}

/** Roughly how far the quantile may be off, to weigh the two against each other. */
function armOf({ distribution, value, n }: Side, q: number, z: number): number {
  const at = q + z * Math.sqrt((q * (1 - q)) / n);
  const other = at > 0 && at < 1 ? quantile(distribution, at)?.value : undefined;
  const arm = other === undefined || !(other > 0) ? 0 : Math.abs(Math.log(value / other));
  // where it can't be told: by the number alone
  return arm > 0 ? arm : 1 / Math.sqrt(n);
}

/** The value at a rank between 1 and n, on the side of it that is farther; null where there is no such rank. */
function valueAt({ distribution, n }: Side, rank: number | null, end: 0 | 1): Milliseconds | null {
  if (rank === null) return null;
  const edgeOf = (each: number) =>
    distribution.type === 'samples' ? distribution.values[each - 1]! : edge(distribution, each / n, n, end);
  const [floor, ceiling] = [edgeOf(Math.floor(rank)), edgeOf(Math.ceil(rank))];
  if (ceiling === Infinity) return null;
  return floor + (rank - Math.floor(rank)) * (ceiling - floor);
}

/** The lower or upper bound of the bucket in which that share of all is reached. Counts may be rates. */
function edge(
  { bounds, counts }: Extract<Distribution, { type: 'histogram' }>,
  share: number,
  n: number,
  end: 0 | 1,
): Milliseconds {
  const wanted = (share - 0.5 / n) * counts.reduce((sum, each) => sum + each, 0);
  let below = 0;
  let last = 0;
  for (const [i, each] of counts.entries()) {
    if (each === 0) continue;
    last = i;
    below += each;
    if (below >= wanted) break;
  }
  if (end === 1) return bounds[last] ?? Infinity;
  return last === 0 ? 0 : (bounds[last - 1] ?? 0);
}

/**
 * The rank (1 to n, with fractions: Hutson, Statistics & Probability Letters 44, 1999) whose order statistic lies below
 * the q-quantile in that share of cases; null where it would take more measurements.
 */
function rankOf(n: number, q: number, share: number): number | null {
  // of the least and of the greatest measurement it is known without more ado
  if (1 - (1 - q) ** n < share || q ** n > share) return null;
  // the binomial's quantile near which it is: Cornish and Fisher's expansion, right to a tenth of a rank for many
  const deviation = Math.sqrt(n * q * (1 - q));
  const z = normalReach(Math.abs(1 - 2 * share)) * Math.sign(0.5 - share);
  const near = n * q + 0.5 + z * deviation + ((1 - 2 * q) * (z * z - 1)) / 6;
  if (deviation > MANY) return near;
  const excess = (rank: number) => betaBelow(q, rank, n + 1 - rank) - share;
  const within = (rank: number) => Math.min(n, Math.max(1, rank));
  let [from, to] = [within(near - 1), within(near + 1)];
  let [high, low] = [excess(from), excess(to)];
  if (high < 0) [to, low, from, high] = [from, high, 1, excess(1)];
  else if (low > 0) [from, high, to, low] = [to, low, n, excess(n)];
  // false position, with Illinois' halving of the end that stays
  let stayed = 0;
  let rank = from;
  for (let i = 0; i < 60; i++) {
    rank = (from * low - to * high) / (low - high);
    const here = excess(rank);
    if (Math.abs(here) < 1e-6) break;
    if (here > 0) {
      if (stayed > 0) low /= 2;
      [from, high, stayed] = [rank, here, 1];
    } else {
      if (stayed < 0) high /= 2;
      [to, low, stayed] = [rank, here, -1];
    }
  }
  return rank;
}
const MANY = 4;

/** How many measurements each side takes for the q-quantile to be bounded: 49 for p95, 248 for p99. */
export function neededFor(q: number, confidence = CONFIDENCE): number {
  const tail = (1 - normalWithin(normalReach(confidence) / Math.SQRT2)) / 2;
  return Math.ceil(Math.log(tail) / Math.log(Math.max(q, 1 - q)));
}
