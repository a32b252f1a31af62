/** What an import would do to a board, told before it does: who is who, what is new, changed and gone, what traffic says. */
import { normaliseName } from '../binding.ts';
import { createMatcher } from '../candidates.ts';
import type { Id } from '../fields.ts';
import { type Patch, sameValue } from '../patch.ts';
import type { Board, BoardEdge, BoardNode, Origin } from '../schema.ts';
import { type Choices, type Merge, mergeGraph } from './merge.ts';
import { filesOf, knownOn } from './merge-known.ts';
import { remove } from './nodes.ts';

type Graph = Pick<Board, 'nodes' | 'edges'>;

export type Pairing = {
  /** Of the imported graph. */
  node: BoardNode;
  /** Of the board; null: it is new. */
  with: Id | null;
  by: 'name' | 'alias' | 'address' | 'hand' | 'nothing';
};

export type Review = {
  pairings: readonly Pairing[];
  /** Ids of the imported graph. */
  fresh: { nodes: readonly Id[]; edges: readonly Id[] };
  /** Ids of the board, with the fields that would change. */
  changed: readonly { type: 'node' | 'edge'; id: Id; fields: readonly string[] }[];
  /** Ids of the board: what these files said before, and nobody else does, and they don't say any more. */
  gone: { nodes: readonly Id[]; edges: readonly Id[] };
  /** Where the graph is one of traffic; null where it is not. */
  traffic: {
    /** Ids of the board: edges that were only stated or inferred, and were seen now. */
    confirmed: readonly Id[];
    /** Ids of the board: edges that are drawn, and were not seen. */
    silent: readonly Id[];
    /** Ids of the imported graph: edges that were seen, and nobody drew. */
    undrawn: readonly Id[];
  } | null;
};

/**
 * Who is who as it is best told: by name or another name of theirs, and where only an address fits, by that; a person can
 * say otherwise.
 */
export function choicesFor(board: Board, graph: Graph): Map<Id, Id | null> {
  const matcher = createMatcher(board.nodes);
  const isOnBoard = knownOn(board);
  const choices = new Map<Id, Id | null>();
  for (const node of Object.values(graph.nodes)) {
    if (isOnBoard(node) !== null) continue;
    const found = matcher.atHost(namesOf(node));
    if (found !== null) choices.set(node.id, found);
  }
  return choices;
}

type About = {
  /** Who a person said is who: beside `choicesFor`, which is only a proposal. */
  byHand?: ReadonlySet<Id>;
  /** The merge by these choices, where it is known: placing very many new parts takes its time. */
  merged?: Merge;
  /** False: some of the files, or of what is in them, could not be read. So nobody knows what is gone from them. */
  isWhole?: boolean;
};

export function reviewImport(
  board: Board,
  graph: Graph,
  choices: Choices,
  { byHand = new Set(), merged = mergeGraph(board, graph, choices), isWhole = true }: About = {},
): Review {
  const { patch, ids } = merged;
  const here = { nodes: new Set(ids.nodes.values()), edges: new Set(ids.edges.values()) };
  const files = new Set(
    [...Object.values(graph.nodes), ...Object.values(graph.edges)].flatMap(({ origins }) => [
      ...filesOf(origins),
    ]),
  );
  // what somebody has marked is the investigation's own by now
  const marked = new Set(Object.values(board.marks).map(({ subject }) => subject.id));
  const isGone = ({ id, origins }: BoardNode | BoardEdge, kept: ReadonlySet<Id>) =>
    isWhole &&
    !kept.has(id) &&
    !marked.has(id) &&
    origins !== undefined &&
    origins.length > 0 &&
    origins.every(({ from }) => files.has(from));
  const changes = (type: 'node' | 'edge') =>
    Object.entries(patch[`${type}s`]?.updated ?? {}).map(([id, [before, after]]) => ({
      type,
      id,
      fields: Object.keys(after).filter(
        (field) => !sameValue(before[field as keyof typeof before], after[field as keyof typeof after]),
      ),
    }));
  return {
    pairings: Object.values(graph.nodes).map((node) => ({
      node,
      ...pairingOf(board, node, ids.nodes.get(node.id)!, choices, byHand),
    })),
    fresh: {
      nodes: Object.keys(graph.nodes).filter((id) => !(ids.nodes.get(id)! in board.nodes)),
      edges: Object.keys(graph.edges).filter((id) => !((ids.edges.get(id) ?? '') in board.edges)),
    },
    changed: [...changes('node'), ...changes('edge')],
    gone: {
      nodes: Object.values(board.nodes).flatMap((node) => (isGone(node, here.nodes) ? [node.id] : [])),
      edges: Object.values(board.edges).flatMap((edge) => (isGone(edge, here.edges) ? [edge.id] : [])),
    },
    traffic: trafficOf(board, graph, ids.edges),
  };
}

const namesOf = ({ name, match }: BoardNode): string[] => [name, ...(match?.names ?? [])];

function pairingOf(
  board: Board,
  node: BoardNode,
  merged: Id,
  choices: Choices,
  byHand: ReadonlySet<Id>,
): Pick<Pairing, 'with' | 'by'> {
  const chosen = choices.get(node.id);
  if (chosen !== undefined) {
    const by = byHand.has(node.id) ? 'hand' : chosen === null ? 'nothing' : 'address';
    return { with: chosen, by };
  }
  const known = board.nodes[merged];
  if (!known) return { with: null, by: 'nothing' };
  return { with: merged, by: normaliseName(known.name) === normaliseName(node.name) ? 'name' : 'alias' };
}

const isSeen = ({ how }: Origin) => how === 'observed';

function trafficOf(board: Board, graph: Graph, ids: ReadonlyMap<Id, Id>): Review['traffic'] {
  const edges = Object.values(graph.edges);
  if (edges.length === 0 || !edges.every(({ origins }) => origins?.some(isSeen))) return null;
  const seen = new Set(edges.flatMap(({ id }) => ids.get(id) ?? []));
  const drawn = Object.values(board.edges);
  return {
    confirmed: drawn.flatMap(({ id, origins }) =>
      seen.has(id) && origins && origins.length > 0 && !origins.some(isSeen) ? [id] : [],
    ),
    silent: drawn.flatMap(({ id }) => (seen.has(id) ? [] : [id])),
    undrawn: edges.flatMap(({ id }) => ((ids.get(id) ?? '') in board.edges ? [] : [id])),
  };
}

/** Takes off the board what is gone from its files, with the edges at it. */
export const removeGone = (board: Board, { gone }: Pick<Review, 'gone'>): Patch =>
  remove(board, { nodes: [...gone.nodes], edges: [...gone.edges] });
