/**
 * Which nodes are elements in the page. Few in view: all of them. Many: they are painted, and only those that
 * a person is dealing with are elements. The switch is on the number in view, so that no zoom level is slow.
 */
import type { Id } from '../graph/index.ts';
import { nodesIn } from './boxes.ts';
import { ELEMENTS_UP_TO, type Stage, viewRect } from './stage.ts';

/** Painted from here; between this and ELEMENTS_UP_TO it stays as it was, so that it can't flicker. */
const PAINTED_FROM = 140;
/** A large selection stays painted; nobody deals with each of a thousand nodes. */
const SELECTED_AT_MOST = 40;
/** Panning this far brings in nothing new. */
const MARGIN = 240;

export function chooseMounted(stage: Stage, wasPainting: boolean): { ids: Set<Id>; painting: boolean } {
  const { board, session } = stage.workspace.shown();
  const moved = stage.moved.get();
  const viewport = stage.viewport.get();
  const inView = nodesIn(board, moved, viewRect(viewport));
  const painting = inView.length > (wasPainting ? ELEMENTS_UP_TO : PAINTED_FROM);
  const ids = new Set(painting ? [] : nodesIn(board, moved, viewRect(viewport, MARGIN)));
  if (painting && session.selection.nodes.size <= SELECTED_AT_MOST)
    for (const id of session.selection.nodes) ids.add(id);
  const { editing } = session;
  if (editing?.type === 'nodes') ids.add(editing.id);
  const hovered = stage.hoveredNode.get();
  if (hovered !== null && hovered in board.nodes) ids.add(hovered);
  return { ids, painting };
}
