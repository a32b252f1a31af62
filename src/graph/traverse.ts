/** Walking the graph: who is connected to whom. Adjacency is built once per set of edges. */
import type { Id } from './fields.ts';
import type { Board, BoardEdge } from './schema.ts';

export type Adjacency = { out: Map<Id, BoardEdge[]>; in: Map<Id, BoardEdge[]> };

const built = new WeakMap<Board['edges'], Adjacency>();

/** Edges by source and by target. */
export function adjacencyOf(edges: Board['edges']): Adjacency {
  const known = built.get(edges);
  if (known) return known;
  const adjacency: Adjacency = { out: new Map(), in: new Map() };
  for (const id in edges) {
    const edge = edges[id]!;
    add(adjacency.out, edge.source, edge);
    add(adjacency.in, edge.target, edge);
  }
  built.set(edges, adjacency);
  return adjacency;
}

function add(map: Map<Id, BoardEdge[]>, key: Id, edge: BoardEdge): void {
  const list = map.get(key);
  if (list) list.push(edge);
  else map.set(key, [edge]);
}

/** Edges that touch a node, each once. */
export function edgesAt(edges: Board['edges'], node: Id): BoardEdge[] {
  const { out, in: into } = adjacencyOf(edges);
  const outgoing = out.get(node) ?? [];
  return [...outgoing, ...(into.get(node) ?? []).filter((edge) => edge.source !== edge.target)];
}

/**
 * The nodes that can be reached from `starts`, themselves included: along edges (`out`), against them (`in`) or
 * either way, at most `steps` edges away.
 */
export function reachable(
  edges: Board['edges'],
  starts: Iterable<Id>,
  way: 'out' | 'in' | 'both',
  steps = Number.POSITIVE_INFINITY,
): Set<Id> {
  const { out, in: into } = adjacencyOf(edges);
  const reached = new Set(starts);
  let frontier = [...reached];
  for (let step = 0; step < steps && frontier.length > 0; step++) {
    const next: Id[] = [];
    const visit = (id: Id) => {
      if (reached.has(id)) return;
      reached.add(id);
      next.push(id);
    };
    for (const id of frontier) {
      if (way !== 'in') for (const edge of out.get(id) ?? []) visit(edge.target);
      if (way !== 'out') for (const edge of into.get(id) ?? []) visit(edge.source);
    }
    frontier = next;
  }
  return reached;
}
