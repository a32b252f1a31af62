/** Comma-separated text ↔ rows of cells (RFC 4180), with comma, semicolon or tab between them. */
import { lineAndColumn } from '../json.ts';

/** @property line where it begins, from 1 */
export type Row = { line: number; cells: string[] };
export type Rows =
  | { ok: true; rows: Row[] }
  /** @property before the rows up to the broken one */
  | { ok: false; path: string; reason: string; before: Row[] };

const DELIMITERS = [',', ';', '\t'] as const;

/** A first line for Excel. */
const STATED = /^\ufeff?sep=([,;\t])\r?\n/i;

/** What stands between cells: whatever the first line with anything in it has most of, outside of quotes. */
export function delimiterOf(text: string): string {
  const stated = STATED.exec(text)?.[1];
  if (stated !== undefined) return stated;
  const lines = text.slice(0, 100_000).split(/[\r\n]/);
  const said = lines.filter((line) => line.trim() !== '');
  const first = said.find((line) => !line.startsWith('#')) ?? said[0] ?? '';
  const bare = first.replace(/"(?:[^"]|"")*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counted.reduce((a, b) => (b.count > a.count ? b : a)).delimiter;
}

/** Beyond it a table is no drawing of a system, and takes too long. */
const MOST_ROWS = 200_000;

/** Rows with anything in them. A quote inside of a cell that doesn't begin with one is a character like others. */
export function rowsIn(text: string, delimiter = delimiterOf(text)): Rows {
  const rows: Row[] = [];
  const plain = new RegExp(`[^${delimiter}\\r\\n]*`, 'y');
  let at = STATED.exec(text)?.[0].length ?? 0;
  let line = at === 0 ? 1 : 2;
  let row: Row = { line, cells: [] };
  while (at <= text.length) {
    let cell: string;
    if (text[at] === '"') {
      const close = endOfQuote(text, at);
      if (close === -1)
        return {
          ok: false,
          path: lineAndColumn(text, at),
          reason: 'a cell in quotes is not closed',
          before: rows,
        };
      const inside = text.slice(at + 1, close);
      cell = inside.replaceAll('""', '"');
      for (let next = inside.indexOf('\n'); next !== -1; next = inside.indexOf('\n', next + 1)) line++;
      at = close + 1;
      // Some writers leave blanks behind the quote.
      while (text[at] === ' ') at++;
      if (at < text.length && !isEnd(text[at]!, delimiter))
        return {
          ok: false,
          path: lineAndColumn(text, at),
          reason: 'text after the end of a cell in quotes',
          before: rows,
        };
    } else {
      plain.lastIndex = at;
      cell = plain.exec(text)![0];
      at += cell.length;
      cell = cell.trim();
    }
    row.cells.push(withoutGuard(cell));
    if (text[at] === delimiter) {
      at++;
      continue;
    }
    if (row.cells.some((each) => each !== '')) rows.push(row);
    if (rows.length > MOST_ROWS)
      return { ok: false, path: `${line}:1`, reason: `more than ${MOST_ROWS} lines`, before: rows };
    if (at >= text.length) break;
    at += text.startsWith('\r\n', at) ? 2 : 1;
    row = { line: ++line, cells: [] };
  }
  return { ok: true, rows };
}

const isEnd = (character: string, delimiter: string) =>
  character === delimiter || character === '\n' || character === '\r';

/** Index of the closing quote; two in a row are one that is meant. */
function endOfQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  return close;
}

/** Rows as text. What a spreadsheet would run as a formula gets a quote before it, which reading takes off again. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  rows.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');

function cellText(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const withoutGuard = (cell: string) => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);
