/**
 * Carries patches to disk and to the other tabs of this browser.
 *
 *   Workspace ─ patch ─► Journal.append ─► queue ─► one IndexedDB transaction ─► complete ─► "saved"
 *                  │                         └◄─ failed: stays queued, said so, tried again ─┘
 *                  └───► Seat.publish ─► BroadcastChannel ─► followers (read-only)
 *   Shelf.load ─► snapshot + patches in order of seq ─► Board
 *
 * Invariants: nothing is called saved before its transaction is complete on disk. A transaction only ever
 * adds patches after those that are there, so no writer overwrites another, and a snapshot replaces patches
 * only when it is known to hold them all. A board written by a newer Chalkline is never written to.
 */
import type { Id } from '../graph/index.ts';
import type { Seat, SeatOptions } from './seat.ts';

export type { SaveState } from './journal.ts';
export type { Role, Seat } from './seat.ts';
export { openShelf, type Shelf } from './shelf.ts';

/** Takes a seat at a board; `onRole` tells which. Its code comes after the board is seen. */
export const joinBoard = async (id: Id, options: SeatOptions): Promise<Seat> =>
  (await import('./tabs.ts')).joinBoard(id, options);
