/**
 * What was measured of one part, moment by moment: one row of times, and a column of values for every line that can
 * be drawn. Columns stand on the same times, as a chart wants them: nothing is made anew to be drawn.
 *
 *   history ─► put(…, 'all')   what is not told is null: a gap
 *   live    ─► put(…, 'some')  what is not told is undefined: nothing was said, the line goes on to the next point
 *
 * A line is broken where nothing was heard for too long, and where figures begin to be over another window: what is
 * over a minute and what is over a second are not one line.
 */
import {
  type EpochMs,
  type Metric,
  type Milliseconds,
  QUANTILES,
  type Quantile,
  quantile,
  type Reading,
  type Subject,
} from '../../graph/index.ts';

type Values = (number | null | undefined)[];

export type Column = {
  key: string;
  metric: Metric;
  /** Null for what is no distribution. */
  quantile: number | null;
  /** Null is all of them together. */
  instance: string | null;
  side: Reading['side'];
  /** Id and words of the source, how its figures are to be taken. */
  source: string;
  label: string;
  simulated: boolean;
  note: string | null;
  values: Values;
  /** What a value may really be, where its source knows no more than a bucket; high may be Infinity. */
  low: Values;
  high: Values;
  /** Over how long its values are, each. */
  windows: (Milliseconds | undefined)[];
  /** Where its last value is. */
  last: number;
};

export type Film = { subject: Subject; times: EpochMs[]; columns: Map<string, Column> };

export const emptyFilm = (subject: Subject): Film => ({ subject, times: [], columns: new Map() });

/**
 * All or some of what is known of a moment.
 * @param gap longer without a value is a gap
 */
export function put(
  film: Film,
  at: EpochMs,
  readings: readonly Reading[],
  told: 'all' | 'some',
  gap: Milliseconds,
): void {
  const points = readings.flatMap((reading) => pointsOf(reading).map((point) => ({ reading, ...point })));
  const broken = points.flatMap(({ key, reading: { window } }) => {
    const column = film.columns.get(key);
    return column && isBroken(film, column, at, window, gap) ? [column] : [];
  });
  breakBefore(film, at, broken);
  const row = rowOf(film, at);
  for (const { key, reading, q, found } of points) {
    const column = film.columns.get(key) ?? addColumn(film, key, columnOf(reading, q));
    column.values[row] = found === null ? null : found.value;
    column.low[row] = found?.low ?? null;
    column.high[row] = found?.high ?? null;
    column.windows[row] = reading.window;
    if (found) column.last = Math.max(column.last, row);
    column.label = reading.provenance.label;
    column.note = reading.provenance.note ?? null;
  }
  if (told === 'all')
    for (const column of film.columns.values())
      if (column.values[row] === undefined) column.values[row] = null;
}

/** What another film of the same part knows of later times, put at the end of this one. */
export function join(film: Film, later: Film, after: EpochMs, gap: Milliseconds): void {
  const from = rowFrom(later.times, after + 1);
  const at = later.times[from];
  if (at === undefined) return;
  const broken = [...later.columns.values()].flatMap(({ key, values, windows }) => {
    const first = values.findIndex((value, row) => row >= from && value != null);
    const column = film.columns.get(key);
    if (!column || first < 0) return [];
    return isBroken(film, column, later.times[first]!, windows[first]!, gap) ? [column] : [];
  });
  breakBefore(film, at, broken);
  for (const [key, column] of later.columns)
    if (column.last >= from && !film.columns.has(key)) addColumn(film, key, column);
  const start = film.times.length;
  film.times.push(...later.times.slice(from));
  for (const column of film.columns.values()) {
    const other = later.columns.get(column.key);
    for (const list of LISTS)
      for (let row = from; row < later.times.length; row++) column[list].push(other?.[list][row] as never);
    if (other && other.last >= from) column.last = start + other.last - from;
  }
}

export const copyOf = (film: Film): Film => ({
  ...film,
  times: [...film.times],
  columns: new Map(
    [...film.columns].map(([key, column]) => {
      const { values, low, high, windows } = column;
      const lists = { values: [...values], low: [...low], high: [...high], windows: [...windows] };
      return [key, { ...column, ...lists }];
    }),
  ),
});

