/** Tables of GitHub's Markdown ↔ rows of plain cells. */
import type { Row } from '../csv/records.ts';

const RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** A header, a rule of as many dashes, and the lines after it that have a bar in them. */
export function tablesIn(text: string): Row[][] {
  const lines = text.split(/\r\n|\r|\n/);
  const tables: Row[][] = [];
  for (let i = 0; i + 1 < lines.length; i++) {
    const rule = lines[i + 1]!;
    if (!lines[i]!.includes('|') || !rule.includes('-') || rule.length > 10_000 || !RULE.test(rule)) continue;
    const header = cellsIn(lines[i]!);
    if (cellsIn(rule).length !== header.length) continue;
    const rows: Row[] = [{ line: i + 1, cells: header }];
    for (i += 2; lines[i]?.includes('|'); i++) {
      const cells = cellsIn(lines[i]!);
      if (cells.some((cell) => cell !== '')) rows.push({ line: i + 1, cells });
    }
    tables.push(rows);
  }
  return tables;
}

function cellsIn(line: string): string[] {
  const inside = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inside.split(/(?<!\\)\|/).map(plainCell);
}

/** The text as it is shown. */
export const plainCell = (cell: string): string =>
  cell
    .trim()
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/(?<!\\)(\*\*|__|~~|`)(?=[^\s\\])([^|]{0,400}?[^\s\\])\1/g, '$2')
    .replace(/(?<!\\)\[([^[\]]{0,400})\]\(([^()\s]{0,2000})\)/g, '$1')
    .replace(/&(lt|gt|amp);/g, (_all, name: string) => ENTITIES[name]!)
    .replace(/\\([!-/:-@[-`{-~])/g, '$1');
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };

/** As text that stays as it is: what Markdown or HTML give a meaning is escaped, breaks are `<br>`. */
export const writtenCell = (text: string): string =>
  text
    .trim()
    .replace(/[\\`*_[\]#|~!]/g, '\\$&')
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!)
    .replace(/\s*(?:\r\n|[\r\n\u2028\u2029])\s*/g, '<br>');
