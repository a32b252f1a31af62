/**
 * A table → a graph. It is a list of edges (columns source and target), a list of nodes (a name and something about
 * it), a matrix of who calls whom, or pairs without a header.
 */
import { type NodeKind, pointSchema } from '../../graph/index.ts';
import type { GraphInTheMaking, Place } from '../build.ts';
import { isProtocol } from '../diagram/label.ts';
import { MOST } from '../limits.ts';
import { SECRETS, secretsOut } from '../prose.ts';
import { arrowWords, edgeKindIn, nodeKindIn, nodeWords } from '../scene/words.ts';
import { type Column, type Header, headerOf, isEdgeHeader, isNodeHeader } from './columns.ts';
import { figuresIn } from './figures.ts';
import type { Marked } from './marks.ts';
import type { Row } from './records.ts';

export type Shape = 'edges' | 'nodes' | 'matrix' | 'pairs';

/** The tables without the secrets that are in their cells; that there were some is said once. */
export function withoutSecrets(
  tables: readonly (readonly Row[])[],
  graph: GraphInTheMaking,
): readonly (readonly Row[])[] {
  const { clean, count } = secretsOut();
  const plain = tables.map((rows) => rows.map((row) => ({ ...row, cells: row.cells.map(clean) })));
  if (count() > 0) graph.remark(`${SECRETS}: ${count()}`);
  return plain;
}

/** What kind of table it is, or null where it states no graph. Pairs without a header are believed by the file's name. */
export function shapeOfTable(rows: readonly Row[], file: string): Shape | null {
  const [first] = rows;
  if (!first) return null;
  const header = headerOf(first.cells);
  if (isEdgeHeader(header)) return 'edges';
  if (isNodeHeader(header)) return 'nodes';
  if (rows.length === 1) return null;
  if (isMatrix(rows)) return 'matrix';
  const arePairs = rows.every(({ cells }) => cells.length === 2 && cells.every(isBareName));
  return arePairs && /\.[ct]sv$/i.test(file) ? 'pairs' : null;
}

/** A name as configuration has it: `cart-service`, `Cart Service`, no sentence and no number. */
const isBareName = (cell: string) =>
  cell.length <= 80 &&
  /^[\p{L}_][\p{L}\p{N}_./:@-]*(?: [\p{L}\p{N}_./:@-]+){0,3}$/u.test(cell) &&
  !/\.$/.test(cell);

function isMatrix([first, ...rows]: readonly Row[]): boolean {
  const columns = new Set(first!.cells.slice(1));
  const isNamed = first!.cells.length > 2 && [...columns].every((name) => name !== '' && !isWeight(name));
  const known = rows.filter(({ cells }) => columns.has(cells[0]!)).length;
  return (
    isNamed &&
    known * 2 >= rows.length &&
    rows.every(({ cells }) => cells[0] !== '' && cells.slice(1).every(isWeight))
  );
}
const isWeight = (cell: string) => /^(?:|[-+]?\d*\.?\d+(?:e[-+]?\d+)?|true|false|x|✓|-)$/i.test(cell);
const isNothing = (cell: string) => /^(?:|0*\.?0*|false|-)$/i.test(cell);

/** Rows that say the same edge again are counted; origins and operations are taken of so many. */
const MOST_TAKEN = 50;

/** @returns the marks and figures that the table holds */
export function readTable(rows: readonly Row[], shape: Shape, graph: GraphInTheMaking): Marked[] {
  const [first, ...rest] = rows as [Row, ...Row[]];
  const header = headerOf(first.cells);
  if (shape === 'matrix') readMatrix(first, rest, graph);
  else if (shape === 'pairs') {
    graph.remark(
      'has no header: the first column is taken for who calls, the second for who is called',
      'line 1',
    );
    const at = new Map<Column, number>([
      ['source', 0],
      ['target', 1],
    ]);
    return readEdges({ at, figures: [], rest: [], isList: false }, rows, graph);
  } else {
    if (header.rest.length > 0)
      graph.remark(
        `columns that were not taken: ${header.rest.slice(0, 20).join(', ')}`,
        `line ${first.line}`,
      );
    return shape === 'edges' ? readEdges(header, rest, graph) : readNodes(header, rest, graph);
  }
  return [];
}

