/**
 * Board → sketch text: traffic first, from where it enters, then boundaries, settings and suspicions. In an
 * order that comes from names alone, so that a board and what is read back from its text are written alike.
 */
import {
  adjacencyOf,
  type Board,
  type BoardEdge,
  type BoardNode,
  type Id,
  isCarrier,
  type MarkStatus,
  markOn,
  normaliseName,
  type Subject,
} from '../../graph/index.ts';
import { arrowFor } from './arrow.ts';
import { isBareName } from './scan.ts';
import { technologyWord, wordOfName } from './words.ts';

/** A name as it stands in a sketch: in quotes where it needs them. */
export const nameText = (name: string): string => (isBareName(name) ? name : JSON.stringify(name));

/** How the nodes of a board are called: `orders`, or `topic:orders` beside a part of the same name. */
export function callerOf(nodes: Board['nodes']): (node: BoardNode) => string {
  const parts = new Set(
    Object.values(nodes).flatMap(({ kind, name }) => (isCarrier(kind) ? [] : [normaliseName(name)])),
  );
  return ({ kind, name }) =>
    isCarrier(kind) && parts.has(normaliseName(name)) ? `${kind}:${nameText(name)}` : nameText(name);
}

/** The sketch of a board. What the language does not hold (places, notes, descriptions, figures) is left out. */
export function writeSketch(whole: Board): string {
  const board = { ...whole, edges: sayable(whole.edges) };
  const call = callerOf(board.nodes);
  const declare = declarer(board);
  const said = new Set<Id>();
  /** In full where it is first named. */
  const mention = (id: Id) => {
    const node = board.nodes[id]!;
    if (said.has(id)) return call(node);
    said.add(id);
    return declare(node);
  };
  const order = readingOrder(board);
  const lines: string[] = [];
  for (const id of order) {
    const traffic = trafficFrom(board, id);
    for (const { arrow, targets, operations } of traffic)
      lines.push(`${mention(id)} ${arrow} ${targets.map(mention).join(', ')}${operations}`);
    if (!said.has(id)) lines.push(mention(id));
  }
  return [
    ...lines,
    ...groupLines(board, call),
    ...order.flatMap((id) => configLine(board.nodes[id]!, call)),
    ...markLines(board, order, call),
    '',
  ].join('\n');
}

/** One edge of a kind between two parts, and none from a part to itself. */
function sayable(edges: Board['edges']): Board['edges'] {
  const byEnds = new Map<string, BoardEdge>();
  for (const edge of Object.values(edges)) {
    const key = JSON.stringify([edge.source, edge.target, edge.kind]);
    if (edge.source !== edge.target && !byEnds.has(key)) byEnds.set(key, edge);
  }
  return Object.fromEntries([...byEnds.values()].map((edge) => [edge.id, edge]));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: BoardNode, b: BoardNode): number =>
  byText(a.name, b.name) || Number(isCarrier(a.kind)) - Number(isCarrier(b.kind));

/** From parts that nothing leads to along the traffic, ring by ring; then what lies on circles only. */
function readingOrder(board: Board): Id[] {
  const { out, in: into } = adjacencyOf(board.edges);
  const sorted = Object.values(board.nodes).sort(byName);
  const order = new Set<Id>();
  const walk = (from: BoardNode) => {
    if (order.has(from.id)) return;
    order.add(from.id);
    const ring = [from];
    for (const node of ring)
      for (const target of (out.get(node.id) ?? []).map((edge) => board.nodes[edge.target]!).sort(byName)) {
        if (order.has(target.id)) continue;
        order.add(target.id);
        ring.push(target);
      }
  };
  for (const node of sorted) if (!into.has(node.id)) walk(node);
  for (const node of sorted) walk(node);
  return [...order];
}

type Line = { arrow: string; targets: Id[]; operations: string };

/** What leaves a node: one line for all that differs only in the target. */
function trafficFrom(board: Board, id: Id): Line[] {
  const source = board.nodes[id]!;
  const edges = (adjacencyOf(board.edges).out.get(id) ?? [])
    .map((edge) => ({ edge, target: board.nodes[edge.target]! }))
    .sort((a, b) => byName(a.target, b.target) || byText(a.edge.kind, b.edge.kind));
  const lines = new Map<string, Line>();
  for (const { edge, target } of edges) {
    const arrow = arrowFor(edge.kind, source.kind, target.kind, edge.protocol);
    const operations = operationsText(edge);
    const key = operations ? JSON.stringify([arrow, edge.target]) : arrow;
    const line = lines.get(key);
    if (line) line.targets.push(edge.target);
    else lines.set(key, { arrow, targets: [edge.target], operations });
  }
  return [...lines.values()];
}

