/** Lines on the board as path data, or drawn straight onto whatever takes path commands. */
import type { Point, Rect } from '../graph/index.ts';

/** What a canvas context, a Path2D and our own text writer have in common. */
export type PathSink = {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
};

/** A number as path data: at most two decimals, no needless zeros. */
export const n = (value: number): string => String(Math.round(value * 100) / 100);

/** Corner radius of routes. */
export const ROUTE_RADIUS = 8;
/** From an arrow's tip to its back; half its width is 0.45 of it. */
export const ARROW_LENGTH = 9;

/**
 * A polyline with rounded corners.
 * @param trim how much to leave off at the end, so that a wide line does not show beside its arrow's tip
 */
export function traceRounded(
  sink: PathSink,
  points: readonly Point[],
  radius = ROUTE_RADIUS,
  trim = 0,
): void {
  const first = points[0];
  if (!first) return;
  sink.moveTo(first[0], first[1]);
  for (let i = 1; i < points.length - 1; i++) {
    const corner = points[i]!;
    const before = points[i - 1]!;
    const after = points[i + 1]!;
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const [ax, ay] = towards(corner, before, r);
    const [bx, by] = towards(corner, after, r);
    sink.lineTo(ax, ay);
    sink.quadraticCurveTo(corner[0], corner[1], bx, by);
  }
  const end = points.at(-1)!;
  const beforeEnd = points.at(-2);
  if (!beforeEnd) return;
  const [x, y] = towards(end, beforeEnd, Math.min(trim, distance(beforeEnd, end) / 2));
  sink.lineTo(x, y);
}

/** The three corners of the arrow's head at the end of a route; null where the route has no direction. */
export function arrowCorners(points: readonly Point[], length = ARROW_LENGTH): [Point, Point, Point] | null {
  const tip = points.at(-1);
  const before = points.findLast((point) => tip !== undefined && distance(point, tip) > 0.01);
  if (!tip || !before) return null;
  const [x, y] = towards(tip, before, length);
  const across = 0.45;
  const dx = (tip[1] - y) * across;
  const dy = (x - tip[0]) * across;
  return [tip, [x + dx, y + dy], [x - dx, y - dy]];
}

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The point `by` pixels from `from` in the direction of `to`. */
export function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return [from[0] + ((to[0] - from[0]) * by) / length, from[1] + ((to[1] - from[1]) * by) / length];
}

/** `traceRounded` as path data. */
export function roundedPath(points: readonly Point[], radius = ROUTE_RADIUS, trim = 0): string {
  let d = '';
  traceRounded(
    {
      moveTo: (x, y) => (d += `M${n(x)} ${n(y)}`),
      lineTo: (x, y) => (d += `L${n(x)} ${n(y)}`),
      quadraticCurveTo: (cx, cy, x, y) => (d += `Q${n(cx)} ${n(cy)} ${n(x)} ${n(y)}`),
    },
    points,
    radius,
    trim,
  );
  return d;
}

/** The arrow's head as path data of a filled triangle; empty where the route has no direction. */
export function arrowHead(points: readonly Point[], length = ARROW_LENGTH): string {
  const corners = arrowCorners(points, length);
  if (!corners) return '';
  const [a, b, c] = corners;
  return `M${n(a[0])} ${n(a[1])}L${n(b[0])} ${n(b[1])}L${n(c[0])} ${n(c[1])}Z`;
}

/** A rectangle with its own radius at each corner: top left, top right, bottom right, bottom left. */
export function roundedRect(
  { x, y, width, height }: Rect,
  [topLeft, topRight, bottomRight, bottomLeft]: readonly [number, number, number, number],
): string {
  const right = x + width;
  const bottom = y + height;
  const arc = (r: number, toX: number, toY: number) =>
    r === 0 ? '' : `A${n(r)} ${n(r)} 0 0 1 ${n(toX)} ${n(toY)}`;
  return (
    `M${n(x + topLeft)} ${n(y)}H${n(right - topRight)}${arc(topRight, right, y + topRight)}` +
    `V${n(bottom - bottomRight)}${arc(bottomRight, right - bottomRight, bottom)}` +
    `H${n(x + bottomLeft)}${arc(bottomLeft, x, bottom - bottomLeft)}V${n(y + topLeft)}${arc(topLeft, x + topLeft, y)}Z`
  );
}

/** A closed polygon with rounded corners. */
export function roundedPolygon(points: readonly Point[], radius: number): string {
  let d = '';
  points.forEach((corner, i) => {
    const before = points.at(i - 1)!;
    const after = points[(i + 1) % points.length]!;
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const [ax, ay] = towards(corner, before, r);
    const [bx, by] = towards(corner, after, r);
    d += `${i === 0 ? 'M' : 'L'}${n(ax)} ${n(ay)}Q${n(corner[0])} ${n(corner[1])} ${n(bx)} ${n(by)}`;
  });
  return `${d}Z`;
}
