/** Small boards for the tests of the defaults audit, said in a few words. */
import { type Board, type BoardNode, emptyBoard, isCarrier } from '../../../src/graph/index.ts';

export type Parts = Record<
  string,
  Pick<BoardNode, 'kind' | 'config' | 'technology' | 'instances'> & { to?: readonly string[] }
>;

/** Edges are called `from-to`. */
export function drawn(parts: Parts): Board {
  const board = emptyBoard('b', 'Shop');
  for (const [id, { to = [], ...node }] of Object.entries(parts)) {
    board.nodes[id] = { id, name: id, position: [0, 0], ...node };
    for (const target of to) {
      const kind = isCarrier(node.kind) ? 'consume' : isCarrier(parts[target]?.kind) ? 'publish' : 'call';
      board.edges[`${id}-${target}`] = { id: `${id}-${target}`, source: id, target, kind };
    }
  }
  return board;
}
