/** Whoever may be guilty of a symptom: every part on its ways, single instances of them, and whom somebody suspects. */
import {
  adjacencyOf,
  type Board,
  type Experiment,
  edgesAt,
  type Id,
  partKey,
  partsOf,
  type SinglePart,
  type Snapshot,
} from '../../graph/index.ts';
import { readingsThen } from '../baseline.ts';
import type { Ways } from './ways.ts';

export type Candidate = {
  part: SinglePart;
  key: string;
  /** Where it is on the ways: a node (for its instances and its configuration, too) or an edge; -1 where it is not. */
  node: number;
  edge: number;
  /** Before anything was tried; of all candidates together less than 1. */
  prior: number;
};

/** How likely parts are before anything is tried: what a ranking says of them. */
export type Prior = readonly {
  part: SinglePart;
  share: number;
}[];

/**
 * How much of a ranking is believed. One that is wrong is most often wrong by a step: it names a part for what it calls,
 * an edge for its end, or a node for one of its instances. So some of each share goes to what it touches; the rest is
 * spread evenly, so that what a ranking overlooks can still be found.
 */
const TRUST = { itself: 0.65, near: 0.2 };
/** Set aside at first for guilt that is not one part's, and for what nobody drew. */
export const SPREAD = 0.005;
export const UNDRAWN = 0.02;
/** A key of a configuration that somebody tries, beside its node. */
const KEY = 0.5;

type Input = {
  board: Pick<Board, 'nodes' | 'edges'>;
  ways: Ways;
  snapshots: readonly Snapshot[];
  experiments: readonly Experiment[];
  prior: Prior | null;
};

export function candidatesOf({ board, ways, snapshots, experiments, prior }: Input): Candidate[] {
  const weights = new Map<string, { part: SinglePart; weight: number }>();
  const add = (part: SinglePart, weight: number) => {
    const key = partKey(part);
    if (!weights.has(key)) weights.set(key, { part, weight });
  };
  for (const { id } of ways.edges) add({ type: 'edge', id }, 1);
  for (const id of ways.nodes) {
    add({ type: 'node', id }, 1);
    const names = instancesOf(board, id, snapshots);
    for (const instance of names) add({ type: 'instance', id, instance }, 1 / names.length);
  }
  for (const part of experiments.flatMap((each) => partsOf(each.part))) {
    const onWays = part.type !== 'group' && part.type !== 'edge' && ways.nodeAt.has(part.id);
    if (onWays && part.type !== 'node') add(part, KEY);
  }
  const told = new Map(prior?.map(({ part, share }) => [partKey(part), { part, share }]));
  for (const [key, { part }] of told)
    if (!weights.has(key) && exists(board, part)) weights.set(key, { part, weight: 0 });

  const whole = [...weights.values()].reduce((sum, { weight }) => sum + weight, 0);
  const believed = [...told.values()].reduce((sum, { share }) => sum + share, 0);
  const [itself, near] = believed > 0 ? [TRUST.itself / believed, TRUST.near / believed] : [0, 0];
  const beside = new Map<string, number>();
  const instances = Map.groupBy(
    [...weights].filter(([, { part }]) => part.type === 'instance'),
    ([, { part }]) => part.id,
  );
  for (const { part, share } of told.values()) {
    const own = part.type === 'node' ? (instances.get(part.id) ?? []).map(([key]) => key) : [];
    const touched = [...touchedBy(board, part).filter((key) => weights.has(key)), ...own];
    for (const key of touched) beside.set(key, (beside.get(key) ?? 0) + share / touched.length);
  }
  const priors = [...weights].map(([key, { part, weight }]) => {
    const even = whole > 0 ? weight / whole : 0;
    const ranked = itself * (told.get(key)?.share ?? 0) + near * (beside.get(key) ?? 0);
    return { part, key, prior: ranked + (believed > 0 ? 1 - TRUST.itself - TRUST.near : 1) * even };
  });
  const all = priors.reduce((sum, { prior: share }) => sum + share, 0);
  return priors.map(({ part, key, prior: share }) => ({
    ...{ part, key, ...placeOf(ways, part) },
    prior: (share / all) * (1 - SPREAD - UNDRAWN),
  }));
}

/** Keys of the edges at a node and the nodes behind them; of the ends of an edge; of the node of an instance. */
function touchedBy({ edges }: Pick<Board, 'edges'>, { type, id }: SinglePart): string[] {
  const node = (each: Id) => partKey({ type: 'node', id: each });
  if (type === 'edge') return edges[id] ? [node(edges[id].source), node(edges[id].target)] : [];
  if (type !== 'node') return [node(id)];
  return edgesAt(edges, id).flatMap((edge) => [
    partKey({ type: 'edge', id: edge.id }),
    node(edge.source === id ? edge.target : edge.source),
  ]);
}

const placeOf = (ways: Ways, { type, id }: SinglePart) => ({
  node: type === 'edge' || type === 'group' ? -1 : (ways.nodeAt.get(id) ?? -1),
  edge: type === 'edge' ? (ways.edgeAt.get(id) ?? -1) : -1,
});

const exists = ({ nodes, edges }: Pick<Board, 'nodes' | 'edges'>, { type, id }: SinglePart) =>
  type === 'edge' ? id in edges : type !== 'group' && id in nodes;

/** The instances of a node that figures tell apart, where there are several. */
function instancesOf(
  { edges }: Pick<Board, 'nodes' | 'edges'>,
  id: Id,
  snapshots: readonly Snapshot[],
): string[] {
  const names = new Set<string>();
  for (const snapshot of snapshots) {
    for (const { instance } of readingsThen(snapshot, { type: 'node', id }))
      if (instance !== null) names.add(instance);
    for (const edge of adjacencyOf(edges).in.get(id) ?? [])
      for (const { instance, side } of readingsThen(snapshot, { type: 'edge', id: edge.id }))
        if (instance !== null && side === 'callee') names.add(instance);
  }
  return names.size > 1 ? [...names].sort() : [];
}
