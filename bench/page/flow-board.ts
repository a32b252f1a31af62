/** A board as plain React Flow takes it. */
import type { Edge, Node } from '@xyflow/react';
import { type Board, sizeOfKind } from '../../src/graph/index.ts';
import { latencyOf } from './contender.ts';

export function nodesOf(board: Board): Node[] {
  return Object.values(board.nodes).map(({ id, name, kind, position: [x, y] }) => ({
    id,
    position: { x, y },
    ...sizeOfKind(kind),
    data: { label: name },
  }));
}

export const edgesOf = (board: Board): Edge[] =>
  Object.values(board.edges).map(({ id, source, target }, i) => ({
    id,
    source,
    target,
    label: `${latencyOf(i, 0)} ms`,
  }));
