/** Commands of the investigation: suspicions on nodes and edges. */

import type { Id } from '../fields.ts';
import type { Patch } from '../patch.ts';
import type { Subject } from '../reading.ts';
import type { Board, Mark, MarkStatus } from '../schema.ts';
import type { EpochMs } from '../units.ts';

/** The mark on a subject; there is at most one. */
export function markOn(board: Pick<Board, 'marks'>, subject: Subject): Mark | undefined {
  return Object.values(board.marks).find(
    (mark) => mark.subject.type === subject.type && mark.subject.id === subject.id,
  );
}

/** Marks a subject, or changes its mark. `id` is used for a new one. */
export function mark(
  board: Board,
  args: { id: Id; subject: Subject; status: MarkStatus; hypothesis?: string; at: EpochMs },
): Patch {
  const old = markOn(board, args.subject);
  const next: Mark = { ...(old ?? { id: args.id, subject: args.subject }), status: args.status, at: args.at };
  if (args.hypothesis !== undefined) next.hypothesis = args.hypothesis;
  if (old) return { marks: { updated: { [old.id]: [old, next] } } };
  return { marks: { added: { [next.id]: next } } };
}

/** Takes the mark off a subject; all of them where two people marked it at once. */
export function unmark(board: Board, args: { subject: Subject }): Patch {
  const { type, id } = args.subject;
  const removed = Object.values(board.marks).filter(
    ({ subject }) => subject.type === type && subject.id === id,
  );
  return removed.length > 0 ? { marks: { removed: Object.fromEntries(removed.map((m) => [m.id, m])) } } : {};
}
