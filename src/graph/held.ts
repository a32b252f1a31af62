/** What everything that shows a board asks of its records: what holds still, and which note lies over which. */
import type { Board, BoardNode, Note } from './schema.ts';

/** True for what a hand can neither move nor take away. */
export const isLocked = (record: BoardNode | Note | undefined): boolean => record?.locked === true;

/** Notes lie over the cards unless they were sent behind them; cards have no order. */
export const levelOf = ({ z = 0 }: Note): number => z;

/** True for a note behind the cards. */
export const isBehind = (note: Note): boolean => levelOf(note) < 0;

/** The lowest first. */
export const stackedNotes = ({ notes }: Pick<Board, 'notes'>): Note[] =>
  Object.values(notes).sort((a, b) => levelOf(a) - levelOf(b));
