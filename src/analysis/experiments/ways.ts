/**
 * The ways a request takes from where the symptom is felt: which parts it visits how often, and how much of the usual
 * time is spent in each. What lies beyond a queue is not waited for; what empties a queue is, when it is the queue that
 * hurts.
 */
import {
  adjacencyOf,
  type Board,
  type BoardEdge,
  type Id,
  isCarrier,
  mean,
  type Snapshot,
  type Symptom,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;

export type Way = {
  id: Id;
  /** Index of the node it leads from; -1 for the edge on which the symptom is felt. */
  source: number;
  /** Index of the node it leads to; -1 where the source does not wait for what its target does. */
  target: number;
  /** How often it is taken for each visit of its source. */
  calls: number;
};

export type Ways = {
  /** Each before what it calls. */
  nodes: readonly Id[];
  /** In the order of their sources. */
  edges: readonly Way[];
  nodeAt: ReadonlyMap<Id, number>;
  edgeAt: ReadonlyMap<Id, number>;
  /** With nothing taken out. */
  visits: Visits;
  /** Of the usual time, what is spent in the part itself; all of them add up to 1. */
  shares: Visits;
};
/** A number for each node and edge of the ways. */
export type Visits = { nodes: Float64Array; edges: Float64Array };

/** @param usual when all was well: how often calls were made, and what took how long; without it all are alike */
export function waysOf(board: Parts, { subject }: Symptom, usual: Snapshot | null): Ways {
  const felt = subject.type === 'edge' ? board.edges[subject.id] : undefined;
  const root = felt ? felt.target : subject.id;
  // what a consumer takes for a message is measured although nobody waits for it
  const goesOn = !felt || isCarrier(board.nodes[felt.source]?.kind) || endsAt(board, felt) === 'answer';
  const order = goesOn && board.nodes[root] ? orderFrom(board, root) : [];
  const nodeAt = new Map(order.map((id, i) => [id, i]));
  const edges: Way[] = felt ? [{ id: felt.id, source: -1, target: goesOn ? 0 : -1, calls: 1 }] : [];
  const { out } = adjacencyOf(board.edges);
  order.forEach((id, source) => {
    for (const edge of out.get(id) ?? []) {
      const end = id === root && isCarrier(board.nodes[id]?.kind) ? 'answer' : endsAt(board, edge);
      if (end === 'nowhere') continue;
      const target = end === 'answer' ? (nodeAt.get(edge.target) ?? -1) : -1;
      // what leads back closes a circle
      if (target !== -1 && target <= source) continue;
      edges.push({ id: edge.id, source, target, calls: callsOf(board, edge, usual) });
    }
  });
  const bare = { nodes: order, edges, nodeAt, edgeAt: new Map(edges.map(({ id }, i) => [id, i])) };
  const visits = visitsOf(bare);
  return { ...bare, visits, shares: sharesOf(board, bare, visits, usual) };
}

/** How often each part is visited for each request that the symptom is felt in. */
export function visitsOf(
  { nodes, edges }: Pick<Ways, 'nodes' | 'edges'>,
  out?: { nodes: ReadonlySet<number>; edges: ReadonlySet<number> },
): Visits {
  const visits = { nodes: new Float64Array(nodes.length), edges: new Float64Array(edges.length) };
  if (nodes.length > 0 && edges[0]?.source !== -1) visits.nodes[0] = 1;
  edges.forEach(({ source, target, calls }, i) => {
    if (out?.edges.has(i) || out?.nodes.has(source)) return;
    visits.edges[i] = source === -1 ? 1 : visits.nodes[source]! * calls;
    if (target !== -1) visits.nodes[target]! += visits.edges[i]!;
  });
  return visits;
}

/** What the source of an edge waits for: its answer, no more than that it is taken over, or nothing at all. */
function endsAt({ nodes }: Parts, { source, target, kind }: BoardEdge): 'answer' | 'taken' | 'nowhere' {
  if (isCarrier(nodes[source]?.kind) || kind === 'consume' || kind === 'replicate') return 'nowhere';
  return kind === 'publish' && !isCarrier(nodes[target]?.kind) ? 'taken' : 'answer';
}

/** All that the root waits for, each before what it calls; depth first, what closes a circle left aside. */
function orderFrom(board: Parts, root: Id): Id[] {
  const { out } = adjacencyOf(board.edges);
  const next = (id: Id) =>
    (out.get(id) ?? []).filter(
      (edge) => endsAt(board, edge) === 'answer' || (id === root && isCarrier(board.nodes[id]?.kind)),
    );
  const seen = new Set([root]);
  const finished: Id[] = [];
  const stack = [{ id: root, edges: next(root), at: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const edge = top.edges[top.at++];
    if (!edge) {
      finished.push(top.id);
      stack.pop();
    } else if (!seen.has(edge.target)) {
      seen.add(edge.target);
      stack.push({ id: edge.target, edges: next(edge.target), at: 0 });
    }
  }
  return finished.reverse();
}

/** More calls for one request than this are no figure of one request. */
const MOST_CALLS = 1000;

function callsOf(board: Parts, edge: BoardEdge, usual: Snapshot | null): number {
  const taken = usual && rateOn(usual, edge.id);
  const { in: into, out } = adjacencyOf(board.edges);
  const come = usual && sumOf((into.get(edge.source) ?? []).map(({ id }) => rateOn(usual, id)));
  if (taken && come) return Math.min(taken / come, MOST_CALLS);
  // of a queue's messages, each goes to one of those that take from it
  const takers = isCarrier(board.nodes[edge.source]?.kind) ? (out.get(edge.source)?.length ?? 1) : 1;
  return 1 / takers;
}

function rateOn(snapshot: Snapshot, id: Id): number | null {
  for (const { metric, instance, operation, value } of readingsThen(snapshot, { type: 'edge', id }))
    if (metric === 'rate' && instance === null && operation === undefined && typeof value === 'number')
      return value;
  return null;
}

/** What all of them are together; null where one of them is not known. */
function sumOf(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length > 0 ? sum : null;
}

function sharesOf(
  board: Parts,
  ways: Pick<Ways, 'nodes' | 'edges'>,
  visits: Visits,
  usual: Snapshot | null,
): Visits {
  const own = ownTimes(ways, usual);
  const known = [...own.nodes, ...own.edges].filter((time) => time !== null);
  // a part of which nobody knows is taken to be as the others are
  const middle = known.toSorted((a, b) => a - b)[known.length >> 1] || 1;
  const spent = (times: readonly (number | null)[], often: Float64Array) =>
    often.map((visit, i) => visit * (times[i] ?? middle));
  const shares = { nodes: spent(own.nodes, visits.nodes), edges: spent(own.edges, visits.edges) };
  // carriers hold what waits: that is not time of a request
  ways.nodes.forEach((id, i) => {
    if (i > 0 && isCarrier(board.nodes[id]?.kind) && own.nodes[i] === null) shares.nodes[i] = 0;
  });
  const whole = [...shares.nodes, ...shares.edges].reduce((a, b) => a + b, 0);
  if (!(whole > 0)) return { nodes: visits.nodes.map(() => 0), edges: visits.edges.map(() => 0) };
  return { nodes: shares.nodes.map((each) => each / whole), edges: shares.edges.map((each) => each / whole) };
}

/** Mean time of one visit in a part itself, ms; null where it was not measured. Only means may be subtracted. */
function ownTimes({ nodes, edges }: Pick<Ways, 'nodes' | 'edges'>, usual: Snapshot | null) {
  const seen = (id: Id, side: 'caller' | 'callee'): number | null => {
    if (!usual) return null;
    for (const reading of readingsThen(usual, { type: 'edge', id }))
      if (
        reading.metric === 'latency' &&
        reading.side === side &&
        reading.instance === null &&
        reading.operation === undefined &&
        typeof reading.value !== 'number'
      )
        return mean(reading.value);
    return null;
  };
  const called = nodes.map((): number[] => []);
  for (const { id, target } of edges) {
    const took = target === -1 ? null : seen(id, 'callee');
    if (took !== null) called[target]!.push(took);
  }
  const waited = nodes.map((): number | null => 0);
  for (const { id, source, calls } of edges) {
    if (source === -1) continue;
    const [took, before] = [seen(id, 'caller'), waited[source]!];
    waited[source] = took === null || before === null ? null : before + calls * took;
  }
  return {
    nodes: nodes.map((_, i) => {
      const [times, calls] = [called[i]!, waited[i]!];
      if (times.length === 0 || calls === null) return null;
      return Math.max(0, times.reduce((a, b) => a + b, 0) / times.length - calls);
    }),
    edges: edges.map(({ id }) => {
      const [caller, callee] = [seen(id, 'caller'), seen(id, 'callee')];
      return caller === null || callee === null ? null : Math.max(0, caller - callee);
    }),
  };
}
