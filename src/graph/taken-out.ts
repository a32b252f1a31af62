/** What the running experiments leave of the system: which parts are out, which traffic is gone, what nobody reaches. */
import { type Action, partsOf, type SinglePart } from './experiment.ts';
import type { Id } from './fields.ts';
import type { Board } from './schema.ts';
import { adjacencyOf } from './traverse.ts';

/** A single thing that is out, and how. */
export type Out = { part: SinglePart; action: Action };

/** What is out of the running system at present. */
export const partsOut = (board: Pick<Board, 'experiments'>): Out[] =>
  Object.values(board.experiments)
    .filter(({ since, until }) => since !== undefined && until === undefined)
    .flatMap(({ part, action }) => partsOf(part).map((each) => ({ part: each, action })));

export type TakenOut = {
  /** Hatched. */
  nodes: ReadonlySet<Id>;
  /** Struck through: their traffic is gone. */
  edges: ReadonlySet<Id>;
  /** Nodes that requests came to, and come to no more. */
  unreached: ReadonlySet<Id>;
};

type Parts = Pick<Board, 'nodes' | 'edges' | 'experiments'>;

const NOTHING: TakenOut = { nodes: new Set(), edges: new Set(), unreached: new Set() };
let last: (Parts & { found: TakenOut }) | null = null;

/** An instance or a setting that is out leaves its node in its place, and all traffic. */
export function takenOut({ nodes, edges, experiments }: Parts): TakenOut {
  if (Object.keys(experiments).length === 0) return NOTHING;
  if (last?.nodes === nodes && last.edges === edges && last.experiments === experiments) return last.found;
  const found = findTakenOut({ nodes, edges, experiments });
  last = { nodes, edges, experiments, found };
  return found;
}

function findTakenOut(board: Parts): TakenOut {
  const out = partsOut(board).filter(({ action }) => action !== 'restored');
  const nodes = new Set<Id>();
  const edges = new Set<Id>();
  const passed = new Set<Id>();
  for (const { part, action } of out) {
    if (part.type === 'edge') edges.add(part.id);
    const ids =
      part.type === 'node'
        ? [part.id]
        : part.type === 'group'
          ? Object.keys(board.nodes).filter((id) => board.nodes[id]!.group === part.id)
          : [];
    for (const id of ids) {
      nodes.add(id);
      if (action === 'bypassed') passed.add(id);
    }
  }
  if (nodes.size + edges.size === 0) return NOTHING;
  for (const { id, source, target } of Object.values(board.edges))
    if (nodes.has(source) || nodes.has(target)) edges.add(id);
  const entries = entriesOf(board);
  const before = reached(board, entries, () => true);
  const now = reached(
    board,
    entries.filter((id) => !nodes.has(id) || passed.has(id)),
    ({ id, source, target }) => !edges.has(id) || isPassedBy(source, target),
  );
  const unreached = new Set([...before].filter((id) => !now.has(id) && !nodes.has(id)));
  return { nodes, edges, unreached };

  /** Traffic goes round what is bypassed, to what lies behind. */
  function isPassedBy(source: Id, target: Id): boolean {
    const stands = (id: Id) => !nodes.has(id) || passed.has(id);
    return (passed.has(source) || passed.has(target)) && stands(source) && stands(target);
  }
}

/** Where requests begin: what nobody calls, or everything where all is called by something. */
function entriesOf({ nodes, edges }: Parts): Id[] {
  const { in: into } = adjacencyOf(edges);
  const ids = Object.keys(nodes);
  const first = ids.filter((id) => !into.get(id)?.some(({ source }) => source !== id));
  return first.length > 0 ? first : ids;
}

function reached(
  { edges }: Parts,
  starts: readonly Id[],
  carries: (edge: Board['edges'][string]) => boolean,
): Set<Id> {
  const { out } = adjacencyOf(edges);
  const found = new Set(starts);
  for (const id of found) for (const edge of out.get(id) ?? []) if (carries(edge)) found.add(edge.target);
  return found;
}
