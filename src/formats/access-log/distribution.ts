/** Durations as exactly as they are logged, and no more exactly. */
import { type Distribution, gridBound, type Milliseconds } from '../../graph/index.ts';

/** Of the first few logged durations all may be whole seconds by chance. */
const FEW = 3;

/** Whole ms (1), whole seconds (1000), or null where they are finer than that. */
export function grainOf(durations: readonly (Milliseconds | null)[]): Milliseconds | null {
  let [isWhole, isSeconds, count] = [true, true, 0];
  for (const duration of durations) {
    if (!duration) continue;
    count++;
    if (!Number.isInteger(duration)) isWhole = false;
    if (duration % 1000 !== 0) isSeconds = false;
  }
  return isSeconds && count > FEW ? 1000 : isWhole ? 1 : null;
}

/**
 * What is cut to a grain is in the bucket that begins with it: 0 is from 0 to 1 ms, not 0. Buckets are as wide as the
 * grain, and where 9 % is more, that. All begin where others of the same grain do, so that they can be merged.
 */
export function distributionOf(durations: readonly Milliseconds[], grain: Milliseconds | null): Distribution {
  const values = durations.toSorted((a, b) => a - b);
  if (grain === null || values.length === 0) return { type: 'samples', values };
  const bounds: number[] = [];
  const counts: number[] = [];
  let [counted, lower] = [0, 0];
  while (counted < values.length) {
    const upper = Math.max(lower + grain, Math.ceil((lower * WIDTH) / grain) * grain);
    const from = counted;
    while (counted < values.length && values[counted]! < upper) counted++;
    const isFirst = bounds.length === 1 && counts[0] === 0;
    // One empty bucket before the first says where that begins.
    if (isFirst && counted === from) bounds[0] = upper;
    else {
      bounds.push(upper);
      counts.push(counted - from);
    }
    lower = upper;
  }
  return { type: 'histogram', bounds, counts, sum: values.reduce((sum, value) => sum + value, 0) };
}
const WIDTH = gridBound(1);
