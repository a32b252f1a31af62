/** Which charts a part has, and which of its columns are their lines. Pure: film in, charts out. */
import { formatQuantile, METRIC_NAMES, METRICS, type Metric, type Milliseconds } from '../../graph/index.ts';
import { windowText } from '../timeline/scale.ts';
import { type Column, type Film, isOtherWindow } from './film.ts';

export type Line = {
  column: Column;
  /** `p95`, `catalog-1`, `CPU`. */
  name: string;
  /** The one that speaks before the others. */
  strong: boolean;
};

export type Chart = {
  key: string;
  title: string;
  metric: Metric;
  /** True for what is told apart by instance. */
  byInstance: boolean;
  lines: readonly Line[];
  /** `Prometheus · caller side · over 1 min, then over 15 s`. */
  origin: string;
  simulated: boolean;
};

export type Choice = {
  /** One line for each instance. */
  perInstance: boolean;
  /** The one instance that is spoken of where it is told apart. */
  instance: string | null;
  q: number;
};

/** Shares of what can be used up: one chart, from nothing to all. */
const SATURATION: readonly Metric[] = [
  'thread use',
  'pool use',
  'cpu',
  'throttled',
  'memory use',
  'gc pause',
  'disk busy',
];
const ALL = Object.keys(METRICS) as Metric[];

export function chartsOf(film: Film, choice: Choice): Chart[] {
  const byMetric = Map.groupBy(film.columns.values(), ({ metric }) => metric);
  const spoken = ALL.flatMap((metric) => {
    const columns = byMetric.get(metric);
    return columns ? [{ metric, ...spokenOf(columns, choice) }] : [];
  });
  const saturation = spoken.filter(({ metric, byInstance }) => !byInstance && SATURATION.includes(metric));
  const charts = spoken
    .filter((each) => !saturation.includes(each))
    .map(({ metric, columns, byInstance }) => chartOf(metric, columns, byInstance, choice));
  if (saturation.length > 0) charts.push(saturationOf(saturation.flatMap(({ columns }) => columns)));
  return charts;
}

/** Of all that is known of a metric, what speaks for it: one source and side, as on the board (`ReadingStore.best`). */
function spokenOf(all: readonly Column[], { perInstance, instance }: Choice) {
  const ofOne = instance === null ? [] : all.filter((each) => each.instance === instance);
  const apart = all.filter((each) => each.instance !== null);
  const together = all.filter((each) => each.instance === null);
  const byInstance = ofOne.length === 0 && apart.length > 0 && (perInstance || together.length === 0);
  const open = ofOne.length > 0 ? ofOne : byInstance ? apart : together;
  const first = open.reduce((best, each) => (isBetter(each, best) ? each : best));
  const columns = open.filter(({ source, side }) => source === first.source && side === first.side);
  return { columns, byInstance };
}

function isBetter(a: Column, b: Column): boolean {
  if (a.simulated !== b.simulated) return b.simulated;
  if (a.source !== b.source) return a.last > b.last;
  return a.side === 'caller' && b.side !== 'caller';
}

const { compare } = new Intl.Collator('en', { numeric: true });

function chartOf(metric: Metric, columns: readonly Column[], byInstance: boolean, { q }: Choice): Chart {
  const given = columns.flatMap(({ quantile }) => quantile ?? []);
  const chosen = given.length === 0 ? null : nearest(q, given);
  const drawn = byInstance ? columns.filter(({ quantile }) => quantile === chosen) : columns;
  const lines = drawn.map((column): Line => {
    const { instance, quantile } = column;
    const name = byInstance
      ? (instance ?? '')
      : quantile === null
        ? METRIC_NAMES[metric]
        : formatQuantile(quantile);
    return { column, name, strong: quantile === chosen };
  });
  lines.sort((a, b) => (a.column.quantile ?? 0) - (b.column.quantile ?? 0) || compare(a.name, b.name));
  const which = byInstance && chosen !== null ? ` ${formatQuantile(chosen)}` : '';
  const title = `${METRIC_NAMES[metric]}${which}`;
  return { key: metric, title, metric, byInstance, lines, ...originOf(drawn) };
}

/** The next higher of those that are given, or else the highest: as figures are shown (`givenQuantile`). */
const nearest = (q: number, given: readonly number[]): number => {
  const sorted = given.toSorted((a, b) => a - b);
  return sorted.find((each) => each > q - 1e-9) ?? sorted.at(-1)!;
};

function saturationOf(columns: readonly Column[]): Chart {
  const lines = columns.map((column) => ({ column, name: METRIC_NAMES[column.metric], strong: true }));
  const title = lines.length === 1 ? lines[0]!.name : 'Saturation';
  const metric = columns[0]!.metric;
  return { key: 'saturation', title, metric, byInstance: false, lines, ...originOf(columns) };
}

function originOf(columns: readonly Column[]): Pick<Chart, 'origin' | 'simulated'> {
  const words = (of: (column: Column) => string | null) => [...new Set(columns.map(of))].filter(Boolean);
  const instances = words(({ instance }) => instance);
  const parts = [
    words(({ label }) => label).join(', '),
    words(({ side }) => side && `${side} side`).join(', '),
    instances.length === 1 ? instances[0] : '',
    windowsText(columns[0]!),
    words(({ note }) => note).join(', '),
  ];
  return { origin: parts.filter(Boolean).join(' · '), simulated: columns.some(({ simulated }) => simulated) };
}

/** Before its last break first: of the past, and then what has come in since, which may be over another window. */
function windowsText({ windows }: Column): string {
  let before: Milliseconds | undefined;
  let last: Milliseconds | undefined;
  for (const window of windows) {
    if (window === undefined) continue;
    if (last !== undefined && isOtherWindow(last, window)) before = last;
    last = window;
  }
  if (!last) return '';
  return before ? `over ${windowText(before)}, then over ${windowText(last)}` : `over ${windowText(last)}`;
}
