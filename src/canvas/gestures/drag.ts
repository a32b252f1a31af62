/** Dragging nodes, notes and groups: shown as it goes, written to the board once, on drop. */
import { type Board, type Id, move, type Point } from '../../graph/index.ts';
import type { Stage } from '../stage.ts';

/** Everything that moves when `id` is dragged: the selection if it is part of it, the members of a group. */
function companions(board: Board, stage: Stage, id: Id): Map<Id, Point> {
  const { selection } = stage.workspace.use.getState().session;
  const isSelected = selection.nodes.has(id) || selection.notes.has(id) || selection.groups.has(id);
  const groups = new Set(isSelected ? selection.groups : []);
  if (board.groups[id]) groups.add(id);
  const moving = new Map<Id, Point>();
  for (const key in board.nodes) {
    const node = board.nodes[key]!;
    const moves = key === id || (isSelected && selection.nodes.has(key)) || groups.has(node.group ?? '');
    if (moves) moving.set(key, node.position);
  }
  for (const key in board.notes)
    if (key === id || (isSelected && selection.notes.has(key))) moving.set(key, board.notes[key]!.position);
  return moving;
}

export type Drag = {
  /** @param at where the dragged element's top left corner is now */
  move(at: Point): void;
  drop(): void;
  cancel(): void;
};

/** @param from where the dragged element's top left corner was */
export function startDrag(stage: Stage, id: Id, from: Point): Drag {
  const { workspace, moved } = stage;
  workspace.use.getState().session.preview?.cancel();
  const started = companions(workspace.use.getState().board, stage, id);
  return {
    move([x, y]) {
      const [dx, dy] = [Math.round(x - from[0]), Math.round(y - from[1])];
      moved.set(new Map([...started].map(([key, [sx, sy]]): [Id, Point] => [key, [sx + dx, sy + dy]])));
    },
    drop() {
      const positions = Object.fromEntries(moved.get());
      // the board first: between the two the nodes would jump back for a frame
      workspace.run('move', (board) => move(board, { positions }));
      moved.set(new Map());
    },
    cancel: () => moved.set(new Map()),
  };
}
