/** Whoever may be guilty of a symptom: every part on its ways, single instances of them, and whom somebody suspects. */
import {
  adjacencyOf,
  type Board,
  type Experiment,
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

/** So much of a ranking is believed; the rest is spread evenly, so that what it overlooks can still be found. */
const TRUST = 0.9;
/** Set aside at first for guilt that is not one part's, and for what nobody drew. */
export const SPREAD = 0.02;
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
  const trust = believed > 0 ? TRUST : 0;
  return [...weights].map(([key, { part, weight }]) => {
    const even = whole > 0 ? weight / whole : 0;
    const ranked = believed > 0 ? (told.get(key)?.share ?? 0) / believed : 0;
    const share = whole > 0 ? trust * ranked + (1 - trust) * even : ranked;
    return { part, key, ...placeOf(ways, part), prior: share * (1 - SPREAD - UNDRAWN) };
  });
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
