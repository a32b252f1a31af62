/** Dragging over the empty canvas draws a box, and what it touches is selected. A factory with its own end. */
import type { Id, Point, Rect } from '../../graph/index.ts';
import { select } from '../../workspace/index.ts';
import { nodesIn, noteRect } from '../boxes.ts';
import { type Stage, toBoard } from '../stage.ts';

/** Page pixels before a press becomes a drag. */
const SLACK = 4;

export function createMarquee(wrapper: HTMLElement, stage: Stage): { destroy(): void } {
  const { workspace } = stage;
  const box = document.createElement('div');
  box.className = 'marquee';
  let start: Point | null = null;
  let kept = { nodes: new Set<Id>(), notes: new Set<Id>() };
  let dragging = false;

  const local = (event: PointerEvent): Point => {
    const { left, top } = wrapper.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };

  function onDown(event: PointerEvent) {
    const { session } = workspace.use.getState();
    const onPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane');
    if (!onPane || event.button !== 0 || event.pointerType === 'touch' || session.tool.type !== 'select')
      return;
    if (wrapper.classList.contains('space-held')) return;
    start = local(event);
    dragging = false;
    const add = event.shiftKey;
    kept = {
      nodes: new Set(add ? session.selection.nodes : []),
      notes: new Set(add ? session.selection.notes : []),
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
  }

  function onMove(event: PointerEvent) {
    if (!start) return;
    const [x, y] = local(event);
    if (!dragging && Math.hypot(x - start[0], y - start[1]) < SLACK) return;
    if (!dragging) {
      dragging = true;
      wrapper.append(box);
    }
    const area = between(start, [x, y]);
    box.style.transform = `translate(${area.x}px, ${area.y}px)`;
    box.style.width = `${area.width}px`;
    box.style.height = `${area.height}px`;
    choose(between(toBoard(stage.viewport.get(), start), toBoard(stage.viewport.get(), [x, y])));
  }

  function choose(area: Rect) {
    const { board } = workspace.shown();
    const none = new Map<Id, Point>();
    const nodes = new Set([...kept.nodes, ...nodesIn(board, none, area)]);
    const notes = new Set(kept.notes);
    for (const id in board.notes) {
      const rect = noteRect(board, none, id)!;
      const touches =
        rect.x < area.x + area.width &&
        area.x < rect.x + rect.width &&
        rect.y < area.y + area.height &&
        area.y < rect.y + rect.height;
      if (touches) notes.add(id);
    }
    workspace.select(select({ nodes, notes }));
  }

  function onUp() {
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    box.remove();
    start = null;
    // the click that ends a drag is not a click on the pane
    if (dragging) window.addEventListener('click', swallow, { capture: true, once: true });
    window.setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
    dragging = false;
  }

  wrapper.addEventListener('pointerdown', onDown);
  return {
    destroy() {
      wrapper.removeEventListener('pointerdown', onDown);
      onUp();
    },
  };
}

const swallow = (event: Event) => event.stopPropagation();

const between = (a: Point, b: Point): Rect => ({
  x: Math.min(a[0], b[0]),
  y: Math.min(a[1], b[1]),
  width: Math.abs(a[0] - b[0]),
  height: Math.abs(a[1] - b[1]),
});
