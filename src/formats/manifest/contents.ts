/** What is in a configuration file, of whatever syntax, as settings with their lines: JSON, YAML, properties, nginx, … */
import { parseJson } from '../json.ts';
import { entriesOf, itemsOf, type Tree, treeOf } from './tree.ts';
import { parseYaml } from './yaml.ts';

/** `line` counts from 1 in the content; null in JSON. */
export type Line = { key: string; value: string; line: number | null };

const MOST_TEXT = 1_000_000;
const MOST_LINES = 20_000;

/** @param name of the file or key that it stands under, for its suffix */
export function linesIn(name: string, text: string): Line[] {
  if (text.length > MOST_TEXT) return [];
  if (/^\s*[[{]/.test(text)) {
    const parsed = parseJson(text);
    if (parsed.ok) return flat(treeOf(parsed.value, name), '');
  }
  if (/\.ya?ml(?:\.\w+)?$/i.test(name)) {
    const { documents, faults } = parseYaml(text, name);
    if (faults.length === 0) return documents.flatMap((document) => flat(document, ''));
  }
  return plainLines(text);
}

function flat(tree: Tree, key: string): Line[] {
  const { value, where } = tree;
  if (typeof value === 'string')
    return [{ key, value, line: 'line' in where && where.line > 0 ? where.line : null }];
  return [
    ...itemsOf(tree).flatMap((item) => flat(item, key)),
    ...[...entriesOf(tree)].flatMap(([name, item]) => flat(item, key === '' ? name : `${key}.${name}`)),
  ];
}

/** `a=b`, `a: b`, `a b;`; a section's name is no part of the key. */
function plainLines(text: string): Line[] {
  return text
    .split('\n')
    .slice(0, MOST_LINES)
    .flatMap((row, i): Line[] => {
      const plain = row.replace(/(^|\s)(?:#|\/\/|;|--).*$/, '$1').trim();
      const [, key, value] = /^([A-Za-z_][\w.[\]-]*)\s*(?:[=:]\s*|\s)(.*?)[;{]?$/.exec(plain) ?? [];
      if (plain === '' || plain === '}') return [];
      const line = i + 1;
      return key === undefined
        ? [{ key: '', value: plain, line }]
        : [{ key, value: value!.replace(/^(["'])(.*)\1$/, '$2'), line }];
    });
}

/** `KEY=value` lines as docker and systemd read them, with the values that others are put into. */
export function environmentIn(text: string): Line[] {
  const lines: Line[] = [];
  const rows = text.slice(0, MOST_TEXT).split('\n');
  for (let i = 0; i < rows.length; i++) {
    const [, key, raw] =
      /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*[=:]\s*(.*?)\s*$/.exec(rows[i]!.replace(/\r$/, '')) ?? [];
    if (key === undefined || raw === undefined) continue;
    const line = i + 1;
    const quote = /^["']/.exec(raw)?.[0];
    if (!quote) {
      lines.push({ key, value: raw.replace(/(?:^|\s+)#.*$/, ''), line });
      continue;
    }
    let rest = raw.slice(1);
    while (!rest.includes(quote) && i + 1 < rows.length && rest.length < MOST_VALUE) rest += `\n${rows[++i]}`;
    const end = rest.indexOf(quote);
    lines.push({ key, value: end < 0 ? raw : rest.slice(0, end), line });
  }
  return lines;
}
const MOST_VALUE = 20_000;
