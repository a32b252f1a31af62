/** What a picture is of: everything, what is selected, or what is in view; as it is drawn, and as a board of its own. */
import { type Board, type Id, partOf, type Rect } from '../graph/index.ts';
import { chosen, within } from '../picture/index.ts';
import type { PicturePart, Workspace } from '../workspace/index.ts';
import { newId } from './ids.ts';

export type Pictured = {
  /** What is drawn, of the board as it is shown; absent for everything. */
  only?: ReadonlySet<Id>;
  /** Where the drawing is cut off. */
  frame?: Rect;
  /** How many parts and notes are drawn. */
  parts: number;
  /** What travels along: of a part of the board only that. */
  board: Board;
};

/** @returns null where there is nothing to draw */
export function pictured(workspace: Workspace, part: PicturePart): Pictured | null {
  const { board } = workspace.use.getState();
  const shown = workspace.shown();
  const count = (of: Board) => Object.keys(of.nodes).length + Object.keys(of.notes).length;
  if (part === 'board') return { parts: count(shown.board), board };
  const frame = part === 'view' ? inView(workspace) : null;
  if (part === 'view' && !frame) return null;
  const only = frame ? within(shown.board, workspace.routes.routes, frame) : selected(workspace);
  const parts = count(chosen(shown.board, only));
  if (parts === 0) return null;
  const own = { id: newId(), title: `${board.title} (${part})`.slice(0, 200) };
  return {
    only,
    ...(frame && { frame }),
    parts,
    board: partOf(board, own, meant(workspace, chosen(shown.board, only))),
  };
}

function selected(workspace: Workspace): ReadonlySet<Id> {
  const { board, session } = workspace.shown();
  const { nodes, edges, notes, groups } = session.selection;
  const members = Object.values(board.nodes).filter(({ group }) => group !== undefined && groups.has(group));
  return new Set([...nodes, ...edges, ...notes, ...members.map(({ id }) => id)]);
}

/** The same on the board: a card that stands for a group is all that is in it. */
function meant(workspace: Workspace, drawn: Board): ReadonlySet<Id> {
  const { hidden } = workspace.projection();
  const ids = new Set<Id>([...Object.keys(drawn.nodes), ...Object.keys(drawn.notes)]);
  for (const [id, card] of hidden.nodes) if (ids.has(card)) ids.add(id);
  return ids;
}

/** What of the canvas nothing floats over, board pixels. */
function inView(workspace: Workspace): Rect | null {
  const { view } = workspace;
  if (!view) return null;
  const edge = (selector: string, side: 'top' | 'right' | 'bottom' | 'left', otherwise: number) =>
    document.querySelector(selector)?.getBoundingClientRect()[side] ?? otherwise;
  const [left, top] = view.at([edge('.tool-rail', 'right', 0), edge('.top-bar', 'bottom', 0)]);
  const [right, bottom] = view.at([
    edge('.side-panel', 'left', window.innerWidth),
    edge('.timeline', 'top', window.innerHeight),
  ]);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
