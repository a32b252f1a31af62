import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { diffBoards, emptyBoard, setTitle } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { breakNextPuts, editing, kept, lastLook, openOn, quota, tamper } from './disk.ts';

afterEach(() => vi.restoreAllMocks());

test('what was called saved is there after the page is gone', async () => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  page.add('n1');
  expect(page.journal.state()).toEqual({ state: 'saving', since: null });
  await page.journal.flush();
  expect(page.journal.state()).toEqual({ state: 'saved', since: lastLook() });
  expect(await kept(factory)).toEqual(page.board());
});

test('any boards in a row, with any compaction, are the last board after a reload', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(boardArbitrary({ nodes: 4, edges: 4 }), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.boolean(), { maxLength: 6 }),
      async (boards, compactEvery, flushes) => {
        const factory = new IDBFactory();
        const shelf = await openOn(factory, { compactEvery });
        await shelf.create(emptyBoard('b'));
        const page = editing(shelf, emptyBoard('b'));
        for (const [i, next] of boards.entries()) {
          page.edit(diffBoards(page.board(), { ...next, id: 'b' }));
          if (flushes[i]) await page.journal.flush();
        }
        await page.journal.flush();
        shelf.close();
        expect(await kept(factory)).toEqual(page.board());
      },
    ),
    { numRuns: 40 },
  );
});

test('saved is said after the transaction is complete, never before', async () => {
  const shelf = await openOn(new IDBFactory());
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  const events: string[] = [];
  const real = IDBDatabase.prototype.transaction;
  const durabilities: unknown[] = [];
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...args) {
    durabilities.push(args[2]?.durability);
    const tx = real.apply(this, args);
    tx.addEventListener('complete', () => events.push('complete'));
    return tx;
  });
  page.journal.subscribe(({ state }) => events.push(state));
  page.add('n1');
  await page.journal.flush();
  expect(events).toEqual(['saving', 'complete', 'saved']);
  expect(durabilities).toEqual(['strict']);
});

test('patches that come while a transaction is under way go into the next one together', async () => {
  const shelf = await openOn(new IDBFactory());
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  for (let i = 0; i < 100; i++) page.add(`n${i}`);
  await page.journal.flush();
  expect(transactions).toHaveBeenCalledTimes(2);
});

test('an edit made the moment the save is announced is saved, too', async () => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  let again = true;
  page.journal.subscribe(({ state }) => {
    if (state === 'saved' && again) {
      again = false;
      page.add('late');
    }
  });
  page.add('n1');
  await vi.waitFor(() => {
    expect(again).toBe(false);
    expect(page.journal.state().state).toBe('saved');
  });
  expect(await kept(factory)).toEqual(page.board());
});

test.each([
  ['a full disk', quota, /disk space/],
  ['a broken off write', () => new DOMException('gone', 'AbortError'), /broke off/],
  ['an unknown error', () => new DOMException('flux', 'UnknownError'), /flux/],
])('%s: unsaved is said with the reason, nothing is lost, and it is saved later', async (_, error, words) => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  page.add('n0');
  await page.journal.flush();
  breakNextPuts(4, error);
  page.add('n1');
  await page.journal.flush();
  const failed = page.journal.state();
  expect(failed.state).toBe('unsaved');
  expect(failed.reason).toMatch(words);
  page.add('n2');
  expect(Object.keys((await kept(factory)).nodes)).toEqual(['n0']);
  await vi.waitFor(() => expect(page.journal.state().state).toBe('saved'));
  expect(page.states).toEqual(['saving', 'saved', 'saving', 'unsaved', 'saved']);
  expect(page.journal.state()).not.toHaveProperty('reason');
  expect(await kept(factory)).toEqual(page.board());
});

test('a transaction aborted after its writes succeeded counts as failed', async () => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  const real = IDBObjectStore.prototype.add;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementationOnce(function (this: IDBObjectStore, ...args) {
    const request = real.apply(this, args);
    request.addEventListener('success', () => this.transaction.abort());
    return request;
  });
  page.add('n1');
  await page.journal.flush();
  expect(page.journal.state().state).toBe('unsaved');
  await page.journal.flush();
  expect(page.journal.state().state).toBe('saved');
  expect(await kept(factory)).toEqual(page.board());
});

test('a database that the browser closed is opened again', async () => {
  const factory = new IDBFactory();
  let current: IDBDatabase | undefined;
  const real = factory.open.bind(factory);
  vi.spyOn(factory, 'open').mockImplementation((...args) => {
    const request = real(...args);
    request.addEventListener('success', () => {
      current = request.result;
    });
    return request;
  });
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  current?.close();
  page.add('n1');
  await vi.waitFor(() => expect(page.journal.state().state).toBe('saved'));
  expect(await kept(factory)).toEqual(page.board());
});

test('site data cleared under an open board: the next save writes the whole board', async () => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  page.add('n1');
  await page.journal.flush();
  await new Promise((resolve) => {
    factory.deleteDatabase('chalkline').onsuccess = resolve;
  });
  page.add('n2');
  await page.journal.flush();
  expect(page.journal.state().state).toBe('saved');
  expect(await kept(factory)).toEqual(page.board());
});

