/**
 * The journal of one open board: patches wait in a queue until a transaction that holds them is complete.
 * What is appended while a transaction is under way goes into the next one together. After a failure
 * everything unsaved stays queued and is tried again, later and later.
 */
import {
  type Board,
  type EpochMs,
  type Id,
  isEmptyPatch,
  type Milliseconds,
  type Patch,
  SCHEMA_VERSION,
} from '../graph/index.ts';
import type { Connection, StoredEntry, WriteTransaction } from './database.ts';
import { reasonOf, StorageError } from './reasons.ts';

export type SaveState = {
  /** `unsaved` when the last try failed; then `reason` says why and what to do next. */
  state: 'saved' | 'saving' | 'unsaved';
  /** When the disk last held everything; null when it has not since the board was opened. */
  since: EpochMs | null;
  reason?: string;
};

export type Journal = {
  /** Takes a change that has happened, and the board after it. */
  append(patch: Patch, board: Board): void;
  state(): SaveState;
  /** Told of every change of state. Returns the end of it. */
  subscribe(listener: (state: SaveState) => void): () => void;
  /** Tries at once; resolves when all is saved or the try has failed: `state` says which. Never rejects. */
  flush(): Promise<void>;
};

export type JournalOptions = {
  id: Id;
  connection: Connection;
  now(): EpochMs;
  /** Seq of the last patch on disk that this page's board holds; null when it has not been read here. */
  heldSeq: number | null;
  /** Patches on disk before they are replaced by a snapshot. */
  compactEvery: number;
  /** First wait after a failure; doubled up to LONGEST_WAIT. */
  retryAfter: Milliseconds;
};

const LONGEST_WAIT: Milliseconds = 30_000;

export const patchKeys = (id: Id): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

export const entryOf = (board: Board, updatedAt: EpochMs): StoredEntry => ({
  id: board.id,
  title: board.title,
  updatedAt,
  nodes: Object.keys(board.nodes).length,
  schema: board.schema,
});

/** Seq of the last patch or snapshot on disk; null when the board isn't there. */
async function lastSeq(tx: WriteTransaction, id: Id): Promise<{ last: number; base: number } | null> {
  const snapshot = await tx.objectStore('snapshots').get(id);
  if (!snapshot) return null;
  const cursor = await tx.objectStore('patches').openKeyCursor(patchKeys(id), 'prev');
  return { last: Math.max(snapshot.seq, cursor ? cursor.key[1] : 0), base: snapshot.seq };
}

export function createJournal(options: JournalOptions): Journal & {
  /** The board has been read or written anew: what it holds, from here on. */
  hold(seq: number): void;
  /** No further tries by itself. */
  stop(): void;
  /** The board is gone from the shelf: gives up what is queued, too. */
  forget(): void;
} {
  const { id, connection, now, compactEvery, retryAfter } = options;
  const listeners = new Set<(state: SaveState) => void>();
  let queue: Patch[] = [];
  let latest: Board | null = null;
  let held = options.heldSeq;
  let state: SaveState = { state: 'saved', since: null };
  let draining = false;
  let drained: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wait = retryAfter;
  let stopped = false;
  /** Out of room: a snapshot may need less than the journal it replaces, or more. Tried in turn. */
  let preferSnapshot: boolean | null = null;

  function say(next: SaveState): void {
    if (next.state === state.state && next.since === state.since && next.reason === state.reason) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  function start(): Promise<void> {
    if (timer) clearTimeout(timer);
    if (!draining && queue.length > 0) {
      draining = true;
      drained = drain();
    }
    return drained;
  }

  async function drain(): Promise<void> {
    if (state.state === 'saved') say({ state: 'saving', since: state.since });
    while (queue.length > 0 && latest) {
      const batch = queue;
      const board = latest;
      try {
        held = await connection.write((tx) => write(tx, batch, board));
      } catch (error) {
        return fail(error);
      }
      queue = queue.slice(batch.length);
      preferSnapshot = null;
      wait = retryAfter;
    }
    draining = false;
    say({ state: 'saved', since: now() });
  }

  function fail(error: unknown): void {
    draining = false;
    if (queue.length === 0) return;
    if ((error as { name?: string } | null)?.name === 'QuotaExceededError') preferSnapshot = !preferSnapshot;
    if (!stopped) timer = setTimeout(start, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    say({ state: 'unsaved', since: state.since, reason: reasonOf(error) });
  }

  /** @returns the seq that the board here holds all patches up to; null when the disk has others' too. */
  async function write(tx: WriteTransaction, batch: readonly Patch[], board: Board): Promise<number | null> {
    const entries = tx.objectStore('entries');
    const snapshots = tx.objectStore('snapshots');
    const patches = tx.objectStore('patches');
    const stored = await entries.get(id);
    if (stored && stored.schema > SCHEMA_VERSION)
      throw new StorageError(
        'A newer Chalkline has written this board. Export it as a file if it has changes, then reload the page.',
      );
    const seqs = await lastSeq(tx, id);
    const last = seqs?.last ?? 0;
    const inStep = seqs === null || last === held;
    const due = last + batch.length - (seqs?.base ?? 0) >= compactEvery;
    const next = last + batch.length;
    if (seqs === null || (inStep && (preferSnapshot ?? due))) {
      await Promise.all([
        snapshots.put({ seq: next, board }, id),
        patches.delete(patchKeys(id)),
        entries.put(entryOf(board, now())),
      ]);
      return next;
    }
    await Promise.all([
      ...batch.map((patch, i) => patches.add({ at: now(), patch }, [id, last + 1 + i])),
      entries.put(entryOf(board, now())),
    ]);
    return inStep ? next : null;
  }

  function stop(): void {
    stopped = true;
    if (timer) clearTimeout(timer);
  }

  return {
    append(patch, board) {
      if (isEmptyPatch(patch)) return;
      queue = [...queue, patch];
      latest = board;
      // While a failure waits for its retry, the patch just joins the queue.
      if (state.state !== 'unsaved') start();
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush: start,
    hold(seq) {
      if (queue.length === 0) held = seq;
    },
    stop,
    forget() {
      stop();
      queue = [];
    },
  };
}
