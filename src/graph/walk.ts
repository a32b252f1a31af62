/** From node to node by where they stand: towards a side, and in the order in which a page is read. */

import type { Id } from './fields.ts';
import { centreOf, nodeRect } from './geometry.ts';
import type { Board, BoardNode, Point } from './schema.ts';
import { edgesAt } from './traverse.ts';

/** A way to go on the board, as the arrow keys have it. */
export type Heading = 'left' | 'right' | 'up' | 'down';

const STEP: Record<Heading, Point> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** The unit step of a heading, y down. */
export const stepOf = (heading: Heading): Point => STEP[heading];

/** How much further something seems for each pixel that it lies off the straight way. */
const ASIDE = 2;

/**
 * The node that lies towards a side of another: one that an edge joins it to, if any lies that way, else the
 * nearest. What lies hardly ahead and far aside is not that way. Null when nothing does.
 */
export function nodeTowards(board: Pick<Board, 'nodes' | 'edges'>, from: Id, heading: Heading): Id | null {
  const start = board.nodes[from];
  if (!start) return null;
  const joined = edgesAt(board.edges, from).map(({ source, target }) => (source === from ? target : source));
  const at = centreOf(nodeRect(start));
  const others = (ids: Iterable<Id>) => [...new Set(ids)].filter((id) => id !== from);
  return (
    nearestTowards(board, others(joined), at, heading) ??
    nearestTowards(board, others(Object.keys(board.nodes)), at, heading)
  );
}

function nearestTowards(
  board: Pick<Board, 'nodes'>,
  ids: readonly Id[],
  at: Point,
  heading: Heading,
): Id | null {
  const [sx, sy] = STEP[heading];
  let best: Id | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const id of ids) {
    const [x, y] = centreOf(nodeRect(board.nodes[id]!));
    const [dx, dy] = [x - at[0], y - at[1]];
    const ahead = dx * sx + dy * sy;
    const aside = Math.abs(dx * sy) + Math.abs(dy * sx);
    if (ahead <= 0 || aside > ahead * 4) continue;
    const distance = ahead + ASIDE * aside;
    if (distance >= least) continue;
    least = distance;
    best = id;
  }
  return best;
}

/** The node nearest to a point; null on a board without any. */
export function nearestNode(board: Pick<Board, 'nodes'>, [x, y]: Point): Id | null {
  let best: Id | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of Object.values(board.nodes)) {
    const [cx, cy] = centreOf(nodeRect(node));
    const distance = Math.hypot(cx - x, cy - y);
    if (distance >= least) continue;
    least = distance;
    best = node.id;
  }
  return best;
}

/** Nodes whose middles are this near in height stand in one line. */
const LINE = 60;

/** All nodes as a page is read: line by line from the top, each from the left. */
export function readingOrder(board: Pick<Board, 'nodes'>): Id[] {
  const middle = (node: BoardNode) => centreOf(nodeRect(node));
  const down = Object.values(board.nodes).sort((a, b) => middle(a)[1] - middle(b)[1]);
  const lines: BoardNode[][] = [];
  for (const node of down) {
    const line = lines.at(-1);
    if (line && middle(node)[1] - middle(line[0]!)[1] < LINE) line.push(node);
    else lines.push([node]);
  }
  return lines.flatMap((line) =>
    line.sort((a, b) => middle(a)[0] - middle(b)[0] || (a.id < b.id ? -1 : 1)).map(({ id }) => id),
  );
}
