/** Where a straight arrow between two boxes begins and ends, for formats that must be told. */
import { centreOf, type Point, type Rect } from '../../graph/index.ts';

/** @returns its points; of an arrow to the box itself a bow over the right edge */
export function straight(from: Rect, to: Rect, gap: number): [Point, Point, ...Point[]] {
  const [a, b] = [centreOf(from), centreOf(to)];
  if (a[0] === b[0] && a[1] === b[1]) {
    const right = from.x + from.width + gap;
    return [
      [right, a[1] - 12],
      [right + 40, a[1] - 12],
      [right + 40, a[1] + 12],
      [right, a[1] + 12],
    ];
  }
  return [leaving(from, a, b, gap), leaving(to, b, a, gap)];
}

/** Where the line from the middle of a box towards a point leaves it. */
function leaving({ width, height }: Rect, [x, y]: Point, [toX, toY]: Point, gap: number): Point {
  const [dx, dy] = [toX - x, toY - y];
  const share = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : (width / 2 + gap) / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : (height / 2 + gap) / Math.abs(dy),
    0.49,
  );
  return [x + dx * share, y + dy * share];
}
