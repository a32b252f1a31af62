/** A route from the two cards alone: what is shown at once, and which sides a real route would rather use. */
import type { Point, Rect } from '../../graph/index.ts';
import {
  type Axis,
  type Box,
  border,
  boxOf,
  gapBetween,
  middle,
  otherAxis,
  pointAt,
  type Side,
  STUB,
} from './box.ts';

/** Cards that share at least this much of a side's length are joined by a straight line. */
const SHARED = 20;

/**
 * The sides that face each other: along the board's flow where there is room for two stubs, else along the
 * other axis; of cards too close for either, both far sides, to go round.
 */
export function facingSides(source: Box, target: Box, flow: Axis): [Side, Side] {
  for (const axis of [flow, otherAxis(flow)] as const) {
    if (gapBetween(source, target, axis) < 2 * STUB) continue;
    const sign = source.max[axis] <= target.min[axis] ? 1 : -1;
    return [
      { axis, sign },
      { axis, sign: sign > 0 ? -1 : 1 },
    ];
  }
  const side: Side = { axis: flow, sign: 1 };
  return [side, side];
}

/** The route of `quickRoute`, between boxes. */
export function quickPath(source: Box, target: Box, flow: Axis): Point[] {
  const [from, to] = facingSides(source, target, flow);
  const { axis } = from;
  const across = otherAxis(axis);
  const start = border(source, from);
  const end = border(target, to);
  const lo = Math.max(source.min[across], target.min[across]);
  const hi = Math.min(source.max[across], target.max[across]);
  if (from.sign !== to.sign && hi - lo >= SHARED)
    return [pointAt(axis, start, (lo + hi) / 2), pointAt(axis, end, (lo + hi) / 2)];
  const turn =
    from.sign === to.sign
      ? from.sign * Math.max(from.sign * start, from.sign * end) + from.sign * 24
      : (start + end) / 2;
  const out = middle(source, across);
  const into = middle(target, across);
  if (out === into && from.sign !== to.sign) return [pointAt(axis, start, out), pointAt(axis, end, into)];
  return [
    pointAt(axis, start, out),
    pointAt(axis, turn, out),
    pointAt(axis, turn, into),
    pointAt(axis, end, into),
  ];
}

/** A route that knows of no obstacles: cheap enough for every frame of a drag. */
export const quickRoute = (source: Rect, target: Rect): Point[] =>
  quickPath(boxOf('source', source), boxOf('target', target), 0);
