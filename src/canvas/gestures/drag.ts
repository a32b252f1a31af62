/**
 * Dragging nodes, notes and groups: shown as it goes, written to the board once, on drop.
 *
 *   pointer ─► move ─► snapped ─► `moved`, or the ghosts of copies ─► drop: one command · Esc: nothing
 */
import {
  type Board,
  boundsOf,
  type Clip,
  clipOf,
  type Id,
  isLocked,
  move,
  type Point,
  paste,
  type Rect,
} from '../../graph/index.ts';
import { duplicateBy } from '../../workspace/index.ts';
import { nodesIn, noteRect, rectOf } from '../boxes.ts';
import { type Stage, viewRect } from '../stage.ts';
import { snap } from './snap.ts';

/** Page pixels within which things fall in line. */
const REACH = 6;

/** Everything that moves when `id` is dragged: the selection if it is part of it, the members of a group. */
function companions(board: Board, stage: Stage, id: Id): Map<Id, Point> {
  const { selection } = stage.workspace.use.getState().session;
  const cards = stage.workspace.projection().groups;
  const own = cards.get(id) ?? id;
  const isSelected = selection.nodes.has(id) || selection.notes.has(id) || selection.groups.has(own);
  const groups = new Set(isSelected ? selection.groups : []);
  if (board.groups[own]) groups.add(own);
  const moving = new Map<Id, Point>();
  for (const key in board.nodes) {
    const node = board.nodes[key]!;
    const moves = key === id || (isSelected && selection.nodes.has(key)) || groups.has(node.group ?? '');
    if (moves && !isLocked(node)) moving.set(key, node.position);
  }
  // a card goes with the members that it stands for; on the board it has no place of its own
  const drawn = stage.workspace.shown().board;
  for (const [card, group] of cards) if (groups.has(group)) moving.set(card, drawn.nodes[card]!.position);
  for (const key in board.notes) {
    const note = board.notes[key]!;
    if ((key === id || (isSelected && selection.notes.has(key))) && !isLocked(note))
      moving.set(key, note.position);
  }
  return moving;
}

/** What is held while dragging: with Alt copies move instead, with Ctrl nothing falls in line. */
type Held = { alt: boolean; ctrl: boolean };
type Drag = { move(pointer: Point, held: Held): void; drop(): void };

/** @param from where the pointer was pressed, board pixels */
function startDrag(stage: Stage, id: Id, from: Point): Drag {
  const { workspace, moved } = stage;
  const { preview } = workspace.use.getState().session;
  // what is only asked about waits for its answer
  if (!preview?.review) preview?.cancel();
  const { board } = workspace.use.getState();
  const started = companions(board, stage, id);
  const drawn = workspace.shown().board;
  const bounds = boundsOf([...started.keys()].flatMap((key) => boxOf(drawn, key) ?? []));
  const others = standing(stage, drawn, started);
  const clip = clipOf(board, copied(board, stage, started, id));
  let by: Point = [0, 0];
  let copying = false;
  let over = false;

  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // stepping back out of the selection is for the next Esc
    event.stopPropagation();
    end();
  };
  window.addEventListener('keydown', onKey, { capture: true });

  function end() {
    over = true;
    window.removeEventListener('keydown', onKey, { capture: true });
    stage.guides.set([]);
    moved.set(new Map());
    if (copying) workspace.session({ ghost: null });
  }

  return {
    move([x, y], held) {
      if (over || !bounds) return;
      by = [Math.round(x - from[0]), Math.round(y - from[1])];
      const rect = { ...bounds, x: bounds.x + by[0], y: bounds.y + by[1] };
      const near = held.ctrl ? null : snap(rect, others, REACH / stage.viewport.get().zoom);
      if (near) by = [Math.round(by[0] + near.by[0]), Math.round(by[1] + near.by[1])];
      stage.guides.set(near?.guides ?? []);
      if (held.alt) showCopies(stage, board, clip, by);
      else if (copying) workspace.session({ ghost: null });
      copying = held.alt;
      const shift = ([sx, sy]: Point): Point => [sx + by[0], sy + by[1]];
      moved.set(new Map(held.alt ? [] : [...started].map(([key, at]): [Id, Point] => [key, shift(at)])));
    },
    drop() {
      if (over) return;
      const positions = Object.fromEntries(moved.get());
      // the board first: between the two the nodes would jump back for a frame
      if (copying) duplicateBy(workspace, clip, by);
      else workspace.run('move', (current) => move(current, { positions }));
      end();
    },
  };
}

const boxOf = (board: Board, id: Id): Rect | null =>
  rectOf(board, new Map(), id) ?? noteRect(board, new Map(), id);

/** What stays where it is, in view: no more of the board is looked at in every move. */
function standing(stage: Stage, board: Board, moving: ReadonlyMap<Id, Point>): Rect[] {
  const view = viewRect(stage.viewport.get());
  return [...nodesIn(board, new Map(), view), ...Object.keys(board.notes)]
    .filter((id) => !moving.has(id))
    .flatMap((id) => boxOf(board, id) ?? []);
}

/** What copies are made of: all that would move, and the groups that would move as a whole. */
function copied(board: Board, stage: Stage, moving: ReadonlyMap<Id, Point>, id: Id) {
  const { groups } = stage.workspace.use.getState().session.selection;
  const own = stage.workspace.projection().groups.get(id) ?? id;
  const keys = [...moving.keys()];
  return {
    nodes: keys.filter((key) => key in board.nodes),
    notes: keys.filter((key) => key in board.notes),
    groups: [...groups, ...(board.groups[own] ? [own] : [])],
  };
}

function showCopies({ workspace }: Stage, board: Board, clip: Clip, by: Point): void {
  let count = 0;
  const { patch } = paste(board, { clip, by, newId: () => `ghost ${count++}`, inGroups: true });
  workspace.session({ ghost: patch });
}

/**
 * Drags as React Flow tells of them. It takes a press for a drag only after some way, and leaves that way out;
 * so how far things go is worked out here, from where the pointer was pressed.
 */
export function createNodeDrag(stage: Stage) {
  let pressed: Point = [0, 0];
  let drag: Drag | null = null;
  const at = ({ clientX, clientY }: { clientX: number; clientY: number }): Point =>
    stage.workspace.view!.at([clientX, clientY]);
  return {
    press(event: { clientX: number; clientY: number }): void {
      pressed = at(event);
    },
    start(id: Id): void {
      drag = startDrag(stage, id, pressed);
    },
    move(event: MouseEvent | TouchEvent): void {
      const point = 'touches' in event ? event.touches[0] : event;
      if (point) drag?.move(at(point), { alt: event.altKey, ctrl: event.ctrlKey || event.metaKey });
    },
    drop(): void {
      drag?.drop();
      drag = null;
    },
  };
}
