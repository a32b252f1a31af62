/** What the pointer is over, where things are painted and the page has no element to say so. */
import type { Point } from '../../graph/index.ts';
import { edgeAt, nodeAt } from '../boxes.ts';
import { type Stage, toBoard } from '../stage.ts';

const REACH = 8;

export function createHover(wrapper: HTMLElement, stage: Stage): { destroy(): void } {
  let frame = 0;
  let last: { at: Point; onPane: boolean } | null = null;

  function look() {
    frame = 0;
    if (!last) return;
    const { at, onPane } = last;
    if (!onPane || stage.moved.get().size > 0) return;
    const { board, session } = stage.workspace.shown();
    const node = nodeAt(board, at);
    stage.hoveredNode.set(node);
    const pick = session.tool.type === 'select' && node === null;
    stage.hoveredEdge.set(pick ? edgeAt(stage.workspace, at, REACH / stage.viewport.get().zoom) : null);
  }

  function onMove(event: PointerEvent) {
    const { left, top } = wrapper.getBoundingClientRect();
    const at = toBoard(stage.viewport.get(), [event.clientX - left, event.clientY - top]);
    stage.pointer.set(at);
    if (event.buttons !== 0) return;
    const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    last = { at, onPane };
    if (frame === 0) frame = requestAnimationFrame(look);
  }

  function onLeave() {
    last = null;
    stage.hoveredNode.set(null);
    stage.hoveredEdge.set(null);
  }

  wrapper.addEventListener('pointermove', onMove);
  wrapper.addEventListener('pointerleave', onLeave);
  return {
    destroy() {
      cancelAnimationFrame(frame);
      wrapper.removeEventListener('pointermove', onMove);
      wrapper.removeEventListener('pointerleave', onLeave);
    },
  };
}
