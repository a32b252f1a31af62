/** Figures on their way to readings: put together by what they speak of, told per instance and for all. */
import {
  type Distribution,
  type EpochMs,
  type Metric,
  type Milliseconds,
  type Provenance,
  type Reading,
  type Subject,
  subjectKey,
  totalCount,
} from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import { pool } from './histogram.ts';
import type { Figure, Share } from './traffic.ts';

/** When readings were taken, over how long, and by which question. */
export type Moment = {
  at: EpochMs;
  window: Milliseconds;
  provenance(query: string, note?: string): Provenance;
};

/** What else is told of a series. */
type Manner = Pick<Figure, 'note' | 'momentary'>;

type Amount = number | Distribution | Share;
type Told = { value: Reading['value']; samples: number | null };
type Series = {
  subject: Subject;
  metric: Metric;
  side: Reading['side'];
  query: string;
  manner: Manner;
  parts: Map<string | null, Amount[]>;
};

export type Tally = {
  add(
    subject: Subject,
    metric: Metric,
    side: Reading['side'],
    instance: string | null,
    amount: Amount,
    query: string | undefined,
    manner?: Manner,
  ): void;
  /** True where something was told of a metric, whatever the side. */
  has(subject: Subject, metric: Metric): boolean;
  readings(moment: Moment, pace: Pace): Promise<Reading[]>;
};

export function createTally(): Tally {
  const all = new Map<string, Series>();
  const told = new Set<string>();
  return {
    add(subject, metric, side, instance, amount, query = '', manner = {}) {
      const key = `${metric}|${side}|${subjectKey(subject)}`;
      let series = all.get(key);
      if (!series) {
        series = { subject, metric, side, query, manner, parts: new Map() };
        all.set(key, series);
        told.add(`${metric}|${subjectKey(subject)}`);
      }
      const known = series.parts.get(instance);
      if (known) known.push(amount);
      else series.parts.set(instance, [amount]);
    },
    has: (subject, metric) => told.has(`${metric}|${subjectKey(subject)}`),
    async readings(moment, pace) {
      const readings: Reading[] = [];
      let n = 0;
      for (const series of all.values()) {
        if (++n % 50 === 0) await pace();
        tell(series, moment, readings);
      }
      return readings;
    },
  };
}

function tell(
  { subject, metric, side, query, manner, parts }: Series,
  moment: Moment,
  into: Reading[],
): void {
  const { at } = moment;
  const window = manner.momentary ? 0 : moment.window;
  const put = (amounts: readonly Amount[], instance: string | null, instances: number | null) => {
    const told = together(amounts, metric, window);
    if (!told) return;
    const isHighest = (instances ?? 0) > 1 && amounts.some((each) => isShare(each) && each.alone);
    const notes = [manner.note, isHighest && `highest of ${instances} instances`].filter(Boolean);
    const provenance = moment.provenance(query, notes.join(', ') || undefined);
    into.push({ subject, metric, ...told, at, window, instance, instances, side, provenance });
  };
  const known = [...parts.keys()].filter((instance) => instance !== null).length;
  put([...parts.values()].flat(), null, known || null);
  for (const [instance, amounts] of parts) if (instance !== null) put(amounts, instance, null);
}

/** Amounts of one kind as one; null where they say nothing together. */
function together(amounts: readonly Amount[], metric: Metric, window: Milliseconds): Told | null {
  const seconds = window / 1000;
  const distributions = amounts.filter((amount) => isDistribution(amount));
  if (distributions.length > 0) {
    const value = pool(distributions);
    const count = value && totalCount(value);
    return value && { value, samples: count === null ? null : countOf(count * seconds) };
  }
  const shares = amounts.filter((amount) => isShare(amount));
  if (shares.length > 0) {
    const largest = largestOf(shares);
    if (!largest) return null;
    const { part, whole } = largest;
    const ofRequests = metric === 'errors';
    const value = ofRequests ? Math.min(1, part / whole) : part / whole;
    return { value, samples: ofRequests ? countOf(whole * seconds) : null };
  }
  const value = amounts.reduce<number>((sum, amount) => sum + (typeof amount === 'number' ? amount : 0), 0);
  return { value, samples: metric === 'rate' ? countOf(value * seconds) : null };
}

const isDistribution = (amount: Amount): amount is Distribution =>
  typeof amount !== 'number' && 'type' in amount;
const isShare = (amount: Amount): amount is Share => typeof amount !== 'number' && 'whole' in amount;

/** Shares of the same thing are added; a full pool is not hidden by an empty one beside it. */
function largestOf(shares: readonly Share[]): Share | null {
  const sums = new Map<string, Share>();
  for (const { part, whole, of } of shares) {
    const known = sums.get(of);
    sums.set(of, { of, part: (known?.part ?? 0) + part, whole: (known?.whole ?? 0) + whole });
  }
  let largest: Share | null = null;
  for (const share of sums.values()) {
    if (!(share.whole > 0)) continue;
    if (!largest || share.part / share.whole > largest.part / largest.whole) largest = share;
  }
  return largest;
}

/** Rates are extrapolated, so counts come out as fractions; what counted anything counted one at least. */
const countOf = (samples: number): number => (samples > 0 ? Math.max(1, Math.round(samples)) : 0);
