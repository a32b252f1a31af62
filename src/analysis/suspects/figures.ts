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
  type Id,
  METRICS,
  type Metric,
  mean,
  type Reading,
  type Snapshot,
  type Subject,
} from '../../graph/index.ts';
import { type Gap, gapOf } from './gaps.ts';
import {
  figureOf,
  type Levels,
  levelsOf,
  medianOf,
  nearest,
  type Series,
  type Stat,
  sigmaOf,
  vaguenessOf,
} from './levels.ts';
import { SMALLEST } from './weights.ts';

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
  /** What its caller waited for beyond what its callee took; null where one of them is silent at one of the times. */
  gap(edge: Id, stat: Stat): Gap | null;
  /** What it is now, whatever it was. */
  level(subject: Subject, metric: Metric, asked?: Asked, stat?: Stat): number | null;
  /** In how many of the windows before something was measured that is not measured now; null where it is, or wasn't. */
  goneFrom(subject: Subject, metric: Metric, asked?: Asked): { heard: number; of: number } | null;
  instances(subject: Subject, metric: Metric, side: Reading['side']): readonly string[];
};

/**
 * @param usual when all was well, at whatever time: how far figures wander is read from its windows. What differs from
 * it must differ from `before`, too, to count: else it is the time of the week, and not what has just happened.
 */
export function figuresOf(before: Snapshot | null, now: Snapshot, usual: Snapshot | null): Figures {
  const all = { node: new Map<Id, Shelf>(), edge: new Map<Id, Shelf>() };
  const windows = new Map<string, Set<number>>();
  const put = (reading: Reading, when: keyof Series) => {
    const { subject, metric, side, instance, operation, provenance, at, window } = reading;
    if (operation !== undefined) return;
    const held = heldIn(shelfIn(all[subject.type], subject.id), codeOf(metric, side), instance);
    sourceIn(held, provenance.source)[when].push(reading);
    if (when === 'before')
      // files of one source end their windows some seconds apart
      windows.set(
        provenance.source,
        (windows.get(provenance.source) ?? new Set()).add(Math.round(at / window)),
      );
  };
  for (const reading of usual?.readings ?? []) put(reading, 'usual');
  for (const reading of before?.readings ?? []) put(reading, 'before');
  for (const reading of now.readings) put(reading, 'now');

  const find = ({ type, id }: Subject, metric: Metric, { side = null, instance = null }: Asked) => {
    const shelf = all[type].get(id);
    const code = codeOf(metric, side);
    return instance === null ? shelf?.whole[code] : shelf?.single.get(code)?.get(instance);
  };
  const changeIn = (held: Held | undefined, metric: Metric, stat: Stat): Change | null => {
    if (!held) return null;
    const known = held.changes.find((each) => each.stat === stat);
    if (known) return known.change;
    const change = changeOf(bestOf(held), metric, stat);
    held.changes.push({ stat, change });
    return change;
  };
  return {
    change: (subject, metric, asked = {}, stat = null) =>
      changeIn(find(subject, metric, asked), metric, stat),
    changeOfAny(subject, metric, asked = {}) {
      const held = find(subject, metric, asked);
      const value = held && bestOf(held).now[0]?.value;
      return value === undefined ? null : changeIn(held, metric, anyStat(value));
    },
    gap(id, stat) {
      const [caller, callee] = (['caller', 'callee'] as const).map((side) => {
        const held = find({ type: 'edge', id }, 'latency', { side });
        return held && bestOf(held);
      });
      return caller && callee ? gapOf(caller, callee, stat) : null;
    },
    level(subject, metric, asked = {}, stat = null) {
      const held = find(subject, metric, asked);
      return (held && levelsOf(bestOf(held).now, (reading) => figureOf(reading, stat))?.level) ?? null;
    },
    goneFrom(subject, metric, asked = {}) {
      const held = find(subject, metric, asked);
      const series = held && bestOf(held);
      const [first] = series?.before ?? [];
      if (!series || !first || series.now.length > 0) return null;
      return { heard: series.before.length, of: windows.get(first.provenance.source)?.size ?? 1 };
    },
    instances: ({ type, id }, metric, side) => [
      ...(all[type].get(id)?.single.get(codeOf(metric, side))?.keys() ?? []),
    ],
  };
}

/** The figures of one subject: of all instances together, and of each. */
type Shelf = { whole: (Held | undefined)[]; single: Map<number, Map<string, Held>> };

