/** Which layout a log has, found in its first lines; and its requests, line by line. */
import type { Fault } from '../../graph/index.ts';
import { isObject, type Opened } from '../format.ts';
import { bracketDepth, parseJson } from '../json.ts';
import { MOST } from '../limits.ts';
import { envoyLayouts } from './envoy.ts';
import { EXAMPLE, statedFields } from './fields.ts';
import { haproxyLayout } from './haproxy.ts';
import { jsonLayout, mappedLayout } from './json-lines.ts';
import { ltsvIn } from './ltsv.ts';
import { nginxLayout, nginxLayouts, statedFormat } from './nginx-layouts.ts';
import { operations } from './operation.ts';
import { patternOf } from './pattern.ts';
import type { Layout, Readers, Request } from './request.ts';
import { bareLine, isAside, isAsideIn, linesWithin } from './shipped.ts';
import { stamper } from './time.ts';
import { traefikLayout } from './traefik.ts';

export type Entry = { /** From 1. */ line: number; request: Request | string | null };
/**
 * How a log is read, and its requests as they are asked for; a text stands for a line that holds none, and says why, null
 * for one in which the proxy speaks of itself.
 */
export type Found = { layout: About; entries: Iterable<Entry> };
export type About = Omit<Layout<never>, 'read'>;
export type Unknown = { faults: Fault[] };

/** Lines that a layout is found by. */
const SAMPLE = 200;
/** Characters: proxies refuse requests that would make longer ones. */
const LONGEST_LINE = 65_536;

/** @returns null for what is no access log; faults for one that can't be read */
export function findLayout(opened: Opened): Found | Unknown | null {
  const readers: Readers = { stamp: stamper(), operation: operations() };
  if (opened.type === 'json') return inValues(opened, readers);
  if (opened.type !== 'text' || opened.isNamedSketch) return null;
  const { text } = opened;
  const stated = statedFormat(text);
  if (stated) {
    const layout = statedLayout(stated.format, readers);
    return typeof layout === 'string' ? unknown('1:1', layout) : inLines(text, layout, stated.end);
  }
  const map = statedFields(text.slice(0, LONGEST_LINE).split('\n', 1)[0]!.trim());
  if (typeof map === 'string') return unknown('1:1', map);
  return map ? inLines(text, ofText(mappedLayout(map, readers))) : inText(text, readers);
}

const unknown = (path: string, reason: string): Unknown => ({ faults: [{ path, reason }] });

function statedLayout(format: string, readers: Readers): Layout<string> | string {
  const pattern = patternOf(format);
  if (typeof pattern === 'string') return `the log_format ${pattern}`;
  const names = new Set(pattern.pieces.map(({ variable }) => variable));
  if (!names.has('status') && !names.has('request_time'))
    return 'the log_format has neither $status nor $request_time';
  return nginxLayout(pattern, 'log_format above it', readers);
}

function inText(text: string, readers: Readers): Found | Unknown | null {
  const sample: { line: number; content: string }[] = [];
  for (const each of linesOf(text, 0, true)) {
    if (isAside(each.content)) continue;
    if (sample.push(each) === SAMPLE) break;
  }
  const [first] = sample;
  if (!first) return null;
  const isMost = (count: number) => count * 2 > sample.length;
  const objects = sample.flatMap(({ line, content }) => {
    const value = valueIn(content);
    return isObject(value) ? [{ line, value }] : [];
  });
  if (isMost(objects.length)) {
    const layout = layoutOfObjects(objects, readers);
    if (layout) return 'faults' in layout ? layout : inLines(text, ofText(layout), 0, true);
    return inWrapped(valuesIn(text), readers);
  }
  // Those that tell the most come first.
  const layouts = [
    haproxyLayout(readers),
    ...envoyLayouts(readers),
    traefikLayout(readers),
    ...nginxLayouts(readers),
  ];
  const reads = ({ read }: Layout<string>) =>
    sample.filter(({ content }) => typeof read(content) !== 'string').length;
  const layout = layouts.find((each) => isMost(reads(each)));
  if (layout) return inLines(text, layout, 0, true);
  if (!isMost(sample.filter(({ content }) => REQUEST.test(content)).length)) return null;
  return unknown(
    `${first.line}:1`,
    'is an access log, but of no layout that is known; put the log_format, as it is in nginx.conf, on top of it',
  );
}
const REQUEST = /"[A-Z]{3,10} \S{1,2000} HTTP\/\d/;

