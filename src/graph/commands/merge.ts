/** Taking over a graph that something else stated: an import, or what telemetry sees. */
import { flowOf, placeBeside } from '../beside.ts';
import type { Id } from '../fields.ts';
import { boundsOf, freePlace, nodeRect, sizeOfKind } from '../geometry.ts';
import { type Patch, sameValue } from '../patch.ts';
import { type Board, type BoardEdge, type BoardNode, COORDINATE_LIMIT, type Point } from '../schema.ts';
import { alsoCalled, knownOn, withEdge, withNode } from './merge-known.ts';

export type Merge = {
  patch: Patch;
  /** Where the records of the merged graph are found on the board: its id → the board's id. */
  ids: { nodes: ReadonlyMap<Id, Id>; edges: ReadonlyMap<Id, Id> };
};

/** Who on the board a node of the merged graph is, by its id; null: none of them, it is new. What is not said is found by name. */
export type Choices = ReadonlyMap<Id, Id | null>;

/**
 * Adds what the board lacks, and to what it has what nobody had said of it (merge-known.ts): nodes are matched by their
 * name or another name of theirs (see knownOn), edges by ends and kind. New nodes stand beside the ones they are
 * joined to; those joined to none on the board keep their places relative to each other, in free space below it. Merging
 * the same graph twice changes nothing the second time. Groups, notes and marks come along to a board without nodes only:
 * on another, they would stand among parts that are not theirs.
 */
export function mergeGraph(
  board: Board,
  graph: Pick<Board, 'nodes' | 'edges'> & Partial<Pick<Board, 'groups' | 'notes' | 'marks'>>,
  choices: Choices = new Map(),
): Merge {
  const isBare = Object.keys(board.nodes).length === 0 && Object.keys(board.notes).length === 0;
  const { groups = {}, notes = {}, marks = {} } = isBare ? graph : {};
  const nodeIds = new Map<Id, Id>();
  const fresh: BoardNode[] = [];
  const nodes = emptyChange<BoardNode>();
  const idOnBoard = knownOn(board);
  for (const [id, { group, ...node }] of Object.entries(graph.nodes)) {
    const chosen = choices.get(id);
    const known =
      chosen === undefined ? idOnBoard(node) : chosen !== null && board.nodes[chosen] ? chosen : null;
    nodeIds.set(id, known ?? id);
    if (known === null) fresh.push(group !== undefined && groups[group] ? { ...node, group } : node);
    else
      update(nodes, board.nodes[known]!, (before) =>
        withNode(chosen === undefined ? before : alsoCalled(before, node), node),
      );
  }
  nodes.added = placed(board, fresh, joinsOf(graph, nodeIds));
  const edgeIds = new Map<Id, Id>();
  const edges = emptyChange<BoardEdge>();
  const known = new Map(Object.values(board.edges).map((edge) => [edgeKey(edge), edge.id]));
  for (const [id, edge] of Object.entries(graph.edges)) {
    const source = nodeIds.get(edge.source);
    const target = nodeIds.get(edge.target);
    if (source === undefined || target === undefined) continue;
    const { route: _route, ...rest } = edge;
    const mapped = { ...rest, source, target };
    const key = edgeKey(mapped);
    const same = known.get(key);
    edgeIds.set(id, same ?? id);
    const before = same === undefined ? undefined : board.edges[same];
    if (before) update(edges, before, (drawn) => withEdge(drawn, mapped));
    else if (same !== undefined) edges.added[same] = withEdge(edges.added[same]!, mapped);
    else {
      known.set(key, id);
      edges.added[id] = mapped;
    }
  }
  // A mark on what is not there goes when the patch is applied.
  const along = isBare ? { groups: { added: groups }, notes: { added: notes }, marks: { added: marks } } : {};
  return { patch: { nodes, edges, ...along }, ids: { nodes: nodeIds, edges: edgeIds } };
}

type Change<T> = { added: Record<Id, T>; updated: Record<Id, [T, T]> };
const emptyChange = <T>(): Change<T> => ({ added: {}, updated: {} });

/** Several of the merged graph may be one on the board. */
function update<T extends { id: Id }>({ updated }: Change<T>, record: T, next: (before: T) => T): void {
  const [first, latest] = updated[record.id] ?? [record, record];
  const after = next(latest);
  if (sameValue(first, after)) delete updated[record.id];
  else updated[record.id] = [first, after];
}

/** The neighbours of each node of the merged graph, by the board's ids. */
function joinsOf({ edges }: Pick<Board, 'edges'>, ids: ReadonlyMap<Id, Id>) {
  const joins = new Map<Id, { sources: Id[]; targets: Id[] }>();
  const of = (id: Id) => joins.get(id) ?? joins.set(id, { sources: [], targets: [] }).get(id)!;
  for (const edge of Object.values(edges)) {
    const [source, target] = [ids.get(edge.source), ids.get(edge.target)];
    if (source === undefined || target === undefined || source === target) continue;
    of(source).targets.push(target);
    of(target).sources.push(source);
  }
  return joins;
}

/** The new nodes with places: from the board's own nodes outwards, then what is joined to none of them. */
function placed(board: Board, fresh: readonly BoardNode[], joins: ReturnType<typeof joinsOf>) {
  const bounds = boundsOf(Object.values(board.nodes).map(nodeRect));
  if (!bounds) return Object.fromEntries(fresh.map((node) => [node.id, node]));
  const standing: Board['nodes'] = { ...board.nodes };
  const places: Board['nodes'] = {};
  const put = (node: BoardNode, position: Point) => {
    places[node.id] = standing[node.id] = { ...node, position };
  };
  const flow = flowOf(board);
  const waiting = new Map(fresh.map((node) => [node.id, node]));
  const next = Object.keys(board.nodes);
  for (const id of next)
    for (const other of [...(joins.get(id)?.targets ?? []), ...(joins.get(id)?.sources ?? [])]) {
      const node = waiting.get(other);
      if (!node) continue;
      waiting.delete(other);
      const stands = (neighbour: Id) => neighbour in standing;
      const { sources, targets } = joins.get(other)!;
      const neighbours = { sources: sources.filter(stands), targets: targets.filter(stands), flow };
      put(node, placeBeside({ ...board, nodes: standing }, { kind: node.kind, ...neighbours }));
      next.push(other);
    }

  const apart = [...waiting.values()];
  const incoming = boundsOf(apart.map(nodeRect));
  const below = boundsOf(Object.values(standing).map(nodeRect)) ?? bounds;
  for (const node of apart) {
    const [x, y] = node.position;
    const wanted: Point = [
      withinBoard(x + below.x - incoming!.x),
      withinBoard(y + below.y + below.height + 80 - incoming!.y),
    ];
    put(node, freePlace({ nodes: standing }, wanted, sizeOfKind(node.kind)));
  }
  return places;
}

/** Two systems that are each as wide as a board may be don't fit side by side: then some of it stands closer. */
const withinBoard = (coordinate: number): number =>
  Math.max(-COORDINATE_LIMIT, Math.min(COORDINATE_LIMIT, coordinate));

const edgeKey = (edge: BoardEdge) => JSON.stringify([edge.source, edge.target, edge.kind]);
