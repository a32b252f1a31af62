/** One figure before and after: what the ratio is, what it may be, and what can be said of it. */
import {
  type Distribution,
  METRICS,
  type Metric,
  type PerSecond,
  quantile,
  type Ratio,
  type Reading,
} from '../../graph/index.ts';
import type { Finding } from '../finding.ts';
import { countOf } from './counted.ts';
import { CONFIDENCE, type Counts, neededFor, ratioInterval } from './interval.ts';
import { type MeanRatio, meanRatio } from './means.ts';
import { rateRatio, shareDifference } from './shares.ts';
import { type Change, type ComparisonReason, changeOf, inBand, SHARE_BAND, type Verdict } from './verdict.ts';

export type Load = { before: PerSecond; after: PerSecond; ratio: Ratio };

export type Comparison = Finding<
  'comparison',
  {
    metric: Metric;
    /** The one that is spoken of; null is all of them together. */
    instance: string | null;
    /** Which quantile, where the metric is a distribution. */
    q: number;
    before: Reading;
    after: Reading;
    /** After ÷ before; null where one of them is 0 or unknown. */
    ratio: Ratio | null;
    /** What the ratio may be, at 95 %. An end that can't be bounded is 0 or Infinity; null where there is none at all. */
    interval: readonly [Ratio, Ratio] | null;
    /** After − before of shares (errors, use of a pool); its interval where they were counted. */
    difference: { value: number; interval: readonly [number, number] | null } | null;
    /** Of the means, where the source has sums. */
    means: MeanRatio | null;
    verdict: Verdict;
    why: readonly ComparisonReason[];
    load: Load | null;
  }
>;

/** What else is known of the two, beyond themselves. */
export type Circumstances = {
  q: number;
  load: Load | null;
  /** Reasons that come from elsewhere: stale figures. */
  also?: readonly ComparisonReason[];
  /** True where what all instances have together moved, and none of them did. */
  countAlone?: boolean;
};

type Judged = Pick<Comparison, 'ratio' | 'interval' | 'difference' | 'means'> & {
  change: Change;
  /** By which the change was told, where that is not the interval. */
  by?: readonly [Ratio, Ratio];
  why: ComparisonReason[];
};

/** Compares two readings of the same metric, side and instance. */
export function compareReadings(before: Reading, after: Reading, circumstances: Circumstances): Comparison {
  const { q, load, also = [], countAlone = false } = circumstances;
  const { subject, metric, instance } = after;
  const judged = judge(before, after, q);
  const why = [...judged.why, ...also];
  let { change } = judged;
  if (before.instances !== null && after.instances !== null && before.instances !== after.instances)
    why.push({ kind: 'other instance count', before: before.instances, after: after.instances });
  if (countAlone) change = null;
  if (load && !inBand(load.ratio) && metric !== 'rate') {
    why.push({ kind: 'other load', ratio: load.ratio });
    if (isLoadEnough(change, judged, load)) change = null;
  }
  if (before.provenance.simulated !== after.provenance.simulated) {
    why.push({ kind: 'simulated mix' });
    change = null;
  }
  const { ratio, interval, difference, means } = judged;
  const verdict = verdictOf(change, METRICS[metric] === 'ms');
  const facts = {
    metric,
    instance,
    q,
    before,
    after,
    ratio,
    interval,
    difference,
    means,
    verdict,
    why,
    load,
  };
  return { subject, kind: 'comparison', ...facts };
}

function verdictOf(change: Change, isDuration: boolean): Verdict {
  if (change === 'same') return 'same';
  if (change === null) return "can't tell";
  if (isDuration) return change === 'up' ? 'slower' : 'faster';
  return change === 'up' ? 'higher' : 'lower';
}

/** More load may be all there is to it where the figure changed the same way, and perhaps no more than the load did. */
function isLoadEnough(change: Change, { ratio, interval, by }: Judged, load: Load): boolean {
  const [low, high] = by ?? interval ?? [ratio ?? 1, ratio ?? 1];
  if (change === 'up') return load.ratio > 1 && low <= load.ratio;
  return change === 'down' && load.ratio < 1 && high >= load.ratio;
}

function judge(before: Reading, after: Reading, q: number): Judged {
  if (typeof before.value !== 'number' && typeof after.value !== 'number')
    return judgeDistributions(before, after, q);
  const [a, b] = [numberOf(after), numberOf(before)];
  const ratio = a !== null && b !== null && b > 0 ? a / b : null;
  const none: Judged = { ratio, interval: null, difference: null, means: null, change: null, why: [] };
  if (a === null || b === null) return none;
  if (after.metric === 'rate') return judgeRates(before, after, none);
  if (METRICS[after.metric] === 'ratio') return judgeShares(before, after, a - b, none);
  const isSame = a === b || (ratio !== null && inBand(ratio));
  return {
    ...none,
    change: isSame ? 'same' : a > b ? 'up' : 'down',
    why: [{ kind: 'single figures' }],
  };
}

const numberOf = ({ value }: Reading) => (typeof value === 'number' ? value : null);

