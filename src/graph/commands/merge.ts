/** Taking over a graph that something else stated: an import, or what telemetry sees. */
import { bindingOf } from '../binding.ts';
import { boundsOf, freePlace, nodeRect, sizeOfKind } from '../geometry.ts';
import type { Patch } from '../patch.ts';
import type { Board, BoardEdge, BoardNode, Id } from '../schema.ts';

export type Merge = {
  patch: Patch;
  /** Where the records of the merged graph are found on the board: its id → the board's id. */
  ids: { nodes: ReadonlyMap<Id, Id>; edges: ReadonlyMap<Id, Id> };
};

/**
 * Adds what the board lacks and leaves what it has: nodes are matched by name (see binding), edges by ends
 * and kind. New nodes keep their places relative to each other, in free space below the board. Merging the
 * same graph twice changes nothing the second time.
 */
export function mergeGraph(board: Board, graph: Pick<Board, 'nodes' | 'edges'>): Merge {
  const binding = bindingOf(board);
  const nodeIds = new Map<Id, Id>();
  const nodes: Record<Id, BoardNode> = {};
  const below = boundsOf(Object.values(board.nodes).map(nodeRect));
  const incoming = boundsOf(Object.values(graph.nodes).map(nodeRect));
  const shiftX = below && incoming ? below.x - incoming.x : 0;
  const shiftY = below && incoming ? below.y + below.height + 80 - incoming.y : 0;
  const placed: Board['nodes'] = { ...board.nodes };
  for (const [id, node] of Object.entries(graph.nodes)) {
    const known = binding.nodeLike(node.name, node.kind);
    if (known !== null) {
      nodeIds.set(id, known);
      continue;
    }
    const wanted: BoardNode['position'] = [node.position[0] + shiftX, node.position[1] + shiftY];
    const position = below ? freePlace({ nodes: placed }, wanted, sizeOfKind(node.kind)) : wanted;
    const { group: _group, ...rest } = node;
    nodes[id] = { ...rest, position };
    placed[id] = nodes[id];
    nodeIds.set(id, id);
  }
  const edgeIds = new Map<Id, Id>();
  const edges: Record<Id, BoardEdge> = {};
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
    if (same !== undefined) continue;
    known.set(key, id);
    edges[id] = mapped;
  }
  return {
    patch: { nodes: { added: nodes }, edges: { added: edges } },
    ids: { nodes: nodeIds, edges: edgeIds },
  };
}

const edgeKey = (edge: BoardEdge) => JSON.stringify([edge.source, edge.target, edge.kind]);
