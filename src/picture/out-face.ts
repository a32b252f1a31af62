/** How it looks when something is taken out: cards hatched in chalk, edges struck through. */
import type { Point, Rect } from '../graph/index.ts';
import { distance, n, towards } from './path.ts';

const GAP = 9;
const INSET = 3;
/** Half the length of a stroke across an edge, and how far the two stand apart. */
const STROKE = 8;
const APART = 6;

/** Diagonals across a card, as path data. */
export function hatchPath({ x, y, width, height }: Rect): string {
  const [left, top, right, bottom] = [x + INSET, y + INSET, x + width - INSET, y + height - INSET];
  let path = '';
  for (let at = GAP; at < right - left + (bottom - top); at += GAP) {
    // from the left or lower side up to the upper or right one
    const from: Point = at <= bottom - top ? [left, top + at] : [left + at - (bottom - top), bottom];
    const to: Point = at <= right - left ? [left + at, top] : [right, top + at - (right - left)];
    path += `M${n(from[0])} ${n(from[1])}L${n(to[0])} ${n(to[1])}`;
  }
  return path;
}

/** Two strokes across the middle of a route, as path data; empty for a route without length. */
export function strikePath(points: readonly Point[]): string {
  let left = 0;
  for (let i = 1; i < points.length; i++) left += distance(points[i - 1]!, points[i]!) / 2;
  if (left < STROKE) return '';
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const length = distance(a, b);
    if (left > length || length === 0) {
      left -= length;
      continue;
    }
    const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    // leaning, so that they are no arrowheads and no part of the line
    const [lx, ly] = [(-uy + ux * 0.5) * STROKE, (ux + uy * 0.5) * STROKE];
    return [-APART / 2, APART / 2]
      .map((by) => {
        const [x, y] = towards(a, b, Math.min(Math.max(left + by, 0), length));
        return `M${n(x - lx)} ${n(y - ly)}L${n(x + lx)} ${n(y + ly)}`;
      })
      .join('');
  }
  return '';
}