function inValues(opened: Extract<Opened, { type: 'json' }>, readers: Readers): Found | Unknown | null {
  const { values, lines } = opened;
  const objects = values
    .slice(0, SAMPLE)
    .flatMap((value, i) => (isObject(value) ? [{ value, line: lines[i]! }] : []));
  const layout = layoutOfObjects(objects, readers);
  if (!layout) return inWrapped(objects.length > 0 ? valuesOf(opened) : [], readers);
  if ('faults' in layout) return layout;
  const { read, ...about } = layout;
  function* entries(): Generator<Entry> {
    for (const [i, value] of values.entries())
      yield { line: lines[i]!, request: isAsideIn(value) ? null : read(value) };
  }
  return { layout: about, entries: entries() };
}

type Placed = { line: number; value: unknown };

function* valuesOf({ values, lines }: Extract<Opened, { type: 'json' }>): Generator<Placed> {
  for (const [i, value] of values.entries()) yield { value, line: lines[i]! };
}

function* valuesIn(text: string): Generator<Placed> {
  for (const { line, content } of linesOf(text, 0, true)) yield { line, value: valueIn(content) };
}

/** Lines that a shipper put into JSON, of whatever layout; all are looked at only where the first hold some. */
function inWrapped(all: Iterable<Placed>, readers: Readers) {
  const values: Placed[] = [];
  for (const each of all) if (values.push(each) === SAMPLE && linesWithin(values) === null) return null;
  const text = linesWithin(values);
  return text === null ? null : inText(text, readers);
}

/** Not every line has every field. */
function layoutOfObjects(
  objects: readonly { line: number; value: Record<string, unknown> }[],
  readers: Readers,
): Layout<unknown> | Unknown | null {
  const all = new Map<string, unknown>();
  for (const { value } of objects)
    for (const [key, of] of Object.entries(value)) all.set(key, all.get(key) ?? of);
  const layout = jsonLayout(Object.fromEntries(all), readers);
  if (!Array.isArray(layout)) return layout;
  if (layout.length === 0) return null;
  const wanted = `the log does not say what is meant by: ${layout.join(', ')}`;
  return unknown(`${objects[0]!.line}:1`, `${wanted}; put a line on top of it such as ${EXAMPLE}`);
}

/** A layout of values, for lines that are to be parsed first. */
const ofText = (layout: Layout<unknown>): Layout<string> => ({
  ...layout,
  read(content) {
    const value = valueIn(content);
    if (isAsideIn(value)) return null;
    return value === null ? 'is not JSON' : layout.read(value);
  },
});

/** What a line of JSON holds, or one of labelled values; null where it is neither. */
const valueIn = (content: string): unknown =>
  content.startsWith('{') ? (jsonIn(content) ?? null) : ltsvIn(content);

function jsonIn(content: string): unknown {
  if (bracketDepth(content) > MOST.depth) return undefined;
  const parsed = parseJson(content);
  return parsed.ok ? parsed.value : undefined;
}

function inLines(text: string, { read, ...layout }: Layout<string>, from = 0, isShipped = false): Found {
  const requestIn = (content: string) =>
    content.length > LONGEST_LINE ? `is longer than ${LONGEST_LINE} characters` : read(content);
  function* entries(): Generator<Entry> {
    for (const { line, content } of linesOf(text, from, isShipped))
      yield { line, request: isShipped && isAside(content) ? null : requestIn(content) };
  }
  return { layout, entries: entries() };
}

/**
 * Lines that say something: no blank ones and no comments.
 * @param isShipped without what may stand before them; a layout that a person stated is of all of the line
 */
function* linesOf(text: string, from = 0, isShipped = false): Generator<{ line: number; content: string }> {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < from; at = text.indexOf('\n', at + 1)) line++;
  for (let start = from; start < text.length; line++) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const whole = text.slice(start, end).trim();
    const content = isShipped && whole.length <= LONGEST_LINE ? bareLine(whole) : whole;
    if (content !== '' && !content.startsWith('#')) yield { line, content };
    start = end + 1;
  }
}
