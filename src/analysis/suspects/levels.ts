/** What a series was at over several windows, and how far it wanders from one to the next. */
import { type Metric, mean, quantile, type Reading } from '../../graph/index.ts';
import { DRIFT, NOISE, PRIOR_WINDOWS, SMALLEST, UNSTEADY } from './weights.ts';

/** What of a figure is looked at: its mean or the number that it is (null), or a quantile. */
export type Stat = number | null;
/** One figure as one source tells it, a reading for each window. */
export type Series = { usual: Reading[]; before: Reading[]; now: Reading[] };

/** What one time is at. */
export type Levels = {
  level: number;
  values: readonly number[];
  samples: number | null;
  /** Variance of the level's logarithm that comes of not knowing where in its bucket a quantile lies. */
  vague: number;
};

/** The median of the windows; null where none has a figure. */
export function levelsOf<T extends Pick<Reading, 'samples'>>(
  readings: readonly T[],
  of: (reading: T) => number | null,
  vagueness: (reading: T) => number = () => 0,
): Levels | null {
  const values: number[] = [];
  let samples: number | null = null;
  let vague = 0;
  for (const reading of readings) {
    const value = of(reading);
    if (value === null) continue;
    values.push(value);
    vague += vagueness(reading);
    if (reading.samples !== null) samples = (samples ?? 0) + reading.samples;
  }
  const level = medianOf(values);
  return level === null ? null : { level, values, samples, vague: vague / values.length };
}

export function medianOf(values: readonly number[]): number | null {
  if (values.length < 2) return values[0] ?? null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}

/**
 * Standard deviation of the change of a figure's logarithm by chance: as it wandered before, a few windows' worth of
 * what is usual for such figures added, and what so few requests leave open.
 * @param logs of the windows of each time that is compared with; the time just before may hold the end of something
 * else that went wrong, so there the middle half of the windows speaks
 * @param ends how many figures were made into the one that is compared
 */
export function sigmaOf(
  metric: Metric,
  stat: Stat | 'number',
  logs: readonly { values: readonly number[]; isWell: boolean }[],
  now: Levels,
  before: Levels,
  ends = 1,
): number {
  const usual = NOISE[metric] ?? 0.2;
  const unsteady = stat === 'number' ? 1 : UNSTEADY(stat);
  const prior = ends * (usual * unsteady) ** 2;
  let [freedom, squares] = [0, 0];
  for (const { values, isWell } of logs) {
    const middle = medianOf(values) ?? 0;
    const off = values.map((value) => (value - middle) ** 2);
    freedom += values.length - 1;
    squares += isWell
      ? off.reduce((sum, each) => sum + each, 0)
      : (values.length - 1) * ROBUST ** 2 * (medianOf(off) ?? 0);
  }
  const wander = (PRIOR_WINDOWS * prior + squares) / (PRIOR_WINDOWS + freedom);
  const drift = (logs.every(({ isWell }) => isWell) ? DRIFT ** 2 : 0) + now.vague + before.vague;
  if (stat === 'number') return Math.sqrt(wander + drift);
  return Math.sqrt(wander + drift + ends * (chance(now, stat) + chance(before, stat)));
}

/** The median distance from the middle of a normal distribution is its standard deviation ÷ this. */
const ROBUST = 1.4826;
/** Standard deviation of single durations ÷ their mean, as it mostly is. */
const SPREAD = 0.7;

/** The variance of the logarithm of a mean of n durations; of a quantile the more, the fewer lie beyond it. */
export function chance({ samples, values }: Levels, stat: Stat): number {
  if (samples === null) return 0;
  const unsure = stat === null ? 1 : 0.8 / (1 - stat);
  return Math.log1p((unsure * SPREAD ** 2) / Math.max(samples, values.length));
}

/** The lesser of two changes; none where they go opposite ways. */
export const nearest = ([a, b]: readonly number[]): number =>
  a! * b! <= 0 ? 0 : Math.abs(a!) < Math.abs(b!) ? a! : b!;

export function figureOf({ value }: Reading, stat: Stat): number | null {
  if (typeof value === 'number') return stat === null ? value : null;
  return stat === null ? mean(value) : (quantile(value, stat)?.value ?? null);
}

/** A quantile may lie anywhere in its bucket: the variance of its logarithm, were all places in there as likely. */
export function vaguenessOf({ value }: Reading, stat: Stat): number {
  const found = typeof value === 'number' || stat === null ? null : quantile(value, stat);
  if (!found) return 0;
  const high = Number.isFinite(found.high) ? found.high : 2 * found.value;
  return Math.log((high + SMALLEST.latency!) / (found.low + SMALLEST.latency!)) ** 2 / 12;
}
