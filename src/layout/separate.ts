/**
 * Making room by moving as little as possible: least squares under "a stays so far before b".
 *
 * By cutting planes: solve, look which pairs are too close now, ask that each be kept apart along the axis that
 * tells them apart best already, in the order they have, and solve again. Along each axis that order is total,
 * so that with nothing fixed there always is an answer.
 */
import { centreOf, overlaps, type Point, type Rect } from '../graph/index.ts';

export type Item = {
  /** Where it stands now: says who is left of, or above, whom. */
  from: Rect;
  /** Where it would stand best. */
  to: Rect;
  /** What a pixel of its movement counts: how many cards it holds. What weighs Infinity never moves. */
  weight: number;
};

/** Space wanted between two items, by index: along x, and along y. */
export type Gap = (a: number, b: number) => Point;

/** `force`: Hildreth's multiplier; never negative, since items are only pushed apart. */
type Constraint = { first: number; second: number; distance: number; force: number };

const ROUNDS = 40;
const SWEEPS = 200;
/** Pixels by which a gap may fall short: rounding is not worth another movement. */
const SHORT = 1;

/**
 * Corners near `to`, apart by the gap, in the order of `from` wherever two meet. Where fixed items leave no
 * room for that, some still overlap. `reach` is the largest gap there is.
 */
export function separate(items: readonly Item[], gap: Gap, reach: number): Point[] {
  const places = items.map(({ to }) => centreOf(to));
  const constraints: [Constraint[], Constraint[]] = [[], []];
  const known = new Set<number>();
  for (let round = 0; round < ROUNDS; round++) {
    const isNew: [boolean, boolean] = [false, false];
    for (const [a, b] of tooClose(items, places, gap, reach)) {
      const pair = a * items.length + b;
      if (known.has(pair)) continue;
      known.add(pair);
      const { axis, constraint } = keepApart(items, a, b, gap(a, b));
      constraints[axis].push(constraint);
      isNew[axis] = true;
    }
    if (!isNew[0] && !isNew[1]) break;
    for (const axis of [0, 1] as const) if (isNew[axis]) relax(items, places, constraints[axis], axis);
  }
  return items.map(({ to }, i) => [places[i]![0] - to.width / 2, places[i]![1] - to.height / 2]);
}

/** Pairs with less than the gap between them, at least one of which can move; the lower index first. */
function tooClose(items: readonly Item[], places: readonly Point[], gap: Gap, reach: number) {
  const rects = items.map(({ to }, i): Rect => {
    const [x, y] = places[i]!;
    return { x: x - to.width / 2, y: y - to.height / 2, width: to.width, height: to.height };
  });
  const order = rects.map((_, i) => i).sort((a, b) => rects[a]!.x - rects[b]!.x);
  const pairs: [number, number][] = [];
  order.forEach((a, i) => {
    const rect = rects[a]!;
    for (let j = i + 1; j < order.length; j++) {
      const b = order[j]!;
      if (rects[b]!.x >= rect.x + rect.width + reach) break;
      if (items[a]!.weight === Infinity && items[b]!.weight === Infinity) continue;
      const [dx, dy] = gap(a, b);
      const room = grown(rect, dx - SHORT, dy - SHORT);
      if (overlaps(room, rects[b]!)) pairs.push(a < b ? [a, b] : [b, a]);
    }
  });
  return pairs;
}

/** Apart along the axis where least is missing, in the order of the centres. */
function keepApart(items: readonly Item[], a: number, b: number, gap: Point) {
  const [ra, rb] = [items[a]!, items[b]!];
  const [ca, cb] = [centreOf(ra.from), centreOf(rb.from)];
  const spare = (axis: 0 | 1) =>
    Math.abs(cb[axis] - ca[axis]) - (sizeAlong(ra.from, axis) + sizeAlong(rb.from, axis)) / 2 - gap[axis];
  const axis = spare(0) >= spare(1) ? 0 : 1;
  const [first, second] = ca[axis] <= cb[axis] ? [a, b] : [b, a];
  const distance = (sizeAlong(ra.to, axis) + sizeAlong(rb.to, axis)) / 2 + gap[axis];
  const constraint: Constraint = { first, second, distance, force: 0 };
  return { axis, constraint } as const;
}

/** Hildreth's method: each constraint in turn takes as much force as it needs, or gives back what it doesn't. */
function relax(
  items: readonly Item[],
  places: readonly Point[],
  constraints: readonly Constraint[],
  axis: 0 | 1,
): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let furthest = 0;
    for (const constraint of constraints) {
      const { first, second, distance, force } = constraint;
      const [a, b] = [places[first]!, places[second]!];
      const [ease, otherEase] = [1 / items[first]!.weight, 1 / items[second]!.weight];
      const missing = distance - (b[axis] - a[axis]);
      constraint.force = Math.max(0, force + missing / (ease + otherEase));
      const change = constraint.force - force;
      a[axis] -= change * ease;
      b[axis] += change * otherEase;
      furthest = Math.max(furthest, Math.abs(change) * Math.max(ease, otherEase));
    }
    if (furthest < SHORT / 10) break;
  }
}

const sizeAlong = (rect: Rect, axis: 0 | 1): number => (axis === 0 ? rect.width : rect.height);

const grown = (rect: Rect, dx: number, dy: number): Rect => ({
  x: rect.x - dx,
  y: rect.y - dy,
  width: rect.width + 2 * dx,
  height: rect.height + 2 * dy,
});
