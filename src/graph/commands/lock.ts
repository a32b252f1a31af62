/** What holds still. A lock holds against hands and layout alike; a pin against layout alone. */

import type { Id } from '../fields.ts';
import { type Patch, squashPatches } from '../patch.ts';
import type { Board } from '../schema.ts';
import { setFields } from './nodes.ts';

/** Locks nodes and notes, or lets them go. */
export function setLocked(board: Board, args: { ids: readonly Id[]; locked: boolean }): Patch {
  const { ids } = args;
  const fields = { locked: args.locked ? (true as const) : undefined };
  return squashPatches([
    setFields(board, { collection: 'nodes', ids, fields }),
    setFields(board, { collection: 'notes', ids, fields }),
  ]);
}
