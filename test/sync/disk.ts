/** A disk that can be broken, and a page that edits a board on it. */
import { expect, vi } from 'vitest';
import { addNode, applyPatch, type Board, type Patch } from '../../src/graph/index.ts';
import { openShelf, type SaveState, type Shelf } from '../../src/sync/index.ts';

let clock = 1000;
/** Every look at the clock is a millisecond later. */
const now = () => ++clock;
export const lastLook = () => clock;
export const openOn = (factory: IDBFactory, more: { compactEvery?: number } = {}) =>
  openShelf({ indexedDB: factory, now, retryAfter: 5, ...more });

/** A board being edited: each edit goes to the journal as the workspace would send it. */
export function editing(shelf: Shelf, start: Board) {
  let board = start;
  const journal = shelf.journal(board.id);
  const states: SaveState['state'][] = [];
  journal.subscribe(({ state }) => states.push(state));
  return {
    journal,
    states,
    board: () => board,
    edit(change: Patch): void {
      const applied = applyPatch(board, change);
      board = applied.board;
      journal.append(applied.patch, board);
    },
    add(id: string): void {
      this.edit(addNode(board, { id, kind: 'service', position: [0, 0] }));
    },
  };
}

export async function kept(factory: IDBFactory, id = 'b'): Promise<Board> {
  const shelf = await openOn(factory);
  const loaded = await shelf.load(id);
  shelf.close();
  if (!loaded?.ok) throw new Error(`not loaded: ${JSON.stringify(loaded)}`);
  expect(loaded.repairs).toEqual([]);
  return loaded.board;
}

/** Writes straight into the database, as a crash, another program or another version may. */
export async function tamper(
  factory: IDBFactory,
  store: string,
  value: unknown,
  key?: IDBValidKey,
): Promise<void> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = factory.open('chalkline');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  await new Promise<void>((resolve) => {
    const tx = db.transaction(store, 'readwrite');
    tx.objectStore(store).put(value, key);
    tx.oncomplete = () => resolve();
  });
  db.close();
}

export const breakNextPuts = (times: number, error: () => DOMException) => {
  let left = times;
  for (const method of ['put', 'add'] as const) {
    const real = IDBObjectStore.prototype[method];
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...args) {
      if (left-- > 0) throw error();
      return real.apply(this, args);
    });
  }
};
export const quota = () => new DOMException('full', 'QuotaExceededError');
