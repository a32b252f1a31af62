/** Where things stand on the board and how large they are: pixels, y down. Every drawing and layout asks here. */
import type { Id } from './fields.ts';
import { type Board, type BoardNode, COORDINATE_LIMIT, type NodeKind, type Point } from './schema.ts';

export type Size = { width: number; height: number };
export type Rect = Size & { x: number; y: number };

const CARD: Size = { width: 184, height: 72 };
const PIPE: Size = { width: 184, height: 56 };

/** All cards of a kind are one size: nothing has to be measured before it is laid out or drawn. */
export function sizeOfKind(kind: NodeKind): Size {
  return kind === 'topic' || kind === 'queue' ? PIPE : CARD;
}

export const nodeRect = (node: BoardNode): Rect => ({
  x: node.position[0],
  y: node.position[1],
  ...sizeOfKind(node.kind),
});

export const centreOf = (rect: Rect): Point => [rect.x + rect.width / 2, rect.y + rect.height / 2];

export const inflate = (rect: Rect, by: number): Rect => ({
  x: rect.x - by,
  y: rect.y - by,
  width: rect.width + 2 * by,
  height: rect.height + 2 * by,
});

export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The smallest rectangle around all of them; null around none. */
export function boundsOf(rects: Iterable<Rect>): Rect | null {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const rect of rects) {
    left = Math.min(left, rect.x);
    top = Math.min(top, rect.y);
    right = Math.max(right, rect.x + rect.width);
    bottom = Math.max(bottom, rect.y + rect.height);
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The smallest rectangle around at least one. */
export const unionOf = (rects: readonly [Rect, ...Rect[]]): Rect => boundsOf(rects) ?? rects[0];

/** Space between a group's boundary and its members; the title needs more above. */
export const GROUP_PADDING = { side: 24, top: 44 } as const;

/** Space between two joined nodes in which the edge's label has room: side by side, and one above the other. */
export const EDGE_ROOM = { level: 136, upright: 78 } as const;

/** Each group's boundary, from where its members stand. A group without members has none. */
export function groupRects(board: Pick<Board, 'nodes' | 'groups'>): Map<Id, Rect> {
  const members = new Map<Id, Rect[]>();
  for (const id in board.nodes) {
    const node = board.nodes[id]!;
    if (node.group === undefined) continue;
    const list = members.get(node.group);
    if (list) list.push(nodeRect(node));
    else members.set(node.group, [nodeRect(node)]);
  }
  const rects = new Map<Id, Rect>();
  for (const [id, list] of members) {
    const inner = boundsOf(list);
    if (!inner || !(id in board.groups)) continue;
    rects.set(id, {
      x: inner.x - GROUP_PADDING.side,
      y: inner.y - GROUP_PADDING.top,
      width: inner.width + 2 * GROUP_PADDING.side,
      height: inner.height + GROUP_PADDING.top + GROUP_PADDING.side,
    });
  }
  return rects;
}

/** Rings of candidate places tried around the wanted one before going outside of everything. */
const RINGS = 60;

/**
 * A free place for a new card: `wanted` itself, or the nearest step around it that overlaps nothing, or
 * beside everything there is. Nothing else moves.
 */
export function freePlace(board: Pick<Board, 'nodes'>, wanted: Point, size: Size, gap = 24): Point {
  const taken = Object.values(board.nodes).map((node) => inflate(nodeRect(node), gap));
  const isFree = ([x, y]: Point) => {
    if (Math.max(Math.abs(x), Math.abs(y)) > COORDINATE_LIMIT) return false;
    const rect = { x, y, ...size };
    return !taken.some((other) => overlaps(other, rect));
  };
  if (isFree(wanted)) return wanted;
  const stepX = size.width + gap + 8;
  const stepY = size.height + gap;
  for (let ring = 1; ring < RINGS; ring++) {
    const candidates: Point[] = [];
    for (let dx = -ring; dx <= ring; dx++)
      for (let dy = -ring; dy <= ring; dy++)
        if (Math.max(Math.abs(dx), Math.abs(dy)) === ring)
          candidates.push([wanted[0] + dx * stepX, wanted[1] + dy * stepY]);
    const distance = ([x, y]: Point) => Math.hypot(x - wanted[0], y - wanted[1]);
    const found = candidates.sort((a, b) => distance(a) - distance(b)).find(isFree);
    if (found) return found;
  }
  const all = boundsOf(taken) ?? { x: 0, y: 0, width: 0, height: 0 };
  const right: Point = [all.x + all.width, wanted[1]];
  return isFree(right) ? right : [all.x - size.width, wanted[1]];
}
