/** Graphviz DOT: nodes, edges, and clusters around them. */
import { EDGE_KINDS, type EdgeKind } from '../../graph/index.ts';
import { checkDepth, type Drawing, drawLine, emptyDrawing, type Heads, remark } from '../diagram/drawing.ts';
import { kindOfWords } from '../diagram/kinds.ts';
import { type Scan, scanOf } from '../diagram/scan.ts';
import { linesOf, readEdgeLabel, readPartLabel } from './label.ts';
import { type Attributes, type Id, skipGap, takeAttributes, takeId } from './lex.ts';
import { hintOfShape } from './shapes.ts';

/** What a subgraph sets for all that follows in it. */
type Scope = {
  parent: Scope | null;
  defaults: Record<'node' | 'edge', Attributes>;
  cluster: string | undefined;
  depth: number;
};
type Node = { attributes: Attributes; at: number };
type Chart = {
  drawing: Drawing;
  scan: Scan;
  nodes: Map<string, Node>;
  isDirected: boolean;
  /** Subgraphs by name: what they hold, when they are named again. */
  named: Map<string, Set<string>>;
};

const START = /(?:strict\s+)?(di)?graph\b/iy;

export function parseDot(text: string, body: number): Drawing {
  const scan = scanOf(text, body);
  const start = scan.take(START);
  if (!start) return scan.fail(`graph or digraph is expected, not ${scan.here()}`);
  const drawing = emptyDrawing();
  const chart: Chart = { drawing, scan, nodes: new Map(), isDirected: !!start[1], named: new Map() };
  takeId(scan);
  const scope: Scope = {
    ...{ parent: null, cluster: undefined, depth: 0 },
    defaults: { node: new Map(), edge: new Map() },
  };
  readBody(chart, scope, new Set());
  skipGap(scan);
  if (scan.looksAt(START)) remark(drawing, 'other graphs in the file, left out');
  settle(chart);
  return drawing;
}

/** `{ … }`; puts the names of its nodes into `inside`. */
function readBody(chart: Chart, scope: Scope, inside: Set<string>): void {
  const { scan } = chart;
  skipGap(scan);
  const open = scan.at();
  checkDepth(scope.depth, open);
  if (!scan.take(/\{/y)) scan.fail(`{ is expected, not ${scan.here()}`);
  for (;;) {
    skipGap(scan);
    if (scan.take(/\}/y)) return;
    if (scan.isAtEnd()) scan.fail('this { is never closed', open);
    if (!scan.take(/;/y)) readStatement(chart, scope, inside);
  }
}