function judgeDistributions(before: Reading, after: Reading, q: number): Judged {
  if (typeof before.value === 'number' || typeof after.value === 'number')
    throw new Error('not distributions');
  const counts = { before: countOf(before), after: countOf(after) };
  const found = ratioInterval(before.value, after.value, q, counts);
  const means = meanRatio(before.value, after.value, counts);
  const [a, b] = [quantile(after.value, q), quantile(before.value, q)];
  const ratio = a && b && b.value > 0 ? a.value / b.value : null;
  const judged: Judged = {
    ratio,
    interval: found && [found.low, found.high],
    difference: null,
    means,
    change: found && changeOf(found.ratio, [found.low, found.high], found.side),
    why: [],
  };
  if (judged.change !== null) return judged;
  if (before.value.type === 'quantiles' || after.value.type === 'quantiles')
    return { ...judged, why: [{ kind: 'only quantiles' }] };
  const needed = neededFor(q);
  const fewest = Math.min(counts.before ?? 0, counts.after ?? 0);
  const buckets = [a, b].find((each) => each && each.high > each.low && !inBand(each.high / each.low));
  if (fewest < needed) judged.why.push({ kind: 'too few samples', ...counts, needed });
  if (buckets) judged.why.push({ kind: 'coarse buckets', bounds: [buckets.low, buckets.high] });
  if (judged.why.length === 0 && found)
    judged.why.push(
      found.side ? { kind: 'perhaps the same' } : { kind: 'too few samples', ...counts, needed },
    );
  const second = secondOpinion(before.value, after.value, counts);
  if (!second || disagrees(second.change, ratio)) return judged;
  const { change, reason } = second;
  return { ...judged, change, by: [reason.low, reason.high], why: [...judged.why, reason] };
}

/** A second question has a chance of its own to be wrong: a smaller one, so that both together stay below 5 %. */
const SECOND_CONFIDENCE = 0.99;

/**
 * Slower or faster by what needs fewer measurements than a high quantile: the mean, which knows no buckets, or of very
 * few the median. That these are the same says nothing of the slowest, and is not told.
 */
function secondOpinion(
  before: Distribution,
  after: Distribution,
  counts: Counts,
): { change: 'up' | 'down'; reason: Extract<ComparisonReason, { low: Ratio }> } | null {
  const ofMeans = meanRatio(before, after, counts, SECOND_CONFIDENCE);
  const ofMedians = ofMeans ? null : ratioInterval(before, after, 0.5, counts, SECOND_CONFIDENCE);
  const found = ofMeans ?? ofMedians;
  const change = found && changeOf(found.ratio, [found.low, found.high], ofMedians?.side);
  if (!found || (change !== 'up' && change !== 'down')) return null;
  const { ratio, low, high } = found;
  return { change, reason: { kind: ofMeans ? 'by the mean' : 'by the median', ratio, low, high } };
}

const disagrees = (change: Change, ratio: Ratio | null) =>
  ratio !== null && (change === 'up' ? ratio < 1 : ratio > 1);

function judgeRates(before: Reading, after: Reading, none: Judged): Judged {
  const countedIn = (reading: Reading) => ({
    count: reading.samples ?? ((reading.value as number) * reading.window) / 1000,
    window: reading.window,
  });
  const found = rateRatio(countedIn(before), countedIn(after));
  if (!found || none.ratio === null) return { ...none, why: [{ kind: 'single figures' }] };
  // the counts say how sure it is, the rates what it is: sources extrapolate
  const by = none.ratio / found.ratio;
  const interval = [found.low * by, found.high * by] as const;
  if (!Number.isFinite(by)) return { ...none, interval: null, why: [{ kind: 'single figures' }] };
  const change = changeOf(none.ratio, interval);
  const counts = { before: countedIn(before).count, after: countedIn(after).count };
  const why: ComparisonReason[] =
    change !== null
      ? []
      : interval[0] > 1 || interval[1] < 1
        ? [{ kind: 'perhaps the same' }]
        : [{ kind: 'too few samples', ...counts, needed: NEEDED_OF_RATES }];
  return { ...none, interval, change, why };
}
/** Counted before and after, that a rate is known within the band. */
const NEEDED_OF_RATES = 250;

function judgeShares(before: Reading, after: Reading, value: number, none: Judged): Judged {
  const [n, m] = [before.samples, after.samples];
  if (after.metric !== 'errors' || n === null || m === null || n < 1 || m < 1) {
    const change = Math.abs(value) <= SHARE_BAND ? 'same' : value > 0 ? 'up' : 'down';
    return { ...none, difference: { value, interval: null }, change, why: [{ kind: 'single figures' }] };
  }
  const share = (reading: Reading) => Math.min(1, Math.max(0, reading.value as number));
  const interval = shareDifference({ share: share(before), n }, { share: share(after), n: m }, CONFIDENCE);
  const [low, high] = interval;
  const moved = none.ratio === null || !inBand(none.ratio);
  const isSame = low >= -ERROR_BAND && high <= ERROR_BAND;
  const change: Change = moved && low > 0 ? 'up' : moved && high < 0 ? 'down' : isSame ? 'same' : null;
  const why: ComparisonReason[] =
    change !== null ? [] : [{ kind: 'too few samples', before: n, after: m, needed: NEEDED_OF_SHARES }];
  return { ...none, difference: { value, interval }, change, why };
}
/** Shares of errors this close are the same. */
const ERROR_BAND = 0.01;
/** Requests before and after, that no error among them is known to be less than 1 %. */
const NEEDED_OF_SHARES = 381;