function readMatrix(first: Row, rows: readonly Row[], graph: GraphInTheMaking): void {
  let count = 0;
  for (const { line, cells } of rows) {
    const [from, ...weights] = cells as [string, ...string[]];
    const origin = { how: 'stated', at: `line ${line}` } as const;
    const source = graph.node(from, { ...nodeWords(from), origin });
    for (const [i, weight] of weights.entries()) {
      const to = first.cells[i + 1];
      if (!to || isNothing(weight)) continue;
      // One more than can be drawn is enough to be refused.
      if (count++ > MOST.edges) return;
      graph.edge(source, graph.node(to, { ...nodeWords(to), origin }), null, { origin });
    }
  }
}

type Cell = (column: Column) => string;
const cellsOf =
  ({ at }: Header, { cells }: Row): Cell =>
  (column) => {
    const index = at.get(column);
    return index === undefined ? '' : (cells[index] ?? '');
  };

function readEdges(header: Header, rows: readonly Row[], graph: GraphInTheMaking): Marked[] {
  const marks: Marked[] = [];
  const taken = new Map<string, number>();
  const part = partsOf(header, rows, graph);
  // A table of spans: calls that were seen, among them those inside of a part.
  const areSpans = header.rest.some((word) => /^trace.?id$/i.test(word));
  const how = areSpans ? 'observed' : 'stated';
  let [broken, inside, without] = [0, 0, 0];
  for (const row of rows) {
    const cell = cellsOf(header, row);
    const origin: Place = { how, at: `line ${row.line}` };
    const [from, to] = [cell('source'), cell('target')];
    if (from.startsWith('#') && row.cells.length === 1) continue;
    if (from === '' || to === '') {
      // A part alone on its line: it is there, and nothing is joined to it.
      if (from !== '') part(from, cell('source kind'), origin);
      else if (to !== '') part(to, cell('target kind'), origin);
      broken++;
      continue;
    }
    if (areSpans && from === to) {
      inside++;
      continue;
    }
    const { kind, protocol, operations } = saidOf(header, cell);
    const key = JSON.stringify([from, to, cell('source kind'), cell('target kind'), kind]);
    const times = (taken.get(key) ?? 0) + 1;
    taken.set(key, times);
    if (times > MOST_TAKEN) continue;
    const source = part(from, cell('source kind'), origin);
    for (const name of header.isList ? listed(to) : [to]) {
      const target = part(name, cell('target kind'), origin);
      const description = cell('description');
      const facts = { ...protocol, operations, description, ...(times === 1 && { origin }) };
      const edge = graph.edge(source, target, kind, facts);
      const { figures, unsaid } = figuresIn(row.cells, header.figures);
      without += unsaid;
      if (cell('mark') !== '' || figures.length > 0)
        marks.push({
          ...{ subject: { type: 'edge', id: edge }, status: cell('mark'), hypothesis: cell('hypothesis') },
          ...{ figures, operation: operations.length === 1 ? operations[0] : undefined },
        });
    }
  }
  if (broken > 0) graph.remark(`lines that name only one end, and no edge: ${broken}`);
  if (without > 0) graph.remark(`figures that are none, or whose unit is not said, left out: ${without}`);
  if (inside > 0) graph.remark(`calls of a part to itself, left out: ${inside}`);
  return marks;
}

/** `depends on` columns hold lists. */
const listed = (cell: string): string[] => {
  const names = cell.split(/[;,\n]/).map((name) => name.trim());
  const said = names.filter((name) => name !== '');
  return said.length > 0 ? said : [cell];
};

