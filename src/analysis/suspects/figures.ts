/**
 * Figures of a subject before and now, and how sure it is that they differ.
 *
 *   readings of a series, one for each window ─► level before, level now ─► z: the change in standard deviations
 *
 * Durations, rates and uses change by factors, so all is compared on a logarithmic scale. Quantiles are compared with
 * the same quantile only, and are never added or subtracted.
 */
import {
  givenQuantile,
  type Metric,
  mean,
  quantile,
  type Reading,
  type Snapshot,
  type Subject,
  subjectKey,
} from '../../graph/index.ts';
import { type Levels, levelsOf, medianOf, type Series, sigmaOf } from './levels.ts';
import { SMALLEST } from './weights.ts';

/** What of a figure is looked at: its mean or the number that it is (null), or a quantile. */
export type Stat = number | null;
/** A steady one, one that shows what only some requests meet, and the one that can be added up. */
export const STATS: readonly Stat[] = [null, 0.5, 0.9];

export type Change = {
  before: number;
  now: number;
  stat: Stat;
  /** ln(now ÷ before), what is too small to matter left aside. */
  log: number;
  /** Standard deviation of `log` where nothing has happened. */
  sigma: number;
  /** Standard deviation of the figure itself from window to window before; 0 where there was one window. */
  spread: number;
  /** How many requests stand behind it now; null where nobody counted. */
  samples: number | null;
};

/** How many standard deviations a change is away from none. */
export const zOf = ({ log, sigma }: Pick<Change, 'log' | 'sigma'>): number => log / sigma;

export type Asked = { side?: Reading['side']; instance?: string | null };

export type Figures = {
  /** Null where it is not measured at both times. */
  change(subject: Subject, metric: Metric, asked?: Asked, stat?: Stat): Change | null;
  /** The mean, or else the highest quantile up to p90 that was given. */
  changeOfAny(subject: Subject, metric: Metric, asked?: Asked): Change | null;
  /** In which share of the windows before something was measured that is not measured now; null where it is, or wasn't. */
  goneFrom(subject: Subject, metric: Metric, asked?: Asked): number | null;
  instances(subject: Subject, metric: Metric, side: Reading['side']): readonly string[];
};

/**
 * @param usual when all was well, at whatever time: how far figures wander is read from its windows. What differs from
 * it must differ from `before`, too, to count: else it is the time of the week, and not what has just happened.
 */
export function figuresOf(before: Snapshot | null, now: Snapshot, usual: Snapshot | null): Figures {
  const all = new Map<string, Map<string, Map<string, Series>>>();
  const windows = new Map<string, Set<number>>();
  const put = (reading: Reading, when: keyof Series) => {
    if (reading.operation !== undefined) return;
    const { source } = reading.provenance;
    const bySource = within(within(all, subjectKey(reading.subject)), keyOf(reading.metric, reading));
    let series = bySource.get(source);
    if (!series) {
      series = { usual: [], before: [], now: [] };
      bySource.set(source, series);
    }
    series[when].push(reading);
    if (when === 'before') windows.set(source, (windows.get(source) ?? new Set()).add(reading.at));
  };
  for (const reading of usual?.readings ?? []) put(reading, 'usual');
  for (const reading of before?.readings ?? []) put(reading, 'before');
  for (const reading of now.readings) put(reading, 'now');

  const find = (subject: Subject, metric: Metric, asked: Asked): Series | null => {
    const bySource = all.get(subjectKey(subject))?.get(keyOf(metric, asked));
    return bySource ? mostTelling([...bySource.values()]) : null;
  };
  const change: Figures['change'] = (subject, metric, asked = {}, stat = null) => {
    const series = find(subject, metric, asked);
    return series && changeOf(series, metric, stat);
  };
  return {
    change,
    changeOfAny(subject, metric, asked = {}) {
      const value = find(subject, metric, asked)?.now[0]?.value;
      if (value === undefined) return null;
      const isMean = typeof value === 'number' || mean(value) !== null;
      return change(subject, metric, asked, isMean ? null : givenQuantile(value, 0.9));
    },
    goneFrom(subject, metric, asked = {}) {
      const series = find(subject, metric, asked);
      const [first] = series?.before ?? [];
      if (!series || !first || series.now.length > 0) return null;
      return series.before.length / (windows.get(first.provenance.source)?.size ?? 1);
    },
    instances(subject, metric, side) {
      const found: string[] = [];
      for (const key of all.get(subjectKey(subject))?.keys() ?? []) {
        const [ofMetric, ofSide, instance] = JSON.parse(key) as [string, string | null, string | null];
        if (ofMetric === metric && ofSide === side && instance !== null) found.push(instance);
      }
      return found;
    },
  };
}

function within<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let inner = map.get(key);
  if (!inner) {
    inner = new Map();
    map.set(key, inner);
  }
  return inner;
}

const keyOf = (metric: Metric, { side = null, instance = null }: Asked): string =>
  instance === null ? `["${metric}",${side && `"${side}"`},null]` : JSON.stringify([metric, side, instance]);

/** Of several sources the one that tells of both times, then the one that tells means, then a real one. */
const mostTelling = (all: readonly Series[]): Series =>
  all.reduce((a, b) => (worthOf(b) > worthOf(a) ? b : a));

function worthOf({ usual, before, now }: Series): number {
  const { value, provenance } = (now[0] ?? before[0] ?? usual[0])!;
  const isMean = typeof value === 'number' || mean(value) !== null;
  const isBoth = before.length + usual.length > 0 && now.length > 0;
  return (isBoth ? 4 : now.length > 0 ? 2 : 0) + (isMean ? 1 : 0) + (provenance.simulated ? 0 : 0.5);
}

function changeOf(series: Series, metric: Metric, stat: Stat): Change | null {
  const levels = (readings: readonly Reading[]) => levelsOf(readings, (reading) => figureOf(reading, stat));
  const [now, before, usual] = [levels(series.now), levels(series.before), levels(series.usual)];
  const reference = before ?? usual;
  if (!now || !reference) return null;
  const least = SMALLEST[metric] ?? 0.01;
  const scale = (value: number) => Math.log(Math.max(value, 0) + least);
  const logs = [reference, usual ?? reference].map(({ level }) => scale(now.level) - scale(level));
  const isNumber = typeof series.now[0]!.value === 'number';
  const windows = [before, usual].flatMap((each) => (each ? [each.values.map(scale)] : []));
  return {
    ...{ before: reference.level, now: now.level, stat, log: nearest(logs) },
    sigma: sigmaOf(metric, isNumber ? 'number' : stat, windows, now, reference),
    spread: spreadOf(usual ?? reference),
    samples: now.samples,
  };
}

/** The lesser of two changes; none where they go opposite ways. */
const nearest = ([a, b]: readonly number[]): number =>
  a! * b! <= 0 ? 0 : Math.abs(a!) < Math.abs(b!) ? a! : b!;

function figureOf({ value }: Reading, stat: Stat): number | null {
  if (typeof value === 'number') return stat === null ? value : null;
  return stat === null ? mean(value) : (quantile(value, stat)?.value ?? null);
}

function spreadOf({ values, level }: Levels): number {
  if (values.length < 2) return 0;
  const middle = medianOf(values) ?? level;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
