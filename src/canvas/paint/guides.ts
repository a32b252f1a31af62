/** Lines that show what a dragged thing is in line with. */
import type { Guide } from '../gestures/snap.ts';
import { onPage, type Pen } from './pen.ts';

/** Beyond what is in line, page pixels. */
const BEYOND = 12;

export function paintGuides(pen: Pen, guides: readonly Guide[]): void {
  if (guides.length === 0) return;
  const { context, tokens } = pen;
  const more = onPage(pen, BEYOND);
  context.strokeStyle = tokens.accent;
  context.lineWidth = onPage(pen, 1);
  context.beginPath();
  for (const { from, to } of guides) {
    const [dx, dy] = from[0] === to[0] ? [0, more] : [more, 0];
    context.moveTo(from[0] - dx, from[1] - dy);
    context.lineTo(to[0] + dx, to[1] + dy);
  }
  context.stroke();
}