/** A part whose name another part has as well. */
const kindKey = (kind: NodeKind, name: string): string => JSON.stringify([kind, name]);

/** The part of a name; a queue and its service may share one, and are two where their kinds are stated. */
function partsOf(header: Header, rows: readonly Row[], graph: GraphInTheMaking) {
  const stated = new Map<string, Set<NodeKind>>();
  const state = (name: string, text: string) => {
    const { kind } = nodeKindIn(text);
    if (kind) stated.set(name, (stated.get(name) ?? new Set()).add(kind));
  };
  for (const row of rows) {
    const cell = cellsOf(header, row);
    state(cell('source'), cell('source kind'));
    state(cell('target'), cell('target kind'));
  }
  return (name: string, text: string, origin: Place) => {
    const kinds = [...(stated.get(name) ?? [])];
    const said = text === '' ? {} : nodeKindIn(text);
    const kind = said.kind ?? kinds[0];
    const technology = said.technology ?? (said.kind ? '' : text);
    const apart = kindKey(kind ?? 'service', name);
    const isApart = graph.has(apart) !== undefined || (kinds.length > 1 && graph.has(name) === undefined);
    const key = isApart ? apart : name;
    const isKnown = graph.has(key) !== undefined;
    // What it is has been said where it was first named.
    const words = isKnown ? {} : nodeWords(name);
    return graph.node(key, {
      name,
      ...(kind ? { kind } : words),
      ...(technology && { technology }),
      ...(!isKnown && { origin }),
    });
  };
}

/** Operations are told from a protocol where there is a column for that; elsewhere what is on an arrow may be any of it. */
function saidOf({ at }: Header, cell: Cell) {
  // Gephi's word for every line.
  const stated = cell('kind').replace(/^(?:un)?directed$/i, '');
  const known = edgeKindIn(stated);
  const text = cell('operations');
  const words = at.has('protocol') ? { kind: null, operations: text.split('\n') } : arrowWords(text);
  const more = known === null && stated !== '' && !isProtocol(stated) ? [stated] : [];
  const protocol = cell('protocol') || (isProtocol(stated) ? stated : '') || words.protocol;
  return {
    kind: known ?? words.kind,
    protocol: protocol ? { protocol } : {},
    operations: [...words.operations, ...more],
  };
}

function readNodes(header: Header, rows: readonly Row[], graph: GraphInTheMaking): Marked[] {
  const marks: Marked[] = [];
  const named = Map.groupBy(rows, (row) => cellsOf(header, row)('name'));
  const shared = new Set([...named].flatMap(([name, same]) => (same.length > 1 ? name : [])));
  for (const row of rows) {
    const cell = cellsOf(header, row);
    const name = cell('name');
    if (name === '') continue;
    const origin: Place = { how: 'stated', at: `line ${row.line}` };
    const stated = nodeKindIn(cell('kind'));
    const place = cell('x') === '' || cell('y') === '' ? null : [Number(cell('x')), Number(cell('y'))];
    const position = pointSchema.safeParse(place).data;
    const group = cell('group');
    const count = Number(cell('instances'));
    const technology = cell('technology') || stated.technology || (stated.kind ? '' : cell('kind'));
    const node = graph.node(shared.has(name) && stated.kind ? kindKey(stated.kind, name) : name, {
      name,
      ...(stated.kind ? { kind: stated.kind } : nodeWords(name)),
      ...(technology && { technology }),
      ...(group !== '' && { group: graph.group(group) }),
      ...(cell('instances') !== '' && Number.isFinite(count) && { instances: count }),
      names: [...cell('names').split('\n'), cell('id')].filter((each) => each !== name),
      description: cell('description'),
      links: cell('links').split(/\s+/),
      ...(position && { position }),
      origin,
    });
    if (cell('mark') !== '')
      marks.push({
        subject: { type: 'node', id: node },
        status: cell('mark'),
        hypothesis: cell('hypothesis'),
      });
  }
  return marks;
}
