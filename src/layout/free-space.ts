/** Pushing overlaps apart: what is in the way of something fixed goes to the nearest free place. */
import { inflate, overlaps, type Point, type Rect } from '../graph/index.ts';

/** How many of the nearest obstacles lend their borders as candidate places, before all further ones do. */
const NEAREST = 24;

/**
 * A place for every item, `gap` away from all fixed rectangles; items that need not move stay, so as few as
 * possible do. Of items that overlap one another the first stays.
 */
export function settle<Key>(
  items: Iterable<readonly [Key, Rect]>,
  fixed: readonly Rect[],
  gap: number,
): Map<Key, Rect> {
  const settled = new Map<Key, Rect>();
  const taken = fixed.map((rect) => inflate(rect, gap));
  const displaced: (readonly [Key, Rect])[] = [];
  const clear: Rect[] = [];
  for (const [key, rect] of items) {
    const isUnder = (other: Rect) => overlaps(other, rect);
    if (taken.some(isUnder) || clear.some(isUnder)) displaced.push([key, rect]);
    else {
      settled.set(key, rect);
      clear.push(rect);
    }
  }
  if (displaced.length === 0) return settled;
  for (const rect of clear) taken.push(inflate(rect, gap));
  for (const [key, rect] of displaced) {
    const [x, y] = nearestFree(rect, taken);
    const found = { ...rect, x: Math.round(x), y: Math.round(y) };
    settled.set(key, found);
    taken.push(inflate(found, gap));
  }
  return settled;
}

/**
 * The free corner nearest to where the rectangle stands: it lies on borders of obstacles, so only the
 * crossings of border lines need to be tried. To the right of everything there is always one.
 */
function nearestFree(rect: Rect, taken: readonly Rect[]): Point {
  const near = taken
    .map((other) => ({ other, distance: distanceBetween(rect, other) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAREST);
  const xs = [rect.x];
  const ys = [rect.y];
  for (const { other } of near) {
    xs.push(Math.floor(other.x - rect.width), Math.ceil(other.x + other.width));
    ys.push(Math.floor(other.y - rect.height), Math.ceil(other.y + other.height));
  }
  const distance = ([x, y]: Point) => Math.abs(x - rect.x) + Math.abs(y - rect.y);
  const candidates = xs
    .flatMap((x) => ys.map((y): Point => [x, y]))
    .sort((a, b) => distance(a) - distance(b));
  const free = candidates.find(([x, y]) => {
    const moved = { ...rect, x, y };
    return !taken.some((other) => overlaps(other, moved));
  });
  return free ?? [Math.ceil(Math.max(...taken.map((other) => other.x + other.width))), rect.y];
}

const distanceBetween = (a: Rect, b: Rect): number =>
  Math.max(0, b.x - a.x - a.width, a.x - b.x - b.width) +
  Math.max(0, b.y - a.y - a.height, a.y - b.y - b.height);
