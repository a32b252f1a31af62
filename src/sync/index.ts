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
export type { Journal, SaveState } from './journal.ts';
export { StorageError } from './reasons.ts';
export type { Role, Seat, SeatOptions, TakeOver } from './seat.ts';
export { type BoardEntry, openShelf, type Shelf, type ShelfOptions } from './shelf.ts';
export { joinBoard } from './tabs.ts';
