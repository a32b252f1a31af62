/** What is left of each part's influence on the symptom when something is taken out. */
import {
  type Action,
  type Board,
  type Id,
  type Part,
  partKey,
  partsOf,
  type SinglePart,
} from '../../graph/index.ts';
import type { Candidate } from './candidates.ts';
import { visitsOf, type Ways } from './ways.ts';

export type Effect = {
  /** 0: nothing of that part's guilt can reach the symptom any more; 1: all of it, as before. */
  rest(candidate: Pick<Candidate, 'key' | 'part' | 'node' | 'edge'>): number;
  /** Of the symptom's usual time, what goes with it, guilty or not. */
  removed: number;
};

type Cut = {
  /** Indices of nodes from which no request goes on, and of edges that none takes. */
  nodes: Set<number>;
  edges: Set<number>;
  /** Indices of nodes and edges whose own time is no longer spent, though requests still pass. */
  ownNodes: Set<number>;
  /** Keys of parts that can do no harm themselves. */
  harmless: Set<string>;
  /** By node, the share of its instances that is as it was before anything went wrong. */
  mended: Map<Id, number>;
};

/** @param board with the groups that parts may be */
export function effectOf(board: Pick<Board, 'nodes'>, ways: Ways, part: Part, action: Action): Effect {
  const cut: Cut = {
    nodes: new Set(),
    edges: new Set(),
    ownNodes: new Set(),
    harmless: new Set(),
    mended: new Map(),
  };
  for (const each of partsOf(part)) takeOne(board, ways, each, action, cut);
  const visits = visitsOf(ways, cut);
  const left = (now: number, before: number) => (before > 0 ? now / before : 0);
  return {
    removed: removedBy(ways, visits, cut),
    rest({ key, part: suspect, node, edge }) {
      if (cut.harmless.has(key)) return 0;
      const isOfNode = suspect.type === 'instance' || suspect.type === 'config';
      if (isOfNode && cut.harmless.has(partKey({ type: 'node', id: suspect.id }))) return 0;
      if (suspect.type === 'node' && cut.mended.has(suspect.id))
        return Math.max(0, 1 - cut.mended.get(suspect.id)!);
      if (node !== -1) return left(visits.nodes[node]!, ways.visits.nodes[node]!);
      if (edge !== -1) return left(visits.edges[edge]!, ways.visits.edges[edge]!);
      return 1;
    },
  };
}

function takeOne(board: Pick<Board, 'nodes'>, ways: Ways, part: SinglePart, action: Action, cut: Cut): void {
  if (part.type === 'group') {
    for (const { id, group } of Object.values(board.nodes))
      if (group === part.id) takeOne(board, ways, { type: 'node', id }, action, cut);
    return;
  }
  cut.harmless.add(partKey(part));
  const endsThere = action === 'stubbed' || action === 'stopped';
  if (part.type === 'node') {
    const at = ways.nodeAt.get(part.id);
    if (at === undefined) return;
    if (endsThere) cut.nodes.add(at);
    if (action !== 'restored') cut.ownNodes.add(at);
  } else if (part.type === 'instance' && action === 'restored') {
    // what is wrong with the whole node is wrong with each of its instances
    const among = Math.max(2, board.nodes[part.id]?.instances ?? 0);
    cut.mended.set(part.id, (cut.mended.get(part.id) ?? 0) + 1 / among);
  } else if (part.type === 'edge' && endsThere) {
    const at = ways.edgeAt.get(part.id);
    if (at !== undefined) cut.edges.add(at);
  }
}

function removedBy(
  { visits: before, shares }: Ways,
  now: { nodes: Float64Array; edges: Float64Array },
  cut: Cut,
) {
  let removed = 0;
  const add = (share: number, was: number, is: number) => {
    if (was > 0) removed += share * (1 - is / was);
  };
  shares.nodes.forEach((share, i) => {
    add(share, before.nodes[i]!, cut.ownNodes.has(i) ? 0 : now.nodes[i]!);
  });
  shares.edges.forEach((share, i) => {
    add(share, before.edges[i]!, now.edges[i]!);
  });
  return Math.min(1, Math.max(0, removed));
}
