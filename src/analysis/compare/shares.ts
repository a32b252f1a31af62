/** What shares of counted things may be, and rates. */
import type { Milliseconds, Ratio } from '../../graph/index.ts';
import { normalReach } from './beta.ts';
import { CONFIDENCE } from './interval.ts';

/** What a share may be of which `share * n` were counted among `n`: the score interval (Wilson, JASA 22, 1927). */
function wilson(share: Ratio, n: number, confidence = CONFIDENCE): readonly [Ratio, Ratio] {
  const z = normalReach(confidence);
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const reach = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

export type Counted = { share: Ratio; n: number };

/** After − before of two shares: the hybrid score interval (Newcombe, Statistics in Medicine 17, 1998, method 10). */
export function shareDifference(
  before: Counted,
  after: Counted,
  confidence = CONFIDENCE,
): readonly [number, number] {
  const difference = after.share - before.share;
  const [beforeLow, beforeHigh] = wilson(before.share, before.n, confidence);
  const [afterLow, afterHigh] = wilson(after.share, after.n, confidence);
  return [
    difference - Math.hypot(after.share - afterLow, beforeHigh - before.share),
    difference + Math.hypot(afterHigh - after.share, before.share - beforeLow),
  ];
}

export type Counting = { count: number; window: Milliseconds };

/**
 * After ÷ before of two rates, by how many were counted: given their sum, each is a binomial share of it (Przyborowski
 * and Wilenski, Biometrika 31, 1940), bounded by Wilson's interval. Null where nothing was counted before.
 */
export function rateRatio(
  before: Counting,
  after: Counting,
  confidence = CONFIDENCE,
): { ratio: Ratio; low: Ratio; high: Ratio } | null {
  const all = before.count + after.count;
  if (!(before.count > 0 && before.window > 0 && after.window > 0)) return null;
  const [low, high] = wilson(after.count / all, all, confidence);
  const asRatio = (share: Ratio) => (share / (1 - share)) * (before.window / after.window);
  return {
    ratio: asRatio(after.count / all),
    low: asRatio(low),
    high: high < 1 ? asRatio(high) : Infinity,
  };
}
