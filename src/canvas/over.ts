/** What lies over the painted board, and the hands that work it: fetched when the board is seen. */
import type { BoardEdge, Point } from '../graph/index.ts';
import { paintGhost } from './paint/ghost.ts';
import { paintGuides } from './paint/guides.ts';
import { paintMarks } from './paint/marks.ts';
import { paintOut } from './paint/out.ts';
import type { Pen } from './paint/pen.ts';
import { paintPills } from './paint/pills.ts';
import type { Stage } from './stage.ts';

export { takenOut } from '../graph/index.ts';
export { EdgeCardPlace } from './EdgeCardPlace.tsx';
export { EdgeTargets } from './EdgeTargets.tsx';
export { createHands } from './hands.ts';
export { Minimap } from './Minimap.tsx';

export function paintOver(
  pen: Pen,
  visible: readonly (readonly [BoardEdge, readonly Point[]])[],
  guides: ReturnType<Stage['guides']['get']>,
): void {
  // under the pills: its lines would strike through what they say
  if (pen.part !== 'moving') paintGhost(pen);
  paintOut(pen);
  const plates = paintPills(pen, visible);
  paintMarks(pen, visible, plates);
  if (pen.part !== 'still') paintGuides(pen, guides);
}
