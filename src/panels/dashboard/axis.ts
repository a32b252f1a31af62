/** Scales of values: where a chart begins and ends, and which values are written beside it. Pure. */
import { METRICS, type Metric } from '../../graph/index.ts';

type Range = [min: number, max: number];

/** On a log scale less than this factor is not stretched over the whole height: chance is no change. */
const LEAST_FACTOR = 4;

/** @param min the lowest value above 0 */
export function logRange(min: number | null, max: number | null): Range {
  if (min === null || max === null || !(min > 0)) return [1, 100];
  const widen = Math.max(1.1, Math.sqrt(LEAST_FACTOR / (max / min)));
  return [min / widen, max * widen];
}

/** From nothing on; shares of what can be used up, to all of it. */
export function linearRange(metric: Metric, max: number | null): Range {
  const most = max !== null && max > 0 ? max * 1.1 : 1;
  const isShare = METRICS[metric] === 'ratio' && metric !== 'errors';
  return [0, isShare ? Math.max(1, most) : most];
}

/** Values to be written beside a log scale: round ones, of every power of ten as many as there is room for. */
export function logTicks([min, max]: Range, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.ceil(Math.log10(max))];
  for (const digits of [[1, 1.5, 2, 3, 4, 5, 7], [1, 2, 5], [1, 3], [1]]) {
    const ticks: number[] = [];
    for (let power = first; power <= last; power++)
      for (const digit of digits) {
        const tick = Number((digit * 10 ** power).toPrecision(2));
        if (tick >= min && tick <= max) ticks.push(tick);
      }
    if (ticks.length <= most) return ticks;
  }
  const every = Math.ceil((last - first + 1) / most);
  return Array.from({ length: most }, (_, i) => 10 ** (first + i * every)).filter(
    (t) => t >= min && t <= max,
  );
}

/** Steps between values beside a linear scale, for bytes as they are written: 1, 2, 4 KiB. */
export const stepsFor = (metric: Metric): number[] | undefined =>
  METRICS[metric].startsWith('bytes') ? Array.from({ length: 60 }, (_, i) => 2 ** i) : undefined;
