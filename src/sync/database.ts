/** The IndexedDB database: its stores, a connection that comes back after the browser closed it, durable writes. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, wrap } from 'idb';
import type { EpochMs, Id } from '../graph/index.ts';
import { reasonOf, StorageError } from './reasons.ts';

export type StoredEntry = {
  id: Id;
  title: string;
  updatedAt: EpochMs;
  nodes: number;
  /** The board's schema version: guards boards of a newer Chalkline against being written. */
  schema: number;
};

/** `board` and `patch` are what some version wrote: unknown until parsed. */
export interface Database extends DBSchema {
  entries: { key: Id; value: StoredEntry };
  /** The board as it was after the patch with this seq. */
  snapshots: { key: Id; value: { seq: number; board: unknown } };
  patches: { key: [board: Id, seq: number]; value: { at: EpochMs; patch: unknown } };
}
type StoreName = 'entries' | 'snapshots' | 'patches';
const STORES: StoreName[] = ['entries', 'snapshots', 'patches'];
export type WriteTransaction = IDBPTransaction<Database, StoreName[], 'readwrite'>;
export type ReadTransaction = IDBPTransaction<Database, StoreName[], 'readonly'>;

const VERSION = 1;

export type Connection = {
  read<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T>;
  /** Resolves only after the transaction is complete, asked to be flushed to disk. All or nothing. */
  write<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T>;
  close(): void;
};

export function connect(name: string, factory: IDBFactory | undefined): Connection {
  let open: Promise<IDBPDatabase<Database>> | null = null;
  let closed = false;

  async function database(): Promise<IDBPDatabase<Database>> {
    if (closed) throw new StorageError('This page has closed its storage. Reload it to go on.');
    const opening = (open ??= openDatabase(name, factory, forget));
    try {
      return await opening;
    } catch (error) {
      if (open === opening) open = null;
      throw error;
    }
  }

  function forget(): void {
    open = null;
  }

  async function run<T>(
    mode: 'readonly' | 'readwrite',
    work: (tx: IDBPTransaction<Database, StoreName[], typeof mode>) => Promise<T>,
  ): Promise<T> {
    const db = await database();
    const tx = begin(db, mode);
    // Watched from the start: an abort while `work` awaits something else must not go unhandled.
    const done = tx.done.then(
      () => null,
      (error: unknown) => ({ error }),
    );
    try {
      const result = await work(tx);
      const failed = await done;
      if (failed) throw failed.error;
      return result;
    } catch (error) {
      abort(tx);
      await done;
      // The transaction's own error is the cause (quota); that of a request is often just "aborted".
      throw tx.error ?? error;
    }
  }

  function begin<M extends 'readonly' | 'readwrite'>(db: IDBPDatabase<Database>, mode: M) {
    try {
      return db.transaction(STORES, mode, { durability: 'strict' });
    } catch (error) {
      // InvalidStateError: the browser closed the connection without an event. The next try opens a new one.
      db.close();
      forget();
      throw error;
    }
  }

  return {
    read: (work) => run('readonly', work as Parameters<typeof run>[1]) as ReturnType<typeof work>,
    write: (work) => run('readwrite', work as Parameters<typeof run>[1]) as ReturnType<typeof work>,
    close() {
      closed = true;
      open?.then(
        (db) => db.close(),
        () => {},
      );
      open = null;
    },
  };
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // Over already.
  }
}

function openDatabase(
  name: string,
  factory: IDBFactory | undefined,
  onLost: () => void,
): Promise<IDBPDatabase<Database>> {
  return new Promise((resolve, reject) => {
    if (!factory) throw new StorageError(reasonOf({ name: 'SecurityError' }));
    const request = factory.open(name, VERSION);
    let given = false;
    request.onupgradeneeded = () => {
      request.result.createObjectStore('entries', { keyPath: 'id' });
      request.result.createObjectStore('snapshots');
      request.result.createObjectStore('patches');
    };
    request.onblocked = () => {
      given = true;
      reject(new StorageError('Another tab holds the storage of an older Chalkline. Close the other tabs.'));
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      if (given) return db.close();
      // A newer Chalkline wants to change the stores: make way; the next write here says so.
      db.onversionchange = () => {
        db.close();
        onLost();
      };
      db.onclose = onLost;
      resolve(wrap(db) as unknown as IDBPDatabase<Database>);
    };
  });
}
