/** D2: shapes, containers around them, connections, variables. Globs, imports and layers are left out, and told. */
import { EDGE_KINDS, type EdgeKind } from '../../graph/index.ts';
import { checkDepth, type Drawing, drawLine, emptyDrawing, type Heads, remark } from '../diagram/drawing.ts';
import { readLabel } from '../diagram/label.ts';
import { type Scan, scanOf } from '../diagram/scan.ts';
import { type Fill, type Step, skipBreaks, skipGap, takeKey, takeValue } from './lex.ts';
import { actorOf, isActor } from './sequence.ts';
import { settle } from './settle.ts';
import { isReserved, type Shape, shapeAt, shapeOf, textsIn } from './tree.ts';

export type Connection = {
  from: Shape;
  to: Shape;
  heads: Heads;
  label: string;
  classes: string[];
  at: number;
};
type Chart = {
  drawing: Drawing;
  scan: Scan;
  root: Shape;
  all: Shape[];
  connections: Connection[];
  /** By their names, lower case, with dots between them. */
  vars: Map<string, string>;
};

const ARROW = /<-+>|<-+|-+>|--+/y;
const LEFT_OUT: Readonly<Record<string, string>> = {
  layers: 'layers, left out',
  scenarios: 'scenarios, left out',
  steps: 'steps, left out',
};

export function parseD2(text: string): Drawing {
  const drawing = emptyDrawing();
  const chart: Chart = {
    ...{ drawing, scan: scanOf(text), root: shapeOf('', null, 0) },
    ...{ all: [], connections: [], vars: new Map() },
  };
  readMap(chart, chart.root, 0, null);
  for (const line of chart.connections) {
    line.from = actorOf(line.from);
    line.to = actorOf(line.to);
    line.from.isJoined = line.to.isJoined = true;
  }
  settle(chart.all, drawing);
  for (const { from, to, heads, label, classes, at } of chart.connections) {
    if (isGone(from) || isGone(to)) continue;
    if (from === to && isActor(from)) {
      remark(drawing, 'messages of a part to itself, left out');
      continue;
    }
    const { kind, ...facts } = readLabel(label.split('\n'));
    const [source, target] = [endOf(from), endOf(to)];
    drawLine(drawing, {
      ...facts,
      from: source,
      to: target,
      heads,
      kind: classes.find(isEdgeKind) ?? kind,
      at,
    });
  }
  return drawing;
}

const isEdgeKind = (word: string): word is EdgeKind => (EDGE_KINDS as readonly string[]).includes(word);

const isGone = (shape: Shape): boolean => shape.isRemoved || (shape.up !== null && isGone(shape.up));

/** A line to a column of a table goes to the table. */
function endOf(shape: Shape): string {
  for (let up = shape.up; up; up = up.up) if (/^(?:sql_table|class)$/.test(up.shape)) return up.key;
  return shape.key;
}

/** Statements up to a closing brace, or to the end of the file. */
function readMap(chart: Chart, scope: Shape, depth: number, open: number | null): void {
  const { scan } = chart;
  checkDepth(depth, open ?? 0);
  for (;;) {
    skipBreaks(scan);
    if (scan.isAtEnd()) {
      if (open !== null) scan.fail('this { is never closed', open);
      return;
    }
    if (scan.take(/\}/y)) {
      if (open === null) scan.fail('this } closes nothing', scan.at() - 1);
      return;
    }
    readStatement(chart, scope, depth);
    skipGap(scan);
    if (!scan.isAtEnd() && !scan.looksAt(/[\n;}]/y))
      scan.fail(`an arrow, a colon or the end of the line is expected, not ${scan.here()}`);
  }
}

