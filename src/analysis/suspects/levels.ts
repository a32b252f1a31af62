/** What a series was at over several windows, and how far it wanders from one to the next. */
import type { Metric, Reading } from '../../graph/index.ts';
import { NOISE, PRIOR_WINDOWS, UNSTEADY } from './weights.ts';

/** One figure as one source tells it, a reading for each window. */
export type Series = { usual: Reading[]; before: Reading[]; now: Reading[] };

export type Levels = { level: number; values: readonly number[]; samples: number | null };

/** The median of the windows; null where none has a figure. */
export function levelsOf(
  readings: readonly Reading[],
  of: (reading: Reading) => number | null,
): Levels | null {
  const values: number[] = [];
  let samples: number | null = null;
  for (const reading of readings) {
    const value = of(reading);
    if (value === null) continue;
    values.push(value);
    if (reading.samples !== null) samples = (samples ?? 0) + reading.samples;
  }
  const level = medianOf(values);
  return level === null ? null : { level, values, samples };
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
 * @param logs of the windows of each time that is compared with
 */
export function sigmaOf(
  metric: Metric,
  stat: number | null | 'number',
  logs: readonly (readonly number[])[],
  now: Levels,
  before: Levels,
): number {
  const usual = NOISE[metric] ?? 0.2;
  const unsteady = stat === 'number' ? 1 : UNSTEADY(stat);
  const prior = (usual * unsteady) ** 2;
  let [freedom, squares] = [0, 0];
  for (const windows of logs) {
    const middle = medianOf(windows) ?? 0;
    freedom += windows.length - 1;
    squares += windows.reduce((sum, log) => sum + (log - middle) ** 2, 0);
  }
  const wander = (PRIOR_WINDOWS * prior + squares) / (PRIOR_WINDOWS + freedom);
  if (stat === 'number') return Math.sqrt(wander);
  return Math.sqrt(wander + chance(now, stat) + chance(before, stat));
}

/**
 * Durations are spread about as widely as they are long: the mean of n of them is off by 1 ÷ √n; a quantile by more,
 * the fewer lie beyond it.
 */
const chance = ({ samples, values }: Levels, stat: number | null): number =>
  samples === null ? 0 : (stat === null ? 1 : 0.4 / (1 - stat)) / Math.max(samples, values.length, 0.5);
