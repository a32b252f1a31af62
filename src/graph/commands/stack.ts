/** Which note lies over which: to the front and to the back. */

import type { Id } from '../fields.ts';
import { levelOf, stackedNotes } from '../held.ts';
import { type Patch, squashPatches } from '../patch.ts';
import type { Board } from '../schema.ts';
import { setFields } from './nodes.ts';

/** Puts notes over all others, or behind all others and the cards; among themselves they keep their order. */
export function restack(board: Board, args: { notes: readonly Id[]; to: 'front' | 'back' }): Patch {
  const moving = stackedNotes(board).filter(({ id }) => args.notes.includes(id));
  const levels = Object.values(board.notes)
    .filter((note) => !moving.includes(note))
    .map(levelOf);
  const lowest =
    args.to === 'front'
      ? levels.reduce((top, level) => Math.max(top, level + 1), 0)
      : levels.reduce((bottom, level) => Math.min(bottom, level), 0) - moving.length;
  return squashPatches(
    moving.map(({ id }, i) =>
      setFields(board, { collection: 'notes', ids: [id], fields: { z: lowest + i || undefined } }),
    ),
  );
}
