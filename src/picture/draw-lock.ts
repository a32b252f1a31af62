/** The padlock on what is locked, as SVG. */
import type { Rect } from '../graph/index.ts';
import { LOCK_GLYPH } from './icons.ts';
import { n } from './path.ts';
import type { Extent } from './svg.ts';
import type { Tokens } from './tokens.ts';

/** In the middle of the upper edge. */
export function drawLock({ x, y, width }: Rect, tokens: Tokens, extent: Extent): string {
  const { path, stroke, radius } = LOCK_GLYPH;
  const middle = x + width / 2;
  extent.add({ x: middle - radius, y: y - radius - 1, width: 2 * radius, height: 2 * radius });
  return (
    `<g transform="translate(${n(middle)} ${n(y)})" stroke-linecap="round"><title>locked</title>` +
    `<circle r="${radius}" fill="${tokens.surface}" stroke="${tokens.nodeStroke}"/>` +
    `<path d="${path}" fill="none" stroke="${tokens.inkSecondary}" stroke-width="${stroke}"/></g>`
  );
}
