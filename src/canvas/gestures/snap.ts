/** Snapping: what is dragged falls in line with the sides and middles of what stands near. Pure. */
import type { Point, Rect } from '../../graph/index.ts';

/** A line that shows what is in line with what, board pixels. */
export type Guide = { from: Point; to: Point };

const NEAR: readonly [0, 1] = [0, 1];

/** Where a rectangle begins, has its middle, and ends, along an axis: 0 for x, 1 for y. */
function stops(rect: Rect, axis: 0 | 1): [number, number, number] {
  const [start, extent] = axis === 0 ? [rect.x, rect.width] : [rect.y, rect.height];
  return [start, start + extent / 2, start + extent];
}

/**
 * How far to move on so that a side or middle is exactly in line with one of another rectangle, if any is
 * within reach, and the lines that show it. Of several, the nearest. Takes one look at each of `others`.
 */
export function snap(moving: Rect, others: readonly Rect[], reach: number): { by: Point; guides: Guide[] } {
  const by: [number, number] = [0, 0];
  for (const axis of NEAR) {
    const own = stops(moving, axis);
    let least = reach;
    let found: number | null = null;
    for (const other of others)
      for (const theirs of stops(other, axis))
        for (const mine of own) {
          const away = Math.abs(theirs - mine);
          if (away > least || (found !== null && away === least)) continue;
          least = away;
          found = theirs - mine;
        }
    by[axis] = found ?? Number.NaN;
  }
  const [dx, dy] = by;
  const shift: Point = [Number.isNaN(dx) ? 0 : dx, Number.isNaN(dy) ? 0 : dy];
  const snapped = { ...moving, x: moving.x + shift[0], y: moving.y + shift[1] };
  const guides = NEAR.flatMap((axis) => (Number.isNaN(by[axis]) ? [] : guidesOf(snapped, others, axis)));
  return { by: shift, guides };
}

/** One line for each coordinate at which something is in line, as long as all that is in line there. */
function guidesOf(rect: Rect, others: readonly Rect[], axis: 0 | 1): Guide[] {
  const across = axis === 0 ? 1 : 0;
  const [start, , end] = stops(rect, across);
  const lines = new Map<number, [number, number]>();
  const own = stops(rect, axis);
  for (const other of others)
    for (const at of stops(other, axis)) {
      if (!own.some((mine) => Math.abs(mine - at) < 0.01)) continue;
      const [from, , to] = stops(other, across);
      const [low, high] = lines.get(at) ?? [start, end];
      lines.set(at, [Math.min(low, from), Math.max(high, to)]);
    }
  return [...lines].map(([at, [low, high]]) =>
    axis === 0 ? { from: [at, low], to: [at, high] } : { from: [low, at], to: [high, at] },
  );
}
