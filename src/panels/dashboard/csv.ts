/** The lines that are drawn, as comma-separated values: one row a point; what was not measured has none. Pure. */
import { type EpochMs, METRICS } from '../../graph/index.ts';
import type { Line } from './charts.ts';
import type { Film } from './film.ts';

export const CSV_COLUMNS = [
  'time',
  'subject',
  'metric',
  'quantile',
  'instance',
  'side',
  'source',
  'value',
  'unit',
  'low',
  'high',
  'window_ms',
] as const;

export type Written = { subject: string; film: Film; lines: readonly Line[] };

export function csvOf(all: readonly Written[], from: EpochMs, to: EpochMs): string {
  const rows: string[] = [CSV_COLUMNS.join(',')];
  for (const { subject, film, lines } of all)
    for (const { column } of lines) {
      const { metric, quantile, instance, side, label, values, low, high, windows } = column;
      const facts = [subject, metric, quantile ?? '', instance ?? '', side ?? '', label].map(cell).join(',');
      for (const [row, at] of film.times.entries()) {
        const value = values[row];
        if (value == null || at < from || at > to) continue;
        const bounds = quantile === null ? [null, null] : [low[row], high[row]];
        const numbers = [value, METRICS[metric], ...bounds.map(finite), windows[row]];
        rows.push(`${new Date(at).toISOString()},${facts},${numbers.join(',')}`);
      }
    }
  return `${rows.join('\r\n')}\r\n`;
}

/** An open bucket has no upper bound. */
const finite = (high: number | null | undefined) => (Number.isFinite(high) ? String(high) : '');

/** Quoted where it must be (RFC 4180); what a spreadsheet would take for a formula is made text by an apostrophe. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
