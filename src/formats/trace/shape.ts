/** Tallied parts and hops → nodes and edges under fresh ids, from left to right as the calls go. */
import { type BoardEdge, type BoardNode, type Id, normaliseName, type Point } from '../../graph/index.ts';
import type { TalliedHop, TalliedPart, Tally } from './tally.ts';

const MOST_OPERATIONS = 50;
const MOST_NAMES = 20;
const LONGEST_NAME = 400;

export type Shape = {
  nodes: Record<Id, BoardNode>;
  edges: Record<Id, BoardEdge>;
  /** Their ids by the keys of parts and of hops. */
  idOf: { node: ReadonlyMap<string, Id>; edge: ReadonlyMap<string, Id> };
};

/** What of a tally is drawn. */
type Drawn = Pick<Tally, 'parts' | 'hops'>;

export function shapeOf(tally: Drawn, { newId }: { newId(subject: string): Id }): Shape {
  const [nodeIds, edgeIds] = [new Map<string, Id>(), new Map<string, Id>()];
  const nodes: Record<Id, BoardNode> = {};
  const edges: Record<Id, BoardEdge> = {};
  const rows = new Map<number, number>();
  const [depths, names, workers] = [depthsOf(tally), namesOf(tally), workersOf(tally)];
  const taken = new Set([...names.values()].map(normaliseName));
  for (const part of tally.parts.values()) {
    const id = newId(`node:${part.key}`);
    nodeIds.set(part.key, id);
    const depth = depths.get(part.key)!;
    const row = rows.get(depth) ?? 0;
    rows.set(depth, row + 1);
    const kind = workers.has(part.key) ? 'worker' : part.kind;
    const name = names.get(part.key)!;
    // A database may be called as the service that it is for, and is not meant by that name.
    const own = normaliseName(name);
    const isOthers = (spelt: string) => spelt !== own && taken.has(spelt);
    const besides = part.names.filter((each) => !isOthers(normaliseName(each)));
    nodes[id] = nodeOf({ ...part, kind, name, names: besides }, id, [depth * 280, row * 120]);
  }
  for (const hop of tally.hops.values()) {
    const id = newId(`edge:${hop.key}`);
    edgeIds.set(hop.key, id);
    edges[id] = edgeOf(hop, id, nodeIds.get(hop.source)!, nodeIds.get(hop.target)!);
  }
  return { nodes, edges, idOf: { node: nodeIds, edge: edgeIds } };
}

const short = (text: string) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}…` : text);

function nodeOf(part: TalliedPart, id: Id, position: Point): BoardNode {
  const node: BoardNode = { id, name: short(part.name), kind: part.kind, position };
  if (part.technology) node.technology = short(part.technology);
  const names = new Set(part.names.map(short));
  names.delete(node.name);
  if (names.size > 0) node.match = { names: [...names].slice(0, MOST_NAMES) };
  return node;
}

function edgeOf(hop: TalliedHop, id: Id, source: Id, target: Id): BoardEdge {
  const edge: BoardEdge = { id, source, target, kind: hop.kind };
  if (hop.protocol) edge.protocol = short(hop.protocol);
  const operations = hop.operations.filter((name) => name !== '').slice(0, MOST_OPERATIONS);
  if (operations.length > 0) edge.operations = operations.map((name) => ({ name: short(name) }));
  return edge;
}

/** A service that is only ever given messages is a worker. */
function workersOf({ parts, hops }: Drawn): ReadonlySet<string> {
  const consumers = [...hops.values()].flatMap(({ kind, target }) => (kind === 'consume' ? [target] : []));
  return new Set(consumers.filter((key) => parts.get(key)?.serves === false));
}

/** Several stores of one system are told apart by what else is known of them. */
function namesOf({ parts }: Drawn): ReadonlyMap<string, string> {
  const names = new Map([...parts.values()].map(({ key, name }) => [key, name]));
  const stores = [...parts.values()].filter(({ kind }) => kind === 'database' || kind === 'cache');
  for (const same of Map.groupBy(stores, ({ name }) => name).values())
    for (const { key, name, names: besides } of same.length > 1 ? same : [])
      if (besides[0] !== undefined) names.set(key, `${name} ${besides[0]}`);
  return names;
}

/** Steps from a part that nobody calls; parts of a ring that nothing leads into start at 0. */
function depthsOf({ parts, hops }: Drawn): ReadonlyMap<string, number> {
  const next = Map.groupBy(hops.values(), ({ source }) => source);
  const called = new Set([...hops.values()].map(({ target }) => target));
  const depths = new Map<string, number>();
  const keys = [...parts.keys()];
  for (const root of [...keys.filter((key) => !called.has(key)), ...keys]) {
    if (depths.has(root)) continue;
    depths.set(root, 0);
    const queue = [root];
    for (const key of queue)
      for (const { target } of next.get(key) ?? [])
        if (!depths.has(target)) {
          depths.set(target, depths.get(key)! + 1);
          queue.push(target);
        }
  }
  return depths;
}
