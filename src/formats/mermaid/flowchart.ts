/** Mermaid's flowchart: nodes, links between them, and subgraphs around them. */

import { checkDepth, type Drawing, drawLine, emptyDrawing } from '../diagram/drawing.ts';
import { kindOfWords, technologyBelow } from '../diagram/kinds.ts';
import { readLabel } from '../diagram/label.ts';
import { type Scan, scanOf } from '../diagram/scan.ts';
import { type BoxSaid, boxSaid } from '../scene/words.ts';
import { type Link, takeLink } from './link.ts';
import { linesOf } from './text.ts';
import { takeVertex, type Vertex } from './vertex.ts';

type Subgraph = { key: string; name: string; at: number; named: Set<string> };
type Chart = {
  drawing: Drawing;
  scan: Scan;
  /** What is known of each node; a later text goes before an earlier, as in Mermaid. */
  vertices: Map<string, Vertex>;
  open: Subgraph[];
  /** The subgraph of each node and subgraph. */
  frameOf: Map<string, string>;
  classes: Map<string, string[]>;
  links: Map<string, string>;
  /** Names of links. */
  linkIds: Set<string>;
};

const BLANK = /[ \t]*/y;
const SEPARATOR = /(?:[ \t]*[\n;])+[ \t]*/y;
const REST_OF_LINE = /[^\n]*/y;
/** Words that begin a statement; each may also be a node's id. */
const WORD =
  /(subgraph|end|direction|style|linkStyle|classDef|class|click|accTitle|accDescr)(?![\p{L}\p{N}_-])(?![ \t]*(?:--|==|-\.|&|@|\[|\())/uy;

export function parseFlowchart(text: string, body: number): Drawing {
  const chart: Chart = {
    drawing: emptyDrawing(),
    scan: scanOf(text, body),
    ...{
      vertices: new Map(),
      open: [],
      frameOf: new Map(),
      classes: new Map(),
      links: new Map(),
      linkIds: new Set(),
    },
  };
  const { scan, drawing, open } = chart;
  for (;;) {
    scan.take(SEPARATOR);
    scan.take(BLANK);
    if (scan.isAtEnd()) break;
    readStatement(chart);
    scan.take(BLANK);
    if (!scan.isAtEnd() && !scan.looksAt(/[\n;]/y))
      scan.fail(`a link such as --> or the end of the line is expected, not ${scan.here()}`);
  }
  const [unclosed] = open;
  if (unclosed) scan.fail('this subgraph is never closed; end it with a line that says end', unclosed.at);
  settle(chart);
  return drawing;
}

function readStatement(chart: Chart): void {
  const { scan } = chart;
  const at = scan.at();
  const word = scan.take(WORD)?.[1];
  switch (word) {
    case undefined:
      return readChain(chart);
    case 'subgraph':
      return openSubgraph(chart, at);
    case 'end':
      return closeSubgraph(chart, at);
    case 'class':
      return readClass(chart);
    case 'click':
      return readClick(chart);
    case 'accDescr':
      if (scan.take(/[ \t]*\{/y) && scan.upTo('}') === null) scan.fail('this { is never closed', at);
  }
  scan.take(REST_OF_LINE);
}

/** `A & B --> C -->|text| D` */
function readChain(chart: Chart): void {
  const { scan } = chart;
  let from = readTogether(chart);
  for (;;) {
    const before = scan.at();
    scan.take(/\s*/y);
    const link = takeLink(scan);
    if (!link) return scan.goTo(before);
    if (link.id !== null) chart.linkIds.add(link.id);
    scan.take(/\s*/y);
    const to = readTogether(chart);
    for (const source of from) for (const target of to) connect(chart, source, target, link);
    from = to;
  }
}

function readTogether(chart: Chart): string[] {
  const { scan } = chart;
  const ids: string[] = [];
  for (;;) {
    const vertex = takeVertex(scan);
    if (!vertex) return scan.fail(`a node is expected here, not ${scan.here()}`);
    ids.push(vertex.id);
    mention(chart, vertex);
    const before = scan.at();
    if (scan.take(/\s*&\s*/y)) continue;
    scan.goTo(before);
    return ids;
  }
}

function mention({ vertices, open, linkIds }: Chart, vertex: Vertex): void {
  if (linkIds.has(vertex.id)) return;
  const known = vertices.get(vertex.id);
  if (!known) vertices.set(vertex.id, vertex);
  else {
    known.text = vertex.text ?? known.text;
    known.kind = vertex.kind ?? known.kind;
    known.classes.push(...vertex.classes);
  }
  open.at(-1)?.named.add(vertex.id);
}

function connect({ drawing }: Chart, from: string, to: string, { text, stroke, heads, at }: Link): void {
  if (stroke !== 'invisible') drawLine(drawing, { from, to, heads, at, ...readLabel(linesOf(text)) });
}

/** `subgraph id [title]`, `subgraph title`, `subgraph` */
function openSubgraph({ scan, open, drawing }: Chart, at: number): void {
  checkDepth(open.length, at);
  const said = scan
    .take(/[^\n;"[]*(?:"[^"\n]*"[^\n;"[]*)?(?:\[[ \t]*(?:"[^"]*"|[^\]\n]*)[ \t]*\])?/y)![0]
    .trim();
  if (said.length > LONGEST_TITLE)
    scan.fail(`a title of at most ${LONGEST_TITLE} characters is expected`, at);
  const [, id = '', title] = /^([^[]*?)[ \t]*(?:\[(.*)\])?$/s.exec(said) ?? [];
  const bare = unquoted(id.trim());
  const key = bare || `subgraph ${drawing.frames.size + 1}`;
  const name = linesOf(unquoted((title ?? bare).trim())).join(' ');
  const parent = open.at(-1)?.key;
  if (!drawing.frames.has(key)) drawing.frames.set(key, { key, name: name || key, parent });
  open.at(-1)?.named.add(key);
  open.push({ key, name, at, named: new Set() });
}

/** Characters of a subgraph's id and title. */
const LONGEST_TITLE = 2000;

const unquoted = (text: string) => (/^"[^"]*"$/.test(text) ? text.slice(1, -1) : text);

/** A node belongs to the subgraph that names it and is closed first. */
function closeSubgraph({ scan, open, frameOf }: Chart, at: number): void {
  const closed = open.pop();
  if (!closed) return scan.fail('this end closes no subgraph', at);
  for (const id of closed.named) if (!frameOf.has(id)) frameOf.set(id, closed.key);
}

/** `class a,b database` */
function readClass({ scan, classes }: Chart): void {
  const [, ids = '', name = ''] = scan.take(/[ \t]+([^\s;]+)[ \t]+([^\s;,]+)/y) ?? [];
  for (const id of ids.split(',')) classes.set(id, [...(classes.get(id) ?? []), name]);
  scan.take(REST_OF_LINE);
}

/** `click a "https://wiki.example.org/a"`, `click a href "…"` */
function readClick({ scan, links }: Chart): void {
  const [, id = '', link = ''] = scan.take(/[ \t]+(\S+)[ \t]+(?:href[ \t]+)?"([^"\n]*)"/y) ?? [];
  if (link) links.set(id, link);
  scan.take(REST_OF_LINE);
}

function settle({ drawing, vertices, frameOf, classes, links }: Chart): void {
  for (const { id, text, kind, classes: own, at } of vertices.values()) {
    if (drawing.frames.has(id)) continue;
    const link = links.get(id);
    const said = nameAndTechnology(linesOf(text ?? id), id);
    drawing.parts.set(id, {
      ...{ key: id, at, hint: kind, frame: frameOf.get(id) },
      ...said,
      kind: kindOfWords([...own, ...(classes.get(id) ?? [])]) ?? said.kind ?? null,
      ...(link !== undefined && { links: [link] }),
    });
  }
  // A subgraph that another only names is in that one.
  for (const frame of drawing.frames.values()) {
    const around = frameOf.get(frame.key);
    if (frame.parent === undefined && around !== frame.key) frame.parent = around;
  }
}

/** The last line is a technology where it is in brackets, or one that is known; more than a name is a description. */
export function nameAndTechnology(lines: readonly string[], otherwise: string): BoxSaid {
  const last = lines.length > 1 ? lines.at(-1)! : '';
  const inBrackets = lines.length === 2 ? /^\[(.*)\]$/s.exec(last)?.[1] : undefined;
  const technology = inBrackets ?? technologyBelow(lines);
  const above = technology === undefined ? lines : lines.slice(0, -1);
  const said: BoxSaid = above.length === 1 ? { name: above[0]! } : boxSaid(above.join('\n'), true);
  return { ...said, name: said.name || otherwise, ...(technology && { technology }) };
}
