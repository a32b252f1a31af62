/** Files as they lie there, packed or not; what is missing is empty, not an error. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The text of a file or of its `.gz`; null where there is neither. */
export function textOf(path: string): string | null {
  if (existsSync(path)) {
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  }
  return existsSync(`${path}.gz`) ? gunzipSync(readFileSync(`${path}.gz`)).toString('utf8') : null;
}

export const jsonOf = (path: string): unknown => {
  const text = textOf(path);
  return text === null ? null : JSON.parse(text);
};

/** Names in a folder, in order; none where there is no such folder. */
export const namesIn = (path: string): string[] => (existsSync(path) ? readdirSync(path).sort() : []);

/** Every file of that name below a folder. */
export function filesNamed(root: string, name: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name === name)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Rows of a CSV file; fields may be in quotes. */
export function rowsOf(text: string): string[][] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => (line.includes('"') ? quotedFields(line) : line.split(',')));
}

function quotedFields(line: string): string[] {
  const fields = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...fields].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

/** A number; null for an empty field, or what is none. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}
