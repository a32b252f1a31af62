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
import { NOISE, SMALLEST } from './weights.ts';

export type Change = {
  /** Null where nothing was measured then. */
  before: number | null;
  now: number;
  /** What is compared: a mean or a number as it is (null), or this quantile. */
  q: number | null;
  /** ln(now ÷ before), what is too small to matter left aside; 0 where nothing was measured before. */
  log: number;
  /** Standard deviation of `log` where nothing has happened. */
  sigma: number;
  /** How many requests stand behind it; null where nobody counted. */
  samples: number | null;
};

/** How many standard deviations a change is away from none. */
export const zOf = ({ log, sigma }: Pick<Change, 'log' | 'sigma'>): number => log / sigma;

type Asked = { side?: Reading['side']; instance?: string | null };
/** One series: a window each, `before` and `now`. */
type Series = { before: Reading[]; now: Reading[] };

export type Figures = {
  /** The change of one figure; null where it is not measured now. @param q instead of the mean */
  change(subject: Subject, metric: Metric, asked?: Asked, q?: number): Change | null;
  /** Measured before, and not now. */
  isGone(subject: Subject, metric: Metric, asked?: Asked): boolean;
  instances(subject: Subject, metric: Metric, side: Reading['side']): readonly string[];
  of(subject: Subject): readonly Reading[];
};

/** @param before may hold several windows of each series: then what is usual is read from them */
export function figuresOf(before: Snapshot | null, now: Snapshot): Figures {
  const all = new Map<string, Map<string, Series>>();
  const own = new Map<string, Reading[]>();
  const put = (reading: Reading, when: keyof Series) => {
    if (reading.operation !== undefined) return;
    const subject = subjectKey(reading.subject);
    let series = all.get(subject);
    if (!series) all.set(subject, (series = new Map()));
    const key = keyOf(reading.metric, reading);
    let one = series.get(key);
    if (!one) series.set(key, (one = { before: [], now: [] }));
    one[when].push(reading);
  };
  for (const reading of before?.readings ?? []) put(reading, 'before');
  for (const reading of now.readings) {
    put(reading, 'now');
    const key = subjectKey(reading.subject);
    const list = own.get(key);
    if (list) list.push(reading);
    else own.set(key, [reading]);
  }
  const find = (subject: Subject, metric: Metric, asked: Asked) =>
    all.get(subjectKey(subject))?.get(keyOf(metric, asked));
  return {
    change(subject, metric, asked = {}, q) {
      const series = find(subject, metric, asked);
      return series && series.now.length > 0 ? changeOf(series, metric, q) : null;
    },
    isGone(subject, metric, asked = {}) {
      const series = find(subject, metric, asked);
      return series !== undefined && series.now.length === 0 && series.before.length > 0;
    },
    instances(subject, metric, side) {
      const found = new Set<string>();
      for (const reading of own.get(subjectKey(subject)) ?? [])
        if (reading.metric === metric && reading.side === side && reading.instance !== null)
          found.add(reading.instance);
      return [...found];
    },
    of: (subject) => own.get(subjectKey(subject)) ?? [],
  };
}

const keyOf = (metric: Metric, { side = null, instance = null }: Asked): string =>
  `${metric}\n${side}\n${instance}`;

function changeOf(series: Series, metric: Metric, asked?: number): Change | null {
  const q = asked ?? quantileOf(series);
  const now = levels(series.now, q);
  const before = levels(series.before, q);
  const level = medianOf(now);
  if (level === null) return null;
  const usual = medianOf(before);
  const samples = countOf(series.now);
  const least = SMALLEST[metric] ?? 0.01;
  if (usual === null) return { before: null, now: level, q, log: 0, sigma: 1, samples };
  const scale = (value: number) => Math.log(Math.max(value, 0) + least);
  const log = scale(level) - scale(usual);
  const centre = scale(usual);
  const deviations = before.map((value) => scale(value) - centre);
  const few = chanceOf(samples, now.length) + chanceOf(countOf(series.before), before.length);
  const sigma = Math.sqrt(varianceOf(deviations, NOISE[metric] ?? 0.2) + few);
  return { before: usual, now: level, q, log, sigma, samples };
}

/** Means are compared where all windows have one, else the highest quantile up to p90 that was given. */
function quantileOf({ before, now }: Series): number | null {
  for (const { value } of [...now.slice(0, 1), ...before.slice(0, 1)])
    if (typeof value !== 'number' && mean(value) === null) return givenQuantile(value, 0.9);
  return null;
}

function levels(readings: readonly Reading[], q: number | null): number[] {
  return readings.flatMap(({ value }) => {
    if (typeof value === 'number') return [value];
    return (q === null ? mean(value) : quantile(value, q)?.value) ?? [];
  });
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
}

function countOf(readings: readonly Reading[]): number | null {
  const counts = readings.flatMap(({ samples }) => samples ?? []);
  return counts.length > 0 ? counts.reduce((a, b) => a + b, 0) : null;
}

/** Durations are spread about as widely as they are long: the mean of n of them is off by 1 ÷ √n. */
const chanceOf = (samples: number | null, windows: number): number =>
  samples === null ? 0 : 1 / Math.max(samples, windows, 0.5);

/** What is usual by itself, made surer by each window that was seen: a prior of so many windows' weight. */
const PRIOR_WINDOWS = 4;
const ROBUST = 1.4826;

function varianceOf(deviations: readonly number[], prior: number): number {
  if (deviations.length < 2) return prior ** 2;
  const spread = ROBUST * medianOf(deviations.map(Math.abs))!;
  const n = deviations.length - 1;
  return (PRIOR_WINDOWS * prior ** 2 + n * spread ** 2) / (PRIOR_WINDOWS + n);
}
