/** The path of a sparkline. Pure: points in, SVG path data out. */
import type { EpochMs } from '../../graph/index.ts';

export type SparkPoint = { at: EpochMs; value: number | null };
export type SparkScale = { from: EpochMs; to: EpochMs; top: number };

/** Seconds without a point after which the line is broken: nothing was seen there. */
const GAP = 15_000;

/** What the points span; at least a minute, so that the first points don't race across. Null without values. */
export function sparkScale(points: readonly SparkPoint[]): SparkScale | null {
  let top = 0;
  let known = 0;
  for (const { value } of points) {
    if (value === null) continue;
    known++;
    if (value > top) top = value;
  }
  const last = points.at(-1);
  const first = points[0];
  if (known === 0 || !first || !last) return null;
  return { from: Math.min(first.at, last.at - 60_000), to: last.at, top: top || 1 };
}

/** A line from zero at the foot to `scale.top` at the head, broken where nothing was seen. */
export function sparkPath(
  points: readonly SparkPoint[],
  scale: SparkScale,
  { width, height }: { width: number; height: number },
): string {
  const span = Math.max(1, scale.to - scale.from);
  let path = '';
  let before: EpochMs | null = null;
  for (const { at, value } of points) {
    if (value === null) {
      before = null;
      continue;
    }
    const x = ((at - scale.from) / span) * width;
    const y = height - (value / scale.top) * height;
    path += `${before === null || at - before > GAP ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    before = at;
  }
  return path;
}