function shelfIn(all: Map<Id, Shelf>, id: Id): Shelf {
  let shelf = all.get(id);
  if (!shelf) {
    shelf = { whole: [], single: new Map() };
    all.set(id, shelf);
  }
  return shelf;
}

function heldIn({ whole, single }: Shelf, code: number, instance: string | null): Held {
  const fresh = (): Held => ({ sources: [], best: null, changes: [] });
  if (instance === null) return (whole[code] ??= fresh());
  const ones = single.get(code) ?? new Map<string, Held>();
  if (ones.size === 0) single.set(code, ones);
  const held = ones.get(instance) ?? fresh();
  ones.set(instance, held);
  return held;
}

const CODES = Object.fromEntries(Object.keys(METRICS).map((metric, i) => [metric, 3 * i])) as Record<
  Metric,
  number
>;
const codeOf = (metric: Metric, side: Reading['side']): number =>
  CODES[metric] + (side === null ? 0 : side === 'caller' ? 1 : 2);

/** A figure as each source tells it, the one that is listened to, and its changes once they were asked for. */
type Held = {
  sources: { name: string; series: Series }[];
  best: Series | null;
  changes: { stat: Stat; change: Change | null }[];
};

function sourceIn({ sources }: Held, name: string): Series {
  const known = sources.find((each) => each.name === name);
  if (known) return known.series;
  const series: Series = { usual: [], before: [], now: [] };
  sources.push({ name, series });
  return series;
}

/** Of several sources the one that tells of both times, then the one that tells means, then a real one. */
function bestOf(held: Held): Series {
  held.best ??= mostWorth([...held.sources.map(({ series }) => series), ...acrossSources(held)]);
  return held.best;
}

const mostWorth = (all: readonly Series[]): Series => all.reduce((a, b) => (worthOf(b) > worthOf(a) ? b : a));

/** Two files are two sources: where none tells of both times, what one says now is held against what another said then. */
function acrossSources({ sources }: Held): Series[] {
  const all = sources.map(({ series }) => series);
  if (all.some(isOfBothTimes)) return [];
  const now = all.filter((series) => series.now.length > 0);
  const then = all.filter((series) => series.now.length === 0);
  if (now.length === 0 || then.length === 0) return [];
  const latest = mostWorth(now).now;
  const alike = then.filter(({ before, usual }) => isAlike((before[0] ?? usual[0])!, latest[0]!));
  return alike.length > 0 ? [{ ...mostWorth(alike), now: latest }] : [];
}

const isOfBothTimes = ({ usual, before, now }: Series): boolean =>
  before.length + usual.length > 0 && now.length > 0;

const isAlike = (a: Reading, b: Reading): boolean =>
  typeof a.value === typeof b.value && a.provenance.simulated === b.provenance.simulated;

const anyStat = (value: Reading['value']): Stat =>
  typeof value === 'number' || mean(value) !== null ? null : givenQuantile(value, 0.9);

function worthOf(series: Series): number {
  const { usual, before, now } = series;
  const { value, provenance } = (now[0] ?? before[0] ?? usual[0])!;
  const isMean = typeof value === 'number' || mean(value) !== null;
  return (
    (isOfBothTimes(series) ? 4 : now.length > 0 ? 2 : 0) + (isMean ? 1 : 0) + (provenance.simulated ? 0 : 0.5)
  );
}

function changeOf(series: Series, metric: Metric, stat: Stat): Change | null {
  const levels = (readings: readonly Reading[]) =>
    levelsOf(
      readings,
      (reading) => figureOf(reading, stat),
      (reading) => vaguenessOf(reading, stat),
    );
  const [now, before, usual] = [levels(series.now), levels(series.before), levels(series.usual)];
  const reference = before ?? usual;
  if (!now || !reference) return null;
  const least = SMALLEST[metric] ?? 0.01;
  const scale = (value: number) => Math.log(Math.max(value, 0) + least);
  const logs = [reference, usual ?? reference].map(({ level }) => scale(now.level) - scale(level));
  const isNumber = typeof series.now[0]!.value === 'number';
  const windows = [before, usual].flatMap((each) =>
    each ? [{ values: each.values.map(scale), isWell: each === usual }] : [],
  );
  return {
    ...{ before: reference.level, now: now.level, stat, log: nearest(logs) },
    sigma: sigmaOf(metric, isNumber ? 'number' : stat, windows, now, reference),
    spread: spreadOf(usual ?? reference),
    samples: now.samples,
  };
}

function spreadOf({ values, level }: Levels): number {
  if (values.length < 2) return 0;
  const middle = medianOf(values) ?? level;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}
