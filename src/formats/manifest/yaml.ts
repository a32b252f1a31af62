/** YAML text → trees, one a document. What can't be parsed is said with its line; the other documents stand. */
import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseAllDocuments,
} from 'yaml';
import type { Fault } from '../../graph/index.ts';
import { megabytes } from '../limits.ts';
import type { Tree } from './tree.ts';

/** A real, large compose file has more than 2,000; still too few for a bomb of them. */
const MOST_ALIASES = 5_000;
/** Characters, and words and signs among them: the parser takes 10 to 20 µs for each. */
const MOST_TEXT = 2_500_000;
const MOST_WORDS = 100_000;
/** How deep values may nest; and brackets, of which many more would exhaust the parser. */
const MOST_DEPTH = 64;
const MOST_BRACKETS = 2_000;

export type Parsed = {
  documents: Tree[];
  /** `path` is "line:column", or empty. */
  faults: Fault[];
  remarks: Fault[];
};

export function parseYaml(text: string, file: string): Parsed {
  const parsed: Parsed = { documents: [], faults: [], remarks: [] };
  const excess = excessOf(text);
  if (excess) {
    parsed.faults.push(excess);
    return parsed;
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    merge: true,
    uniqueKeys: false,
  });
  for (const document of 'empty' in documents ? [] : documents) {
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      parsed.faults.push({ path: `${line}:${col}`, reason: wordsOf(error.message, text) });
      continue;
    }
    // Rendered templates leave many that say nothing.
    if (!document.contents || (isScalar(document.contents) && document.contents.value === null)) continue;
    const growing: Growing = {
      file,
      lineOf: (node) => lines.linePos(node?.range?.[0] ?? document.range[0]).line,
      anchors: new Map(),
      remarks: parsed.remarks,
    };
    try {
      document.toJS({ maxAliasCount: MOST_ALIASES });
      parsed.documents.push(grow(document.contents, growing, 0));
    } catch (thrown) {
      parsed.faults.push({ path: `${growing.lineOf(document.contents)}:1`, reason: aliasWords(thrown) });
    }
  }
  return parsed;
}

function excessOf(text: string): Fault | null {
  if (text.length > MOST_TEXT)
    return {
      path: '',
      reason: `is ${megabytes(text.length)} of YAML; up to ${megabytes(MOST_TEXT)} can be read`,
    };
  let [words, depth, at] = [0, 0, 0];
  for (const match of text.matchAll(/[[{]|[\]}]|,|[^\s[\]{},]+/g)) {
    if (match[0] === '[' || match[0] === '{') depth++;
    else if (match[0] === ']' || match[0] === '}') depth = Math.max(0, depth - 1);
    at = match.index;
    if (depth > MOST_BRACKETS) break;
    if (++words > MOST_WORDS)
      return {
        path: '',
        reason: `holds more than ${MOST_WORDS} words of YAML; give it as JSON, or in parts`,
      };
  }
  const dashes = /(?:^|\n)[ \t]*(?:[-?] +){64}/.exec(text);
  if (depth <= MOST_BRACKETS && !dashes) return null;
  const line = text.slice(0, dashes?.index ?? at).split('\n').length;
  return { path: `${line}:1`, reason: `nests more than ${MOST_DEPTH} deep` };
}

function aliasWords(thrown: unknown): string {
  if (thrown instanceof RangeError) return `nests more than ${MOST_DEPTH} deep`;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  if (/excessive alias/i.test(said)) return `repeats itself by more than ${MOST_ALIASES} aliases`;
  const anchor = /unresolved alias.*?: (.*)$/i.exec(said)?.[1];
  return anchor ? `names the anchor ${anchor}, which is not there` : `can’t be understood: ${said}`;
}

function wordsOf(message: string, text: string): string {
  if (/call stack/i.test(message)) return `nests more than ${MOST_DEPTH} deep`;
  const said = message.replace(/\s+/g, ' ').trim();
  const lower = said.charAt(0).toLowerCase() + said.slice(1);
  return TEMPLATE.test(text) ? `is a template, to be rendered first (helm template): ${lower}` : lower;
}
const TEMPLATE = /\{\{-?\s*(?:[.$]|if|range|include|with|end|template|define)/;

type Growing = {
  file: string;
  lineOf(node: Node | null | undefined): number;
  /** The latest value of each name. */
  anchors: Map<string, Tree>;
  remarks: Fault[];
};

function grow(node: ParsedNode | null, growing: Growing, depth: number): Tree {
  if (depth > MOST_DEPTH) throw new RangeError();
  const { file, anchors } = growing;
  const where = { file, line: growing.lineOf(node) };
  if (isAlias(node)) return { ...(anchors.get(node.source) ?? { value: null }), where };
  const tree: Tree = { where, value: null, ...(node?.tag?.startsWith('!') && { tag: node.tag }) };
  if (isScalar(node)) {
    const { value, source } = node;
    if (typeof value === 'string') tree.value = value;
    else if (value !== null && value !== undefined) tree.value = source ?? String(value);
  } else if (isSeq(node)) tree.value = node.items.map((item) => grow(item as ParsedNode, growing, depth + 1));
  else if (isMap(node)) tree.value = entriesIn(node.items, growing, depth);
  if (node && !isAlias(node) && node.anchor) anchors.set(node.anchor, tree);
  return tree;
}

/** Each value stands where its key does. What is merged in (`<<`) gives way to what is there. */
function entriesIn(pairs: readonly unknown[], growing: Growing, depth: number): ReadonlyMap<string, Tree> {
  const own = new Map<string, Tree>();
  const merged: Tree[] = [];
  for (const pair of pairs) {
    if (!isPair(pair) || !isScalar(pair.key)) continue;
    const key = pair.key.source ?? String(pair.key.value);
    const line = growing.lineOf(pair.key);
    const item = {
      ...grow(pair.value as ParsedNode | null, growing, depth + 1),
      where: { file: growing.file, line },
    };
    if (key === '<<') merged.push(...(Array.isArray(item.value) ? (item.value as Tree[]) : [item]));
    else {
      if (own.has(key))
        growing.remarks.push({ path: `line ${line}`, reason: `says ${key} twice; the later one holds` });
      own.set(key, item);
    }
  }
  for (const base of merged)
    for (const [key, item] of base.value instanceof Map ? base.value : [])
      if (!own.has(key)) own.set(key, item);
  return own;
}
