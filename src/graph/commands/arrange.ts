/** Putting things in line. What is locked holds, and the rest lines up with it. */

import type { Id } from '../fields.ts';
import { boundsOf, nodeRect, type Rect } from '../geometry.ts';
import { isLocked } from '../held.ts';
import type { Patch } from '../patch.ts';
import { type Board, COORDINATE_LIMIT, type Point } from '../schema.ts';
import { move } from './nodes.ts';

export const ALIGNMENTS = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const;
export type Alignment = (typeof ALIGNMENTS)[number];
export type Axis = 'horizontal' | 'vertical';

/** Nodes and notes that keep their places to each other: one of them alone, or a whole group. */
export type Unit = readonly Id[];

type Placed = { unit: Unit; rect: Rect; locked: boolean };

function placedUnits(board: Board, units: readonly Unit[]): Placed[] {
  return units.flatMap((unit) => {
    const rects = unit.flatMap((id) => rectOf(board, id) ?? []);
    const rect = boundsOf(rects);
    if (!rect) return [];
    return [{ unit, rect, locked: unit.some((id) => isLocked(board.nodes[id] ?? board.notes[id])) }];
  });
}

function rectOf(board: Board, id: Id): Rect | null {
  const node = board.nodes[id];
  if (node) return nodeRect(node);
  const note = board.notes[id];
  return note
    ? { x: note.position[0], y: note.position[1], width: note.size[0], height: note.size[1] }
    : null;
}

/** Lines units up along a side or a middle: of all of them, or of the locked ones where some are. */
export function align(board: Board, args: { units: readonly Unit[]; to: Alignment }): Patch {
  const placed = placedUnits(board, args.units);
  if (placed.length < 2) return {};
  const locked = placed.filter((each) => each.locked);
  const frame = boundsOf((locked.length > 0 ? locked : placed).map(({ rect }) => rect))!;
  const shifts = placed
    .filter((each) => !each.locked)
    .map(({ unit, rect }) => ({ unit, by: shiftTo(args.to, rect, frame) }));
  return moveUnits(board, shifts);
}

function shiftTo(to: Alignment, rect: Rect, frame: Rect): Point {
  if (to === 'left') return [frame.x - rect.x, 0];
  if (to === 'right') return [frame.x + frame.width - rect.x - rect.width, 0];
  if (to === 'centre') return [frame.x + frame.width / 2 - rect.x - rect.width / 2, 0];
  if (to === 'top') return [0, frame.y - rect.y];
  if (to === 'bottom') return [0, frame.y + frame.height - rect.y - rect.height];
  return [0, frame.y + frame.height / 2 - rect.y - rect.height / 2];
}

/** Makes the gaps between units equal. The first and the last stay, and so does their order. */
export function distribute(board: Board, args: { units: readonly Unit[]; axis: Axis }): Patch {
  const [start, extent] = args.axis === 'horizontal' ? (['x', 'width'] as const) : (['y', 'height'] as const);
  const placed = placedUnits(board, args.units);
  if (placed.length < 3) return {};
  const middle = ({ rect }: Placed) => rect[start] + rect[extent] / 2;
  placed.sort((a, b) => middle(a) - middle(b));
  const [first, last] = [placed[0]!.rect, placed.at(-1)!.rect];
  const taken = placed.reduce((sum, { rect }) => sum + rect[extent], 0);
  const gap = (last[start] + last[extent] - first[start] - taken) / (placed.length - 1);
  let next = first[start];
  const shifts = placed.map(({ unit, rect, locked }) => {
    const by = locked ? 0 : next - rect[start];
    next += rect[extent] + gap;
    return { unit, by: (args.axis === 'horizontal' ? [by, 0] : [0, by]) as Point };
  });
  return moveUnits(board, shifts.slice(1, -1));
}

/** In whole pixels, and on the board; the 0 added makes 0 of -0, which JSON does not keep. */
const whole = (value: number): number =>
  Math.max(-COORDINATE_LIMIT, Math.min(COORDINATE_LIMIT, Math.round(value))) + 0;

function moveUnits(board: Board, shifts: readonly { unit: Unit; by: Point }[]): Patch {
  const positions: Record<Id, Point> = {};
  for (const { unit, by } of shifts)
    for (const id of unit) {
      const at = (board.nodes[id] ?? board.notes[id])?.position;
      if (at) positions[id] = [whole(at[0] + by[0]), whole(at[1] + by[1])];
    }
  return move(board, { positions });
}
