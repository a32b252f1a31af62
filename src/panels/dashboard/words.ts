/** What charts say in words: a line's value at a time, with its unit; a dash where nothing was measured. Pure. */
import { type EpochMs, formatMetric, type Milliseconds, type Units } from '../../graph/index.ts';
import { boundsText, quantileText } from '../live/figures.ts';
import type { Chart, Line } from './charts.ts';
import { type Column, type Film, rowAt } from './film.ts';

export type Told = { text: string; bounds: string | null; value: number | null };

const NOTHING: Told = { text: '–', bounds: null, value: null };

export function toldAt(film: Film, { column }: Line, at: EpochMs, gap: Milliseconds, units: Units): Told {
  const row = rowAt(film, column, at, gap);
  return row < 0 ? NOTHING : toldIn(column, row, units);
}

function toldIn(column: Column, row: number, units: Units): Told {
  const value = column.values[row];
  if (value == null) return NOTHING;
  if (column.quantile === null)
    return { text: formatMetric(column.metric, value, units), bounds: null, value };
  const found = { value, low: column.low[row] ?? value, high: column.high[row] ?? value };
  return { text: quantileText(found, units), bounds: boundsText(found, units), value };
}

/** `p95 182 ms, p99 300 ms`; of many lines the highest. */
export function chartWords(
  film: Film,
  { lines }: Chart,
  at: EpochMs,
  gap: Milliseconds,
  units: Units,
  most = 6,
): string {
  const told = lines.map((line) => ({ name: line.name, ...toldAt(film, line, at, gap, units) }));
  const known = told.filter(({ value }) => value !== null);
  if (known.length === 0) return 'not measured';
  const listed = known.length > most ? known.toSorted((a, b) => b.value! - a.value!).slice(0, most) : known;
  const rest = known.length - listed.length;
  const words = listed.map(({ name, text }) => `${name} ${text}`).join(', ');
  return rest > 0 ? `${words}, and ${rest} more below` : words;
}

const stretch = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** `Shop, Nov 23, 2026, 7:20:56 AM UTC – …`: a picture is looked at on another day, and elsewhere. */
export const pictureTitle = (title: string, { from, to }: { from: EpochMs; to: EpochMs }): string =>
  `${title}, ${stretch.formatRange(from, to)}`;

/** What a line was over the stretch that is shown; null where nothing was measured. */
export function summaryOf(film: Film, { column }: Line, from: EpochMs, to: EpochMs, units: Units) {
  let [lowest, highest, measured, missing] = [-1, -1, 0, 0];
  for (let row = 0; row < film.times.length; row++) {
    const value = column.values[row];
    if (film.times[row]! < from || film.times[row]! > to || value === undefined) continue;
    // where a line was merely broken (`breakBefore`) nothing was asked
    const isBreak = film.times[row + 1] === film.times[row]! + 1;
    if (value === null) missing += isBreak ? 0 : 1;
    else measured++;
    if (value === null) continue;
    if (lowest < 0 || value < column.values[lowest]!) lowest = row;
    if (highest < 0 || value > column.values[highest]!) highest = row;
  }
  if (measured === 0) return null;
  const textOf = (row: number) => toldIn(column, row, units).text;
  return {
    lowest: textOf(lowest),
    highest: textOf(highest),
    highestAt: film.times[highest]!,
    measured,
    missing,
  };
}
