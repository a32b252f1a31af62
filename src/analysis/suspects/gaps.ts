/**
 * What lies between the two ends of an edge, window by window. Both ends rise and fall together with what the callee
 * does; how far they are apart doesn't, so a gap is much steadier than either of its ends.
 *
 * Means are subtracted; of quantiles, which can't be, it is told how many times as long the caller's is.
 */
import type { Reading } from '../../graph/index.ts';
import {
  chance,
  figureOf,
  type Levels,
  levelsOf,
  nearest,
  type Series,
  type Stat,
  sigmaOf,
  vaguenessOf,
} from './levels.ts';
import { SMALLEST } from './weights.ts';

/** `log`: of what lies between, in milliseconds, or of how many times as long it takes; `sigma` as in a change. */
export type Gap = { before: number; now: number; log: number; sigma: number };

type Pair = { caller: Reading; callee: Reading; samples: number | null };
type Pairs = Record<keyof Series, Pair[]>;

const LEAST = SMALLEST.latency!;

/** Null where the windows of the two ends don't meet. */
export function gapOf(callers: Series, callees: Series, stat: Stat): Gap | null {
  const of = ({ caller, callee }: Pair): number | null => {
    const [theirs, ours] = [figureOf(caller, stat), figureOf(callee, stat)];
    if (theirs === null || ours === null) return null;
    return stat === null ? Math.max(0, theirs - ours) : (theirs + LEAST) / (ours + LEAST);
  };
  const vague = ({ caller, callee }: Pair) => vaguenessOf(caller, stat) + vaguenessOf(callee, stat);
  const pairs: Pairs = {
    usual: pairsOf(callers.usual, callees.usual),
    before: pairsOf(callers.before, callees.before),
    now: pairsOf(callers.now, callees.now),
  };
  const [now, before, usual] = [pairs.now, pairs.before, pairs.usual].map((each) =>
    levelsOf(each, of, vague),
  );
  const reference = before ?? usual;
  if (!now || !reference) return null;
  const scale = (value: number) => Math.log(stat === null ? value + LEAST : value);
  const windows = [before, usual].flatMap((each) =>
    each ? [{ values: each.values.map(scale), isWell: each === usual }] : [],
  );
  const logs = [reference, usual ?? reference].map(({ level }) => scale(now.level) - scale(level));
  const gap = { before: reference.level, now: now.level, log: nearest(logs) };
  const sigma = sigmaOf('latency', stat, windows, now, reference, 2);
  if (stat !== null) return { ...gap, log: Math.min(gap.log, growthOf(callers, stat)), sigma };
  const growth = gap.now - gap.before;
  if (growth <= 0 || areSameCalls(pairs)) return { ...gap, sigma };
  const deviation = Math.hypot(...[callers, callees].flatMap(deviationsOf));
  return { ...gap, sigma: Math.max(sigma, (gap.log * deviation) / growth) };
}

/** As many were timed at either end: the ends of the same calls, of which chance has made both alike. */
const areSameCalls = ({ before, usual, now }: Pairs): boolean =>
  [...(before.length > 0 ? before : usual), ...now].every(
    ({ caller, callee }) => caller.samples !== null && caller.samples === callee.samples,
  );

const endOf = (readings: readonly Reading[], stat: Stat): Levels | null =>
  levelsOf(readings, (reading) => figureOf(reading, stat));

/** Milliseconds that each mean is off by chance, then and now: two ends that take long seem far apart soon. */
const deviationsOf = ({ before, usual, now }: Series): number[] =>
  [before.length > 0 ? before : usual, now].map((readings) => {
    const end = endOf(readings, null);
    return end ? Math.sqrt(chance(end, null)) * end.level : 0;
  });

/** Of a quantile at the caller: a callee that became faster leaves more between, as a ratio, for which nobody waits. */
function growthOf({ before, usual, now }: Series, stat: Stat): number {
  const [then, since] = [before.length > 0 ? before : usual, now].map(
    (readings) => endOf(readings, stat)?.level ?? 0,
  );
  return Math.max(0, Math.log((since! + LEAST) / (then! + LEAST)));
}

/** Windows of both ends that end at about the same time. */
function pairsOf(callers: readonly Reading[], callees: readonly Reading[]): Pair[] {
  return callers.flatMap((caller) => {
    const near = callees.filter(({ at }) => Math.abs(at - caller.at) <= caller.window / 2);
    if (near.length === 0) return [];
    const callee = near.reduce((a, b) => (Math.abs(b.at - caller.at) < Math.abs(a.at - caller.at) ? b : a));
    return [{ caller, callee, samples: caller.samples }];
  });
}
