/** The boards kept on this device. */
import {
  applyPatch,
  type Board,
  type EpochMs,
  type Fault,
  type Id,
  type Loaded,
  loadBoard,
  type Milliseconds,
  parsePatch,
} from '../graph/index.ts';
import { connect, type Database, type StoredEntry } from './database.ts';
import { createJournal, entryOf, type Journal, patchKeys } from './journal.ts';
import { reasonOf, StorageError } from './reasons.ts';

export type BoardEntry = Omit<StoredEntry, 'schema'>;

export type ShelfOptions = {
  databaseName?: string;
  /** The browser's own when left out. */
  indexedDB?: IDBFactory;
  now(): EpochMs;
  /** Patches kept before a snapshot takes their place. */
  compactEvery?: number;
  /** First wait after a failed write. */
  retryAfter?: Milliseconds;
};

/** Whatever fails here rejects with a StorageError whose message is for the person at the screen. */
export type Shelf = {
  /** Last changed first. */
  list(): Promise<BoardEntry[]>;
  /**
   * The board as last saved, or null when there is none. `repairs` names each change that could not be read
   * and was left out (`journal.17…`). The page is taken to show this board from now on: the journal may put
   * it, with the changes appended since, in the place of what is on disk.
   */
  load(id: Id): Promise<Loaded | null>;
  /** Keeps a new board. A board of the same id is never overwritten. */
  create(board: Board): Promise<void>;
  remove(id: Id): Promise<void>;
  /** The journal of a board that was loaded or created here; always the same one for an id. */
  journal(id: Id): Journal;
  /** Ends the connection; a journal that is still unsaved says so. Flush first. */
  close(): void;
};

/**
 * Opens the shelf. Never rejects: where storage is blocked, `list`, `load` and `create` reject with the
 * reason, and journals stay unsaved, keep everything and go on trying.
 */
export async function openShelf(options: ShelfOptions): Promise<Shelf> {
  const { databaseName = 'chalkline', now, compactEvery = 200, retryAfter = 500 } = options;
  const connection = connect(databaseName, options.indexedDB ?? browserStorage());
  const journals = new Map<Id, ReturnType<typeof createJournal>>();
  const heldSeqs = new Map<Id, number>();
  await connection.read(async () => {}).catch(() => {});

  function hold(id: Id, seq: number): void {
    heldSeqs.set(id, seq);
    journals.get(id)?.hold(seq);
  }

  return {
    list: () =>
      inWords(async () => {
        const entries = await connection.read((tx) => tx.objectStore('entries').getAll());
        return entries.map(({ schema: _, ...entry }) => entry).sort((a, b) => b.updatedAt - a.updatedAt);
      }),

    load: (id) =>
      inWords(async () => {
        const stored = await connection.read(async (tx) => {
          const patches = tx.objectStore('patches');
          const [snapshot, keys, values] = await Promise.all([
            tx.objectStore('snapshots').get(id),
            patches.getAllKeys(patchKeys(id)),
            patches.getAll(patchKeys(id)),
          ]);
          return { snapshot, steps: keys.map(([, seq], i) => ({ seq, stored: values[i] })) };
        });
        if (!stored.snapshot) return null;
        hold(id, stored.steps.at(-1)?.seq ?? stored.snapshot.seq);
        return replay(id, stored.snapshot, stored.steps);
      }),

    create: (board) =>
      inWords(async () => {
        await connection.write(async (tx) => {
          if (await tx.objectStore('entries').get(board.id))
            throw new StorageError(`A board with the id "${board.id}" is kept on this device already.`);
          await Promise.all([
            tx.objectStore('snapshots').put({ seq: 0, board }, board.id),
            tx.objectStore('patches').delete(patchKeys(board.id)),
            tx.objectStore('entries').put(entryOf(board, now())),
          ]);
        });
        hold(board.id, 0);
      }),

    remove: (id) =>
      inWords(async () => {
        journals.get(id)?.forget();
        journals.delete(id);
        heldSeqs.delete(id);
        await connection.write(async (tx) => {
          await Promise.all([
            tx.objectStore('entries').delete(id),
            tx.objectStore('snapshots').delete(id),
            tx.objectStore('patches').delete(patchKeys(id)),
          ]);
        });
      }),

    journal(id) {
      const known = journals.get(id);
      if (known) return known;
      const heldSeq = heldSeqs.get(id) ?? null;
      const journal = createJournal({ id, connection, now, heldSeq, compactEvery, retryAfter });
      journals.set(id, journal);
      return journal;
    },

    close() {
      for (const journal of journals.values()) journal.stop();
      connection.close();
    },
  };
}

/** Reading `indexedDB` itself throws where a page may not store anything. */
function browserStorage(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError(reasonOf(error), { cause: error });
  }
}

type Step = { seq: number; stored: Database['patches']['value'] | undefined };

function replay(id: Id, snapshot: Database['snapshots']['value'], steps: readonly Step[]): Loaded {
  const loaded = loadBoard(snapshot.board, id);
  if (!loaded.ok && loaded.reason === 'faults') return loaded;
  const leftOut: Fault[] = [];
  let { board } = loaded;
  let last = snapshot.seq;
  for (const { seq, stored } of steps) {
    if (seq <= snapshot.seq) continue;
    if (seq !== last + 1)
      leftOut.push({ path: `journal.${last + 1}`, reason: `changes up to ${seq - 1} are missing` });
    last = seq;
    const parsed = parsePatch(stored?.patch);
    const applied = parsed.ok ? applyPatch(board, parsed.patch) : null;
    if (applied) board = applied.board;
    for (const fault of parsed.ok ? (applied?.refused ?? []) : parsed.faults)
      leftOut.push({
        path: ['journal', seq, fault.path].filter((p) => p !== '').join('.'),
        reason: `${fault.reason}; change left out`,
      });
  }
  return loaded.ok ? { ...loaded, board, repairs: [...loaded.repairs, ...leftOut] } : { ...loaded, board };
}
