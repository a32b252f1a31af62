/**
 * What something saw of the system (traces, pushed spans, a log), under ids of its own, spoken of on the board:
 * parts are found by name, traffic by its ends and kind. What belongs to nothing that is drawn is told.
 */
import { bindingOf } from './binding.ts';
import { mergeDistributions } from './distribution.ts';
import type { Id } from './fields.ts';
import type { Metric, Reading, Subject } from './reading.ts';
import type { Board, BoardEdge, BoardNode, EdgeKind, NodeKind } from './schema.ts';
import { edgesAt } from './traverse.ts';
import type { PerSecond } from './units.ts';

export type Observed = Pick<Board, 'nodes' | 'edges'> & { readings: readonly Reading[] };

/** Traffic that telemetry names and no node or edge of the board carries. */
export type UnboundTraffic = {
  source: string;
  target: string;
  kind: EdgeKind;
  /** How much of it; null where nobody counted. */
  rate: PerSecond | null;
};

/** A part that telemetry has figures of and the board has no node for. */
export type UnboundNode = {
  name: string;
  /** Null where telemetry does not tell what it is. */
  kind: NodeKind | null;
  /** One of the metrics that speak of it. */
  metric: Metric;
};

/** The node of the board that another graph's node is: by its name, else by another name of its. */
export function counterpart(board: Pick<Board, 'nodes' | 'edges'>, node: BoardNode): Id | null {
  const binding = bindingOf(board);
  for (const name of [node.name, ...(node.match?.names ?? [])]) {
    const found = binding.nodeLike(name, node.kind);
    if (found !== null) return found;
  }
  return null;
}

/** What each observed node and edge is on the board, by id; null for what is not drawn. */
export function counterparts(
  board: Pick<Board, 'nodes' | 'edges'>,
  observed: Pick<Observed, 'nodes' | 'edges'>,
): { nodes: ReadonlyMap<Id, Id | null>; edges: ReadonlyMap<Id, Id | null> } {
  const nodes = new Map<Id, Id | null>();
  for (const node of Object.values(observed.nodes)) nodes.set(node.id, counterpart(board, node));
  const edges = new Map<Id, Id | null>();
  for (const edge of Object.values(observed.edges))
    edges.set(
      edge.id,
      drawnEdge(board, nodes.get(edge.source) ?? null, nodes.get(edge.target) ?? null, edge),
    );
  return { nodes, edges };
}

/**
 * Readings by the ids of the board; those of what is not there are left out. Several of one kind on one subject become one:
 * rates and shares of the critical path are added, distributions merged, failures counted together; where that can't
 * be done (different buckets, nobody counted) the one with the most samples speaks.
 */
export function spokenOf(
  readings: readonly Reading[],
  ids: Record<Subject['type'], (id: Id) => Id | null | undefined>,
): Reading[] {
  const bySeries = new Map<string, Reading[]>();
  const instances = new Map<string, Set<string>>();
  for (const reading of readings) {
    const { type, id: from } = reading.subject;
    const id = ids[type](from);
    if (id === undefined || id === null) continue;
    const spoken: Reading = { ...reading, subject: { type, id } };
    const { metric, side, instance, operation } = reading;
    const key = JSON.stringify([type, id, metric, side, instance, operation]);
    const known = bySeries.get(key);
    if (known) known.push(spoken);
    else bySeries.set(key, [spoken]);
    if (instance === null) continue;
    const names = instances.get(measureKey(spoken)) ?? new Set();
    instances.set(measureKey(spoken), names.add(instance));
  }
  return [...bySeries.values()].map((same) => {
    const one = asOne(same);
    if (same.length === 1 || one.instance !== null || one.instances === null) return one;
    return { ...one, instances: Math.max(one.instances, instances.get(measureKey(one))?.size ?? 0) };
  });
}

const measureKey = ({ subject, metric, side }: Reading): string =>
  JSON.stringify([subject.type, subject.id, metric, side]);

/** What was observed, spoken of on the board, and the traffic that nobody has drawn. */
export function bindObserved(
  board: Pick<Board, 'nodes' | 'edges'>,
  observed: Observed,
): { readings: Reading[]; unbound: UnboundTraffic[] } {
  const { nodes, edges } = counterparts(board, observed);
  const rates = new Map<Id, PerSecond>();
  for (const reading of observed.readings) {
    const { subject, metric, value } = reading;
    if (subject.type === 'edge' && metric === 'rate' && typeof value === 'number' && isWhole(reading))
      rates.set(subject.id, value);
  }
  const unbound = Object.values(observed.edges).flatMap((edge): UnboundTraffic[] => {
    const source = observed.nodes[edge.source];
    const target = observed.nodes[edge.target];
    if (edges.get(edge.id) !== null || !source || !target) return [];
    return [{ source: source.name, target: target.name, kind: edge.kind, rate: rates.get(edge.id) ?? null }];
  });
  const readings = spokenOf(observed.readings, {
    node: (id) => nodes.get(id),
    edge: (id) => edges.get(id),
  });
  return { readings, unbound };
}

const isWhole = ({ instance, operation }: Reading) => instance === null && operation === undefined;

/** The drawn edge between two nodes: of the same kind, or else the only one; null where none or two would fit. */
function drawnEdge(
  board: Pick<Board, 'nodes' | 'edges'>,
  source: Id | null,
  target: Id | null,
  { kind }: BoardEdge,
): Id | null {
  if (source === null || target === null) return null;
  const between = edgesAt(board.edges, source).filter(
    (edge) => edge.source === source && edge.target === target,
  );
  const alike = between.filter((edge) => edge.kind === kind);
  const [only, ...others] = alike.length > 0 ? alike : between;
  return only && others.length === 0 ? only.id : null;
}

function asOne(readings: readonly Reading[]): Reading {
  const most = readings.reduce((a, b) => ((b.samples ?? 0) > (a.samples ?? 0) ? b : a));
  if (readings.length === 1) return most;
  const samples = readings.every((each) => each.samples !== null)
    ? readings.reduce((sum, each) => sum + each.samples!, 0)
    : null;
  const distributions = readings.flatMap(({ value }) => (typeof value === 'number' ? [] : [value]));
  const merged = mergeDistributions(distributions);
  if (distributions.length === readings.length) return merged ? { ...most, samples, value: merged } : most;
  if (most.metric === 'errors' && samples) {
    const failed = readings.reduce((sum, each) => sum + Number(each.value) * (each.samples ?? 0), 0);
    return { ...most, samples, value: failed / samples };
  }
  if (most.metric !== 'rate' && most.metric !== 'critical path') return most;
  const all = readings.reduce((sum, { value }) => sum + (typeof value === 'number' ? value : 0), 0);
  return { ...most, samples, value: all };
}
