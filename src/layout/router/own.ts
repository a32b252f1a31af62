/** The route that layout proposed for an edge, while both cards stand where it was drawn for. */
import type { BoardEdge } from '../../graph/index.ts';
import { type Box, type Path, sideAt } from './box.ts';

/** Also refuses what a foreign file might hold: slanted runs, ends off the cards' borders. */
export function ownPath({ route }: BoardEdge, source: Box, target: Box): Path | null {
  if (!route || route.points.length < 2) return null;
  const { points } = route;
  const stands =
    route.source[0] === source.min[0] &&
    route.source[1] === source.min[1] &&
    route.target[0] === target.min[0] &&
    route.target[1] === target.min[1];
  if (!stands || !sideAt(source, points[0]!) || !sideAt(target, points.at(-1)!)) return null;
  const isOrthogonal = points.every((point, i) => {
    const next = points[i + 1];
    return !next || point[0] === next[0] || point[1] === next[1];
  });
  return isOrthogonal ? points : null;
}