function readStatement(chart: Chart, scope: Scope, inside: Set<string>): void {
  const { scan } = chart;
  const word = scan.take(/(node|edge|graph)(?=\s*\[)/iy)?.[1]?.toLowerCase();
  if (word) {
    const attributes = takeAttributes(scan);
    if (word === 'graph') nameFrame(chart, scope, attributes);
    else for (const [key, value] of attributes) scope.defaults[word as 'node' | 'edge'].set(key, value);
    return;
  }
  const ends = [readEnd(chart, scope, inside)];
  const places: number[] = [];
  for (;;) {
    skipGap(scan);
    const at = scan.at();
    const arrow = scan.take(/->|--/y)?.[0];
    if (arrow === undefined) break;
    places.push(at);
    ends.push(readEnd(chart, scope, inside));
  }
  if (ends.length > 1) return connect(chart, scope, ends, places);
  const [{ ids, names }] = ends as [End];
  const [id] = ids;
  if (!id) return;
  skipGap(scan);
  if (ids.length === 1 && scan.take(/=/y)) {
    const value = takeId(scan) ?? scan.fail(`a value is expected after ${id.text}=, not ${scan.here()}`);
    return nameFrame(chart, scope, new Map([[id.text.toLowerCase(), value]]));
  }
  for (const [i, { at }] of ids.entries()) mention(chart, scope, inside, names[i]!, at);
  for (const [key, value] of takeAttributes(scan))
    for (const name of names) chart.nodes.get(name)!.attributes.set(key, value);
}

/** A node, several with commas between them, or all nodes of a subgraph; `ids` of what is named here. */
type End = { ids: Id[]; names: string[] };

function readEnd(chart: Chart, scope: Scope, inside: Set<string>): End {
  const { scan } = chart;
  skipGap(scan);
  const isNamed = scan.take(/subgraph\b/iy) !== null;
  if (isNamed || scan.looksAt(/\{/y)) {
    const names = readSubgraph(chart, scope, isNamed);
    for (const name of names) inside.add(name);
    return { ids: [], names: [...names] };
  }
  const ids: Id[] = [];
  do {
    const id = takeId(scan);
    if (!id) return scan.fail(`a node, an edge or } is expected, not ${scan.here()}`);
    ids.push(id);
    // `node:port:compass`; only the node matters.
    for (skipGap(scan); scan.take(/:/y); skipGap(scan)) takeId(scan);
  } while (scan.take(/,/y));
  return { ids, names: ids.map((id) => (id.isHtml ? linesOf(id, '').join(' ') : id.text)) };
}

function readSubgraph(chart: Chart, scope: Scope, isNamed: boolean): Set<string> {
  const { scan, drawing, named } = chart;
  const name = isNamed ? takeId(scan) : null;
  skipGap(scan);
  if (name && !scan.looksAt(/\{/y)) return named.get(name.text) ?? new Set();
  const isCluster = name !== null && /^cluster/i.test(name.text);
  if (isCluster && !drawing.frames.has(name.text))
    drawing.frames.set(name.text, {
      ...{ key: name.text, parent: scope.cluster },
      name: name.text.replace(/^cluster[_-]?/i, '') || name.text,
    });
  const inside = (name && named.get(name.text)) ?? new Set();
  if (name) named.set(name.text, inside);
  const inner: Scope = {
    ...{ parent: scope, depth: scope.depth + 1, cluster: isCluster ? name.text : scope.cluster },
    defaults: { node: new Map(), edge: new Map() },
  };
  readBody(chart, inner, inside);
  return inside;
}

const found = (scope: Scope | null, of: 'node' | 'edge', key: string): Id | undefined => {
  for (let at = scope; at; at = at.parent) {
    const value = at.defaults[of].get(key);
    if (value) return value;
  }
  return undefined;
};

/** What of a node's and an edge's attributes is understood. */
const OF_NODE = ['label', 'shape', 'class', 'url', 'href', 'tooltip', 'comment', 'instances', 'xlabel'];
const OF_EDGE = ['label', 'class', 'dir', 'tooltip', 'edgetooltip', 'comment', 'xlabel'];

function mention(
  { nodes, drawing }: Chart,
  scope: Scope,
  inside: Set<string>,
  name: string,
  at: number,
): void {
  inside.add(name);
  if (!nodes.has(name)) {
    const attributes: Attributes = new Map();
    for (const key of OF_NODE) {
      const value = found(scope, 'node', key);
      if (value) attributes.set(key, value);
    }
    nodes.set(name, { attributes, at });
    drawing.parts.set(name, { key: name, name, kind: null, at });
  }
  const part = drawing.parts.get(name)!;
  if (scope.cluster !== undefined && isWithin(drawing, scope.cluster, part.frame)) part.frame = scope.cluster;
}

/** True where a part of the frame `outer`, or of none, belongs into `inner` instead. */
function isWithin({ frames }: Drawing, inner: string, outer: string | undefined): boolean {
  if (outer === undefined) return true;
  for (let up = frames.get(inner); up; up = frames.get(up.parent ?? '')) if (up.parent === outer) return true;
  return false;
}

function connect(chart: Chart, scope: Scope, ends: readonly End[], places: readonly number[]): void {
  const { scan, drawing } = chart;
  for (const { ids, names } of ends)
    for (const [i, { at }] of ids.entries()) mention(chart, scope, new Set(), names[i]!, at);
  const own = takeAttributes(scan);
  const value = (key: string) => own.get(key) ?? found(scope, 'edge', key);
  const {
    label,
    class: said,
    dir,
    tooltip,
    edgetooltip,
    comment,
    xlabel,
  } = Object.fromEntries(OF_EDGE.map((key) => [key, value(key)]));
  if (/\binvis(?:ible)?\b/.test(value('style')?.text ?? ''))
    return remark(drawing, 'invisible edges, left out');
  const text = label ?? xlabel;
  const { secrets, ...facts } = readEdgeLabel(text ? linesOf(text, '') : []);
  remark(drawing, SECRETS, secrets);
  const kind = (said?.text ?? '').split(/\s+/).find(isEdgeKind) ?? facts.kind;
  const more = tooltip ?? edgetooltip ?? comment;
  const description = more ? linesOf(more, '').join('\n') : facts.description;
  const heads = HEADS[(dir?.text ?? '').toLowerCase()] ?? { start: false, end: chart.isDirected };
  for (const [i, at] of places.entries())
    for (const from of ends[i]!.names)
      for (const to of ends[i + 1]!.names)
        drawLine(drawing, { ...facts, from, to, heads, kind, description, at });
}

const SECRETS = 'secrets in labels, left out';
const isEdgeKind = (word: string): word is EdgeKind => (EDGE_KINDS as readonly string[]).includes(word);
const HEADS: Readonly<Record<string, Heads>> = {
  forward: { start: false, end: true },
  back: { start: true, end: false },
  both: { start: true, end: true },
  none: { start: false, end: false },
};

/** What is set for a graph is said of the cluster that it stands in, or of the whole. */
function nameFrame({ drawing }: Chart, { cluster }: Scope, attributes: Attributes): void {
  const label = attributes.get('label');
  const name = label ? linesOf(label, '').join(' ') : '';
  const frame = drawing.frames.get(cluster ?? '');
  if (frame) {
    frame.name = name || frame.name;
    const tooltip = attributes.get('tooltip');
    if (tooltip) frame.description = linesOf(tooltip, '').join('\n');
  } else if (cluster === undefined && name) drawing.title = name;
}

function settle({ nodes, drawing }: Chart): void {
  for (const [name, { attributes }] of nodes) {
    const part = drawing.parts.get(name)!;
    const shape = attributes.get('shape')?.text.toLowerCase() ?? '';
    const label = attributes.get('label');
    const isRecord = /^m?record$/.test(shape);
    const lines = label ? linesOf(label, name, isRecord) : [name];
    const { words, secrets, ...facts } = readPartLabel(lines, name, !isRecord && !label?.isHtml);
    remark(drawing, SECRETS, secrets);
    const classes = attributes.get('class')?.text.split(/\s+/) ?? [];
    const link = (attributes.get('url') ?? attributes.get('href'))?.text;
    const more = attributes.get('tooltip') ?? attributes.get('comment');
    const instances = Number(attributes.get('instances')?.text);
    drawing.parts.set(name, {
      ...part,
      ...facts,
      kind: kindOfWords([...classes, ...words]),
      hint: hintOfShape(shape),
      ...(more && { description: linesOf(more, name).join('\n') }),
      ...(link !== undefined && { links: [link] }),
      ...(Number.isInteger(instances) && attributes.has('instances') && { instances }),
    });
  }
}