/** Text without quotes up to the next comma: nothing in it, at its ends or before it may mean something else. */
const isBareOperation = (text: string): boolean =>
  /^[\p{L}\p{N}/][\p{L}\p{N}/._{}:+*?&=-]*(?: [\p{L}\p{N}/._{}:+*?&=-]+)*$/u.test(text);

function operationsText({ operations }: BoardEdge): string {
  const names = [...new Set((operations ?? []).map(({ name }) => name))];
  if (names.length === 0) return '';
  return `: ${names.map((name) => (isBareOperation(name) ? name : JSON.stringify(name))).join(', ')}`;
}

const inBrackets = (text: string): string =>
  /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/+-]*[\p{L}\p{N}._/+-])?$/u.test(text) ? text : JSON.stringify(text);

/** A node with its kind, technology and instances, as far as they would not be understood anyway. */
function declarer(board: Board): (node: BoardNode) => string {
  const carriers = new Set(
    Object.values(board.nodes).flatMap(({ kind, name }) => (isCarrier(kind) ? [normaliseName(name)] : [])),
  );
  const { out, in: into } = adjacencyOf(board.edges);
  /** True where an arrow would have a part without a stated kind taken for something else than a service. */
  const isMistaken = (id: Id): boolean =>
    (into.get(id) ?? []).some(({ kind }) => kind === 'publish' || kind === 'query') ||
    (out.get(id) ?? []).some(
      ({ kind, target }) =>
        kind === 'consume' || (kind === 'publish' && !isCarrier(board.nodes[target]!.kind)),
    );
  return (node) => {
    const { id, kind, technology, instances } = node;
    const word = technology ? technologyWord(kind, technology) : undefined;
    const isPlain =
      kind === 'service' &&
      !wordOfName(node.name) &&
      !carriers.has(normaliseName(node.name)) &&
      !isMistaken(id);
    const prefix = isPlain ? '' : `${word ?? kind.replace(' ', '-')}:`;
    const brackets = technology && !word ? ` (${inBrackets(technology)})` : '';
    const count = instances === undefined ? '' : ` x${instances}`;
    return `${prefix}${nameText(node.name)}${brackets}${count}`;
  };
}

function groupLines(board: Board, call: (node: BoardNode) => string): string[] {
  const members = new Map<Id, BoardNode[]>();
  for (const node of Object.values(board.nodes).sort(byName))
    if (node.group !== undefined) members.set(node.group, [...(members.get(node.group) ?? []), node]);
  return [...members]
    .map(([id, nodes]) => `[${nameText(board.groups[id]!.name)}: ${nodes.map(call).join(', ')}]`)
    .sort(byText);
}

function configLine(node: BoardNode, call: (node: BoardNode) => string): string[] {
  if (!node.config) return [];
  const { system, version, values } = node.config;
  const of = version === undefined ? inBrackets(system) : `${inBrackets(system)}, ${inBrackets(version)}`;
  const settings = Object.keys(values)
    .sort(byText)
    .map((key) => ` ${settingText(key, BARE_KEY)}=${settingText(values[key]!, BARE_VALUE)}`);
  return [`${call(node)}.config (${of})${settings.join('')}`];
}

const BARE_KEY = /^[\p{L}\p{N}_][\p{L}\p{N}_./:@*-]*$/u;
const BARE_VALUE = /^[^\s"#;“”„]+$/;
const settingText = (text: string, bare: RegExp): string => (bare.test(text) ? text : JSON.stringify(text));

const STATUS_TEXT: Record<MarkStatus, string> = {
  suspected: '',
  confirmed: ' confirmed',
  cleared: ' cleared',
};

function markLines(board: Board, order: readonly Id[], call: (node: BoardNode) => string): string[] {
  const line = (subject: Subject, text: string): string[] => {
    const mark = markOn(board, subject);
    if (!mark) return [];
    return [
      `!${text}${STATUS_TEXT[mark.status]}${mark.hypothesis ? ` ${JSON.stringify(mark.hypothesis)}` : ''}`,
    ];
  };
  const nodes = order.flatMap((id) => line({ type: 'node', id }, call(board.nodes[id]!)));
  const edges = Object.values(board.edges).flatMap(({ id, kind, source, target }) => {
    const from = board.nodes[source]!;
    const to = board.nodes[target]!;
    return line(
      { type: 'edge', id },
      `${call(from)} ${arrowFor(kind, from.kind, to.kind, undefined)} ${call(to)}`,
    );
  });
  return [...nodes, ...edges.sort(byText)];
}
