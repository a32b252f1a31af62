/** Small boards that tests of sources read. */
import {
  type Board,
  type BoardNode,
  type EdgeKind,
  emptyBoard,
  type NodeKind,
} from '../../src/graph/index.ts';

type Parts = Record<string, NodeKind | Partial<BoardNode>>;

/** Nodes by name (the id is the name), edges as "a → b" or "a → b: kind" (the id is "a-b"). */
export function boardOf(parts: Parts, ...edges: string[]): Board {
  const board = emptyBoard('board');
  for (const [name, part] of Object.entries(parts)) {
    const given = typeof part === 'string' ? { kind: part } : part;
    board.nodes[name] = { id: name, name, kind: 'service', position: [0, 0], ...given };
  }
  for (const text of edges) {
    const [, source, target, kind = 'call'] = /^(.+) → ([^:]+)(?:: (.+))?$/.exec(text)!;
    const id = `${source}-${target}${kind === 'call' ? '' : `-${kind}`}`;
    board.edges[id] = { id, source: source!, target: target!, kind: kind as EdgeKind };
  }
  return board;
}