test('blocked storage: the shelf opens, says why, and the journal keeps everything', async () => {
  const factory = new IDBFactory();
  let blocked = true;
  const real = factory.open.bind(factory);
  vi.spyOn(factory, 'open').mockImplementation((...args) => {
    if (blocked) throw new DOMException('denied', 'SecurityError');
    return real(...args);
  });
  const shelf = await openOn(factory);
  await expect(shelf.list()).rejects.toThrow(/blocks storage/);
  await expect(shelf.create(emptyBoard('b'))).rejects.toThrow(/blocks storage/);
  const page = editing(shelf, emptyBoard('b'));
  page.add('n1');
  await page.journal.flush();
  expect(page.journal.state()).toMatchObject({ state: 'unsaved', since: null });
  blocked = false;
  await vi.waitFor(() => expect(page.journal.state().state).toBe('saved'));
  expect(await kept(factory)).toEqual(page.board());
});

test('a closed shelf says that what follows is unsaved', async () => {
  const shelf = await openOn(new IDBFactory());
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  shelf.close();
  page.add('n1');
  await page.journal.flush();
  expect(page.journal.state()).toMatchObject({ state: 'unsaved', reason: expect.stringMatching(/Reload/) });
});

test('a torn record is left out and named; what is whole is loaded', async () => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  for (const id of ['n1', 'n2', 'n3']) {
    page.add(id);
    await page.journal.flush();
  }
  await tamper(factory, 'patches', { at: 1, patch: { nodes: { added: { n2: { id: 'n2' } } } } }, ['b', 2]);
  await tamper(factory, 'patches', 'torn', ['b', 4]);
  await tamper(factory, 'patches', { at: 1, patch: { title: ['a', 'Late'] } }, ['b', 7]);
  const loaded = await shelf.load('b');
  if (!loaded?.ok) throw new Error('not loaded');
  expect(Object.keys(loaded.board.nodes)).toEqual(['n1', 'n3']);
  expect(loaded.board.title).toBe('Late');
  const paths = loaded.repairs.map(({ path }) => path);
  expect(paths).toContain('journal.2.nodes.added.n2.name');
  expect(paths).toContain('journal.4');
  expect(loaded.repairs.find(({ path }) => path === 'journal.5')?.reason).toMatch(/up to 6 are missing/);
});

test('a board of a newer version opens for reading and is never overwritten', async () => {
  const factory = new IDBFactory();
  const shelf = await openOn(factory);
  await shelf.create(emptyBoard('b'));
  const page = editing(shelf, emptyBoard('b'));
  const newer = { ...emptyBoard('b', 'From the future'), schema: 99, dreams: {} };
  await tamper(factory, 'snapshots', { seq: 0, board: newer }, 'b');
  await tamper(factory, 'entries', { id: 'b', title: 't', updatedAt: 1, nodes: 0, schema: 99 });
  page.add('n1');
  await page.journal.flush();
  expect(page.journal.state()).toMatchObject({ state: 'unsaved', reason: expect.stringMatching(/newer/) });
  const loaded = await shelf.load('b');
  expect(loaded).toMatchObject({
    ok: false,
    reason: 'newer',
    version: 99,
    board: { title: 'From the future' },
  });
  await expect(shelf.create(emptyBoard('b'))).rejects.toThrow(/already/);
});

test('two pages that write one board against the rules overwrite nothing of each other', async () => {
  const factory = new IDBFactory();
  const [one, two] = [await openOn(factory, { compactEvery: 2 }), await openOn(factory, { compactEvery: 2 })];
  await one.create(emptyBoard('b'));
  await two.load('b');
  const first = editing(one, emptyBoard('b'));
  const second = editing(two, emptyBoard('b'));
  for (let i = 0; i < 5; i++) {
    first.add(`one${i}`);
    await first.journal.flush();
    second.add(`two${i}`);
    await second.journal.flush();
  }
  expect(Object.keys((await kept(factory)).nodes).sort()).toEqual(
    [0, 1, 2, 3, 4].flatMap((i) => [`one${i}`, `two${i}`]).sort(),
  );
});

test('the shelf lists, makes and removes boards', async () => {
  const shelf = await openOn(new IDBFactory());
  expect(await shelf.list()).toEqual([]);
  await shelf.create(emptyBoard('a', 'First'));
  await shelf.create(emptyBoard('b', 'Second'));
  await expect(shelf.create(emptyBoard('b'))).rejects.toThrow(/already/);
  const page = editing(shelf, emptyBoard('a', 'First'));
  page.add('n1');
  page.edit(setTitle(page.board(), { title: 'Renamed' }));
  await page.journal.flush();
  expect(await shelf.list()).toEqual([
    { id: 'a', title: 'Renamed', updatedAt: expect.any(Number), nodes: 1 },
    { id: 'b', title: 'Second', updatedAt: expect.any(Number), nodes: 0 },
  ]);
  page.add('n2');
  await shelf.remove('a');
  expect(await shelf.load('a')).toBeNull();
  expect((await shelf.list()).map(({ id }) => id)).toEqual(['b']);
});
