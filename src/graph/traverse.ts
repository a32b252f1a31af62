/** Walking the graph: who is connected to whom. Adjacency is built once per set of edges. */
import type { Board, BoardEdge, Id } from './schema.ts';

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
