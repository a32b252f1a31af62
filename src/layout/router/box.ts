/** The router's geometry, written once for both axes: 0 runs along x, 1 along y; `1 - axis` is the other. */
import type { Id, Point, Rect } from '../../graph/index.ts';

export type Axis = 0 | 1;
/** +1 points to the right or down, -1 to the left or up. */
export type Sign = 1 | -1;
export type Side = { axis: Axis; sign: Sign };
export type Box = { id: Id; min: Point; max: Point };
export type Path = readonly Point[];

/** Routes leave and reach a card straight for at least this far. */
export const STUB = 16;
/** Space kept between a route and the cards it passes. */
export const CLEARANCE = 12;

export const otherAxis = (axis: Axis): Axis => (axis === 0 ? 1 : 0);

export const boxOf = (id: Id, rect: Rect): Box => ({
  id,
  min: [rect.x, rect.y],
  max: [rect.x + rect.width, rect.y + rect.height],
});

/** The coordinate of a side's line, on the side's axis. */
export const border = (box: Box, side: Side): number => (side.sign > 0 ? box.max : box.min)[side.axis];

export const middle = (box: Box, axis: Axis): number => (box.min[axis] + box.max[axis]) / 2;

/** The point at `along` on the axis and `across` on the other one. */
export const pointAt = (axis: Axis, along: number, across: number): Point =>
  axis === 0 ? [along, across] : [across, along];

/** Free distance between two boxes along an axis; negative where they overlap. */
export const gapBetween = (a: Box, b: Box, axis: Axis): number =>
  Math.max(b.min[axis] - a.max[axis], a.min[axis] - b.max[axis]);

/** The side of a box on which a point lies; null off the border. */
export function sideAt(box: Box, point: Point): Side | null {
  for (const axis of [0, 1] as const) {
    const across = otherAxis(axis);
    if (point[across] < box.min[across] || point[across] > box.max[across]) continue;
    if (point[axis] === box.max[axis]) return { axis, sign: 1 };
    if (point[axis] === box.min[axis]) return { axis, sign: -1 };
  }
  return null;
}

/** Drops repeated points and those in the middle of a straight run. */
export function simplify(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    if (last && last[0] === point[0] && last[1] === point[1]) continue;
    const before = kept.at(-2);
    const isStraight =
      before &&
      last &&
      ((before[0] === last[0] && last[0] === point[0]) || (before[1] === last[1] && last[1] === point[1]));
    if (isStraight) kept[kept.length - 1] = point;
    else kept.push(point);
  }
  return kept;
}

export type Segment = { axis: Axis; at: number; lo: number; hi: number };

/** The run from point `index - 1` to point `index`: along `axis` from lo to hi, at `at` on the other axis. */
export function segmentOf(path: Path, index: number): Segment {
  const from = path[index - 1]!;
  const to = path[index]!;
  const axis: Axis = from[1] === to[1] ? 0 : 1;
  return {
    axis,
    at: from[otherAxis(axis)],
    lo: Math.min(from[axis], to[axis]),
    hi: Math.max(from[axis], to[axis]),
  };
}
