/** YAML and JSON: documents of nested maps and lists, as names that say the way to each value. */
import { type Document, isNode, LineCounter, parseAllDocuments } from 'yaml';
import { bracketDepth } from '../json.ts';
import type { ConfigFault, Entry } from './entry.ts';

export type Tree = {
  /** Every scalar is a text, as it was written. */
  value: unknown;
  /** The line of what stands at a path, or of the nearest that has one. */
  lineAt(path: readonly (string | number)[]): number;
};

const DEEPEST = 64;
/** How many values one anchor may be repeated as, all aliases together. */
const ALIASES = 100;
const MOST_STRAY = 1000;

const count = (text: string, sign: RegExp): number => {
  let found = 0;
  for (const _ of text.matchAll(sign)) found++;
  return found;
};

/** The documents of a text; what is wrong with it, with its line. */
export function parseTrees(text: string): { trees: Tree[]; faults: ConfigFault[] } {
  if (bracketDepth(text) > DEEPEST)
    return { trees: [], faults: [{ line: 1, reason: `brackets nest deeper than ${DEEPEST}` }] };
  // each of them would be told of, which takes longer the more there are
  if (count(text, /[}\]]/g) > count(text, /[{[]/g) + MOST_STRAY)
    return { trees: [], faults: [{ line: 1, reason: 'closes brackets that nothing opens' }] };
  const lines = new LineCounter();
  const options = { schema: 'failsafe', merge: true, lineCounter: lines, prettyErrors: false } as const;
  const documents = parseAllDocuments(text, options);
  if (!Array.isArray(documents)) return { trees: [], faults: [] };
  const faults = documents.flatMap(({ errors }) =>
    errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, reason: message })),
  );
  if (faults.length > 0) return { trees: [], faults };
  const trees: Tree[] = [];
  for (const each of documents) {
    try {
      trees.push({
        value: each.toJS({ maxAliasCount: ALIASES }),
        lineAt: (path) => lineIn(each, path, lines),
      });
    } catch {
      faults.push({ line: 1, reason: 'its aliases repeat too much, or name what is not there' });
    }
  }
  return { trees, faults };
}

function lineIn(document: Document, path: readonly (string | number)[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length--) {
    // aliases have no way into them
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The children of a map or list. */
export const childrenOf = (value: unknown): (readonly [string | number, unknown])[] =>
  Array.isArray(value) ? [...value.entries()] : isMap(value) ? Object.entries(value) : [];

/** More than a person sets, and fewer than would be slow to look through. */
const MOST = 20_000;

/** `spring.datasource.hikari.maximum-pool-size`; lists of values are one value, parted by commas. */
export function flatten(tree: Tree, from: readonly (string | number)[] = [], value = tree.value): Entry[] {
  const entries: Entry[] = [];
  const visit = (each: unknown, path: readonly (string | number)[]) => {
    if (entries.length >= MOST || path.length > DEEPEST) return;
    const isList = Array.isArray(each) && each.every((item) => typeof item === 'string');
    const text = isList ? each.join(',') : each;
    if (typeof text === 'string')
      entries.push({ key: nameOf(path, from), value: text, line: tree.lineAt(path) });
    else for (const [key, child] of childrenOf(each)) visit(child, [...path, key]);
  };
  visit(value, from);
  return entries;
}

/** Brackets keep the dots of a key together (Spring): `properties.[fetch.min.bytes]`. */
const nameOf = (path: readonly (string | number)[], from: readonly unknown[]): string =>
  path
    .slice(from.length)
    .map((part) => String(part).replace(/^\[(.*)\]$/, '$1'))
    .join('.');
