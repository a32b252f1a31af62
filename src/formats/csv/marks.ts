/** Suspicions in a table. */
import { type Board, MARK_STATUSES, type Subject } from '../../graph/index.ts';
import type { ReadContext } from '../format.ts';

/** As it is written. */
export type Marked = { subject: Subject; status: string; hypothesis: string };

/** Characters of a text on a board. */
const LONGEST = 20_000;

/** Marks are drawn on the board that holds what they are on. */
export function addMarks(board: Board, marks: readonly Marked[], { newId, now }: ReadContext): void {
  for (const { subject, status, hypothesis } of marks) {
    const known = MARK_STATUSES.find((each) => each === status.toLowerCase());
    if (!known) continue;
    const id = newId();
    const said = hypothesis.slice(0, LONGEST);
    board.marks[id] = { id, subject, status: known, ...(said && { hypothesis: said }), at: now };
  }
}
