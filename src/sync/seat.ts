/** What a tab brings to a board that other tabs may show too, and what it gets. */
import type { Board, Milliseconds, Patch } from '../graph/index.ts';
import type { SaveState } from './journal.ts';

export type Role = 'joining' | 'writer' | 'follower';
export type TakeOver = { ok: true } | { ok: false; reason: string };

export type SeatOptions = {
  /** Names this tab among the others. */
  tab: string;
  /** The board as last saved, or null when it can't be had; what is shown then stays. */
  load(): Promise<Board | null>;
  /** What this tab shows. */
  board(): Board;
  /** Saves what is not saved yet and says how that went. */
  flush(): Promise<SaveState>;
  /** Show this board in place of what is shown. */
  onBoard(board: Board): void;
  /** The writer changed the board. */
  onPatch(patch: Patch, seq: number): void;
  /** Only a writer may change the board. A writer has been given its board before it is told. */
  onRole(role: Exclude<Role, 'joining'>): void;
  /** The browser's own when left out. */
  locks?: LockManager | undefined;
  openChannel?: ((name: string) => BroadcastChannel) | undefined;
  /** How long a writer may take to answer, before its lock is stolen; ten times that to save. */
  patience?: Milliseconds;
};

export type Seat = {
  role(): Role;
  /** True where the browser cannot tell tabs of each other: this tab writes, and another would too. */
  readonly single: boolean;
  /** Tells followers of a change; of no effect in a follower. */
  publish(patch: Patch): void;
  /** Becomes the writer, once the present one has saved everything. */
  takeOver(): Promise<TakeOver>;
  /** Saves, lets go of the lock, hears nothing more. */
  leave(): Promise<void>;
};