/** Forgets what is at a time or after it. */
export function cutFrom(film: Film, at: EpochMs): void {
  keep(film, 0, rowFrom(film.times, at));
}

/** Forgets what is before a time. */
export function cutBefore(film: Film, at: EpochMs): void {
  keep(film, rowFrom(film.times, at), film.times.length);
}

/** The first row that is not before a time. */
export function rowFrom(times: readonly EpochMs[], at: EpochMs): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The row of a column that speaks for a time: the last that has a word of it, none older than `gap`; -1 for none. */
export function rowAt(film: Film, column: Column, at: EpochMs, gap: Milliseconds): number {
  for (let row = rowFrom(film.times, at + 1) - 1; row >= 0 && at - film.times[row]! <= gap; row--)
    if (column.values[row] !== undefined) return row;
  return -1;
}

function keep(film: Film, from: number, to: number): void {
  if (from === 0 && to === film.times.length) return;
  film.times = film.times.slice(from, to);
  for (const [key, column] of film.columns) {
    for (const list of LISTS) column[list] = column[list].slice(from, to) as never;
    column.last = column.values.findLastIndex((value) => value != null);
    if (column.last < 0) film.columns.delete(key);
  }
}
const LISTS = ['values', 'low', 'high', 'windows'] as const;

/** The row of a time; a new one where there is none. */
function rowOf(film: Film, at: EpochMs): number {
  const row = rowFrom(film.times, at);
  if (film.times[row] === at) return row;
  film.times.splice(row, 0, at);
  for (const column of film.columns.values()) {
    for (const list of LISTS) column[list].splice(row, 0, undefined as never);
    if (column.last >= row) column.last++;
  }
  return row;
}

type ColumnFacts = Omit<Column, 'key' | (typeof LISTS)[number] | 'last'>;

function columnOf({ metric, instance, side, provenance }: Reading, q: number | null): ColumnFacts {
  const { source, label, simulated, note = null } = provenance;
  return { metric, quantile: q, instance, side, source, label, simulated, note };
}

function addColumn(film: Film, key: string, facts: ColumnFacts): Column {
  const blank = () => film.times.map(() => undefined);
  const lists = { values: blank(), low: blank(), high: blank(), windows: blank() };
  const column: Column = { ...facts, key, ...lists, last: -1 };
  film.columns.set(key, column);
  return column;
}

/** Windows that differ by less than twice stay one line: what a source has only begun to remember grows with every moment. */
export const isOtherWindow = (a: Milliseconds, b: Milliseconds): boolean =>
  a !== b && Math.max(a, b) >= 2 * Math.min(a, b);

function isBroken(
  { times }: Film,
  column: Column,
  at: EpochMs,
  window: Milliseconds,
  gap: Milliseconds,
): boolean {
  const last = times[column.last];
  if (last === undefined || last >= at) return false;
  return at - last > gap || isOtherWindow(column.windows[column.last]!, window);
}

/** Their lines go on anew at a time. */
function breakBefore(film: Film, at: EpochMs, columns: readonly Column[]): void {
  if (columns.length === 0) return;
  const row = rowOf(film, at - 1);
  for (const column of columns) column.values[row] ??= null;
}

type Point = { key: string; q: number | null; found: Quantile | null };

/** The lines that a reading is a point of: of a histogram three, of quantiles those that were given. */
function pointsOf({ metric, value, instance, side, operation, provenance }: Reading): Point[] {
  if (operation !== undefined) return [];
  const key = (q: number | null) => [metric, q, side, instance, provenance.source].join('\n');
  if (typeof value === 'number') {
    const found = Number.isFinite(value) ? { value, low: value, high: value } : null;
    return [{ key: key(null), q: null, found }];
  }
  const asked = value.type === 'quantiles' ? value.points.map(({ q }) => q) : QUANTILES;
  return asked.map((q) => {
    const found = quantile(value, q);
    return { key: key(q), q, found: found && Number.isFinite(found.value) ? found : null };
  });
}
