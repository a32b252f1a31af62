/**
 * The one grid of our own histograms: bounds are powers of 2^(1/8) ms, so every bucket is 9.05 % wide and a quantile is
 * within 9.05 % of the duration that it stands for. Histograms on it merge exactly.
 */
import type { Milliseconds } from './units.ts';

export const PER_DOUBLING = 8;

/** The upper bound of a bucket. */
export const gridBound = (index: number): Milliseconds => 2 ** (index / PER_DOUBLING);

/** The bucket that a duration above 0 is in; a bound belongs to the bucket below it, in spite of rounding. */
export const gridIndex = (ms: Milliseconds): number => Math.ceil(Math.log2(ms) * PER_DOUBLING - 1e-9);
