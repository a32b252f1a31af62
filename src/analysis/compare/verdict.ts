/** From intervals to one plain word, and why it is that one. */
import type { Milliseconds, Ratio } from '../../graph/index.ts';

/** Durations are slower or faster, all else is higher or lower. */
export const VERDICTS = ['slower', 'higher', "can't tell", 'same', 'lower', 'faster'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What is to be known of a verdict, as data (`reasonWords` says it). */
export type ComparisonReason =
  | { kind: 'too few samples'; before: number | null; after: number | null; needed: number }
  | { kind: 'coarse buckets'; bounds: readonly [Milliseconds, Milliseconds] }
  | { kind: 'only quantiles' }
  | { kind: 'single figures' }
  | { kind: 'perhaps the same' }
  | { kind: 'by the mean' | 'by the median'; ratio: Ratio; low: Ratio; high: Ratio }
  | { kind: 'other load'; ratio: Ratio }
  | { kind: 'other instance count'; before: number; after: number }
  | { kind: 'stale'; side: 'before' | 'after'; age: Milliseconds }
  | { kind: 'simulated mix' };

/** So many doublings are called the same: ±20 %, as on the edges and between instances. */
const BAND = 0.26;
const [BAND_LOW, BAND_HIGH] = [2 ** -BAND, 2 ** BAND];
/** And so much of a share that is not counted: a pool, a processor. */
export const SHARE_BAND = 0.05;

export type Change = 'up' | 'down' | 'same' | null;

export const inBand = (ratio: Ratio): boolean => ratio >= BAND_LOW && ratio <= BAND_HIGH;

/**
 * Up or down: more than the band by the best guess, and not equal in the whole interval. The same: in the band with the
 * whole interval. Else nobody can tell: null.
 */
export function changeOf(
  ratio: Ratio,
  [low, high]: readonly [Ratio, Ratio],
  side: 'above' | 'below' | null = low > 1 ? 'above' : high < 1 ? 'below' : null,
): Change {
  if (inBand(low) && inBand(high)) return 'same';
  if (side === 'above' && ratio > BAND_HIGH) return 'up';
  if (side === 'below' && ratio < BAND_LOW) return 'down';
  return null;
}