function readStatement(chart: Chart, scope: Shape, depth: number): void {
  const { scan, drawing } = chart;
  const at = scan.at();
  if (scan.take(/\.\.\.[^\n;}]*|@[^\n;}]*/y)) return remark(drawing, 'imports, left out');
  if (scan.take(/!?&[^\n;{}]*/y)) return skipRest(scan);
  // `(a -> b)[0].style: …` says more of a connection that was drawn.
  if (scan.take(/(?:[^\s:;{}()\\'"]+\.)?\([^()\n]*\)(?:\[[^\]\n]*\])?[^\n:;{}]*/y)) return skipRest(scan);
  const first = takeKey(scan) ?? scan.fail(`a shape or a connection is expected, not ${scan.here()}`);
  const ends = [first];
  const heads: Heads[] = [];
  for (skipGap(scan); scan.looksAt(ARROW); skipGap(scan)) {
    const arrow = scan.take(ARROW)![0];
    heads.push({ start: arrow.startsWith('<'), end: arrow.endsWith('>') });
    ends.push(takeKey(scan) ?? scan.fail(`a shape is expected here, not ${scan.here()}`));
  }
  if (ends.flat().some(({ text, isQuoted }) => !isQuoted && text.includes('*'))) {
    // What things look like is nothing that is left out.
    const isLook = ends.flat().some(({ text }) => text === 'style');
    remark(drawing, 'statements with globs, left out', isLook ? 0 : 1);
    return skipRest(scan);
  }
  if (heads.length > 0) return connect(chart, scope, { ends, heads, at, depth });
  const place = first.findIndex(isReserved);
  if (place === 0 && first.length === 1 && first[0]!.text.toLowerCase() === 'vars')
    return readVars(chart, depth);
  if (place >= 0) return readAttribute(chart, scope, first, place);
  declare(chart, shapeAt(scope, first, at, chart.all), depth);
}

const asIs: Fill = () => undefined;
const fillOf =
  ({ vars, drawing }: Chart): Fill =>
  (name) => {
    const value = vars.get(name);
    if (value === undefined) remark(drawing, 'variables without a value, left as they are');
    return value;
  };

/** `vars: { env: prod; region: { name: eu } }` */
function readVars(chart: Chart, depth: number): void {
  const { scan, vars } = chart;
  skipGap(scan);
  scan.take(/:/y);
  skipGap(scan);
  const open = scan.at();
  if (!scan.take(/\{/y)) return skipRest(scan);
  const root = shapeOf('', null, open);
  readMap({ ...chart, drawing: emptyDrawing(), all: [], connections: [] }, root, depth + 1, open);
  for (const [name, value] of textsIn(root)) vars.set(name, value);
}

/** What follows a statement of no interest: its value and its braces. */
function skipRest(scan: Scan): void {
  skipGap(scan);
  if (scan.take(/:/y)) takeValue(scan, asIs);
  skipGap(scan);
  const open = scan.at();
  if (!scan.take(/\{/y)) return;
  for (let depth = 1; depth > 0; ) {
    skipBreaks(scan);
    if (scan.isAtEnd()) scan.fail('this { is never closed', open);
    if (scan.take(/\{/y)) depth++;
    else if (scan.take(/\}/y)) depth--;
    else if (takeValue(scan, asIs) === null) scan.take(/[\s\S]/y);
  }
}

/** `: label { … }` */
function declare(chart: Chart, shape: Shape, depth: number): void {
  const { scan } = chart;
  skipGap(scan);
  if (scan.take(/:/y)) {
    const isBare = !scan.looksAt(/[ \t]*["']/y);
    shape.isText = scan.looksAt(/[ \t]*\|/y);
    const label = takeValue(scan, fillOf(chart));
    if (label === 'null' && isBare) shape.isRemoved = true;
    else if (label?.startsWith('@') && isBare) remark(chart.drawing, 'imports, left out');
    else if (label !== null) shape.label = label;
  }
  skipGap(scan);
  const open = scan.at();
  if (scan.take(/\{/y)) readMap(chart, shape, depth + 1, open);
}

/** `shape: cylinder`, `a.shape: cylinder`, `classes: { … }` */
function readAttribute(chart: Chart, scope: Shape, key: readonly Step[], place: number): void {
  const { scan, drawing } = chart;
  const shape = shapeAt(scope, key.slice(0, place), scan.at(), chart.all);
  const word = key[place]!.text.toLowerCase();
  remark(drawing, LEFT_OUT[word] ?? '', LEFT_OUT[word] ? 1 : 0);
  skipGap(scan);
  const before = scan.at();
  const isSaid = place === key.length - 1 && scan.take(/:/y) !== null;
  if (isSaid && word === 'label') shape.isText = scan.looksAt(/[ \t]*\|/y);
  const value = isSaid ? (takeValue(scan, fillOf(chart)) ?? '') : '';
  setAttribute(shape, word, value);
  if (value === '') scan.goTo(before);
  skipRest(scan);
}

function setAttribute(shape: Shape, word: string, value: string): void {
  if (value === '') return;
  if (word === 'shape') shape.shape = value.toLowerCase();
  else if (word === 'label') shape.label = value;
  else if (word === 'tooltip') shape.tooltip = value.replaceAll('&lt;', '<').replaceAll('&amp;', '&');
  else if (word === 'link') shape.link = value;
  else if (word === 'class') shape.classes.push(value);
  // Text at the edge of the drawing is a title, or a legend.
  else if (word === 'near' && /^(?:top|center|bottom)-/.test(value)) shape.shape ||= 'text';
}

type Chain = { ends: readonly Step[][]; heads: readonly Heads[]; at: number; depth: number };

/** `a -> b -> c: label { class: publish }` */
function connect(chart: Chart, scope: Shape, { ends, heads, at, depth }: Chain): void {
  const { all, connections } = chart;
  const shapes = ends.map((steps) => shapeAt(scope, steps, at, all));
  // What stands in its braces is said of the connection, as it would be of a shape.
  const said = shapeOf('', null, at);
  declare({ ...chart, all: [], connections: [] }, said, depth);
  for (const [i, each] of heads.entries())
    connections.push({
      ...{ from: shapes[i]!, to: shapes[i + 1]!, heads: each, at },
      ...{ label: said.label, classes: said.classes },
    });
}
