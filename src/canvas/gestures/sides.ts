/** A click on a side of a node, where a drag would connect, adds the next node there. */
import type { Heading } from '../../graph/index.ts';
import { addBeside } from '../../workspace/index.ts';
import type { Stage } from '../stage.ts';

const HEADING: Record<string, Heading> = { left: 'left', right: 'right', top: 'up', bottom: 'down' };

export function createSides(wrapper: HTMLElement, stage: Stage): { destroy(): void } {
  function onClick(event: MouseEvent) {
    const { target } = event;
    const side = target instanceof Element ? target.closest<HTMLElement>('.node-handle') : null;
    const { nodeid, handleid } = side?.dataset ?? {};
    const heading = HEADING[handleid ?? ''];
    if (nodeid === undefined || !heading) return;
    event.stopPropagation();
    addBeside(stage.workspace, nodeid, heading);
  }
  // before React Flow's own click, which would choose the node that the side belongs to
  wrapper.addEventListener('click', onClick, { capture: true });
  return { destroy: () => wrapper.removeEventListener('click', onClick, { capture: true }) };
}
