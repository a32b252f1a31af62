/** The system that a source knows of, to be drawn. */
import type { BoardEdge, BoardNode, Id } from '../graph/index.ts';

export type Graph = { nodes: BoardNode[]; edges: BoardEdge[] };
/** `dialect`: how the source speaks of it, as people call that. */
export type Discovered = { graph: Graph; dialect: string };

/** The same graph under other ids. */
export function renamed({ nodes, edges }: Graph, newId: () => Id): Graph {
  const ids = new Map(nodes.map(({ id }) => [id, newId()]));
  return {
    nodes: nodes.map((node) => ({ ...node, id: ids.get(node.id)! })),
    edges: edges.map((edge) => ({
      ...edge,
      ...{ id: newId(), source: ids.get(edge.source)!, target: ids.get(edge.target)! },
    })),
  };
}
