/** How large a raster picture may become. */
import type { Size } from '../graph/index.ts';

/** Pixels a side, and pixels in all: beyond these browsers fail silently or take seconds. */
export const MAX_SIDE = 8192;
export const MAX_AREA = 4096 * 4096;
/** Pixels of a raster picture for each of the drawing. */
export const SCALES = [1, 2, 3, 4] as const;
export type Scale = (typeof SCALES)[number];

/**
 * The scale at which a drawing of this size may be rasterised, and its pixels.
 * `clamped` is true where it had to be less than asked for: say so, and offer SVG.
 */
export function pictureScale(
  { width, height }: Size,
  scale: number,
): Size & { scale: number; clamped: boolean } {
  const most = Math.min(MAX_SIDE / width, MAX_SIDE / height, Math.sqrt(MAX_AREA / (width * height)));
  const used = Math.min(scale, most);
  return {
    scale: used,
    width: Math.max(1, Math.floor(width * used)),
    height: Math.max(1, Math.floor(height * used)),
    clamped: used < scale,
  };
}

/** The largest scale at which a drawing of this size fits; null where it is too large even at 1. */
export const largestScale = (size: Size): Scale | null =>
  SCALES.findLast((scale) => !pictureScale(size, scale).clamped) ?? null;
