/**
 * A painting wider than the page, for views of very many things: while it is panned within the margin it is
 * only copied. A copy costs a few milliseconds however much was painted.
 */
import type { Viewport } from './stage.ts';

/** Painted beyond each edge of the page, page pixels. */
const MARGIN = 256;

export type Wide = {
  /** Paints anew; the viewport that is handed on is that of the wider page. */
  paint(
    viewport: Viewport,
    ratio: number,
    painter: (context: CanvasRenderingContext2D, viewport: Viewport) => void,
  ): void;
  /** Copies what this viewport sees. False where it was not painted: other zoom or size, or panned too far. */
  show(context: CanvasRenderingContext2D, viewport: Viewport, ratio: number): boolean;
};

export function createWide(): Wide {
  const canvas = document.createElement('canvas');
  const own = canvas.getContext('2d', { alpha: false })!;
  let painted: (Viewport & { ratio: number }) | null = null;
  return {
    paint(viewport, ratio, painter) {
      const width = viewport.width + 2 * MARGIN;
      const height = viewport.height + 2 * MARGIN;
      const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== w) canvas.width = w;
      if (canvas.height !== h) canvas.height = h;
      painter(own, { ...viewport, x: viewport.x + MARGIN, y: viewport.y + MARGIN, width, height });
      painted = { ...viewport, ratio };
    },
    show(context, { x, y, zoom, width, height }, ratio) {
      if (!painted || painted.zoom !== zoom || painted.ratio !== ratio) return false;
      if (painted.width !== width || painted.height !== height) return false;
      const [dx, dy] = [x - painted.x, y - painted.y];
      if (Math.abs(dx) > MARGIN || Math.abs(dy) > MARGIN) return false;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(canvas, Math.round((dx - MARGIN) * ratio), Math.round((dy - MARGIN) * ratio));
      return true;
    },
  };
}
