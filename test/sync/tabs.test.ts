import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { addNode, applyPatch, type Board, emptyBoard } from '../../src/graph/index.ts';
import { openShelf, type Role, type SaveState, type Seat, type Shelf } from '../../src/sync/index.ts';
import { joinBoard } from '../../src/sync/tabs.ts';

let factory: IDBFactory;
let id: string;
let open: Tab[] = [];
let count = 0;

beforeEach(async () => {
  factory = new IDBFactory();
  id = `board-${++count}`;
  const shelf = await openShelf({ indexedDB: factory, now: Date.now });
  await shelf.create(emptyBoard(id));
  shelf.close();
});

afterEach(async () => {
  await Promise.all(open.map((tab) => tab.seat.leave()));
  open = [];
});

type Tab = {
  seat: Seat;
  roles: Role[];
  board(): Board;
  nodes(): string[];
  add(node: string): void;
  /** From now on this tab cannot save, with this reason. */
  breakDisk(reason: string): void;
  freeze(): void;
  crash(): void;
};

/** One browser tab with the board open, wired as the app wires it. */
async function openTab(name: string): Promise<Tab> {
  const shelf: Shelf = await openShelf({ indexedDB: factory, now: Date.now });
  let board = emptyBoard(id);
  let broken: SaveState | null = null;
  let channel: BroadcastChannel | undefined;
  let dropLock = () => {};
  const roles: Role[] = [];
  /** The real locks; a crash lets go of the tab's locks without a word, as the browser does. */
  const locks = {
    request: (lock: string, options: LockOptions, hold: (lock: Lock | null) => Promise<void>) =>
      navigator.locks.request(lock, options, (granted) =>
        Promise.race([
          hold(granted),
          new Promise<void>((resolve) => {
            dropLock = resolve;
          }),
        ]),
      ),
  } as unknown as LockManager;
  const seat = joinBoard(id, {
    tab: name,
    patience: 100,
    locks,
    openChannel: (channelName) => (channel = new BroadcastChannel(channelName)),
    async load() {
      const loaded = await shelf.load(id);
      return loaded?.ok ? loaded.board : null;
    },
    board: () => board,
    async flush() {
      if (broken) return broken;
      await shelf.journal(id).flush();
      return shelf.journal(id).state();
    },
    onBoard: (next) => {
      board = next;
    },
    onPatch: (patch) => {
      board = applyPatch(board, patch).board;
    },
    onRole: (role) => roles.push(role),
  });
  const tab: Tab = {
    seat,
    roles,
    board: () => board,
    nodes: () => Object.keys(board.nodes),
    add(node) {
      const applied = applyPatch(board, addNode(board, { id: node, kind: 'service', position: [0, 0] }));
      board = applied.board;
      shelf.journal(id).append(applied.patch, board);
      seat.publish(applied.patch);
    },
    breakDisk(reason) {
      broken = { state: 'unsaved', since: null, reason };
    },
    freeze() {
      if (channel) channel.onmessage = null;
    },
    crash() {
      if (channel) {
        channel.onmessage = null;
        channel.postMessage = () => {};
      }
      locks.request = () => new Promise<never>(() => {});
      dropLock();
    },
  };
  open.push(tab);
  await vi.waitFor(() => expect(roles.length).toBeGreaterThan(0));
  return tab;
}

const becomes = (tab: Tab, role: Role) => vi.waitFor(() => expect(tab.seat.role()).toBe(role));
const shows = (tab: Tab, nodes: string[]) => vi.waitFor(() => expect(tab.nodes()).toEqual(nodes));

test('the first tab writes, the second follows with the board as it is and every change after', async () => {
  const first = await openTab('first');
  expect(first.seat.role()).toBe('writer');
  first.add('a');
  const second = await openTab('second');
  expect(second.roles).toEqual(['follower']);
  await shows(second, ['a']);
  for (const node of ['b', 'c', 'd']) first.add(node);
  await shows(second, ['a', 'b', 'c', 'd']);
  expect(second.board()).toEqual(first.board());
});

test('a follower that takes over gets everything, and the first follows it', async () => {
  const first = await openTab('first');
  const second = await openTab('second');
  first.add('a');
  expect(await second.seat.takeOver()).toEqual({ ok: true });
  expect([first.seat.role(), second.seat.role()]).toEqual(['follower', 'writer']);
  expect(second.nodes()).toEqual(['a']);
  second.add('b');
  await shows(first, ['a', 'b']);
  expect(await first.seat.takeOver()).toEqual({ ok: true });
  first.add('c');
  await shows(second, ['a', 'b', 'c']);
});

test('a writer that cannot save keeps the board and says why', async () => {
  const first = await openTab('first');
  const second = await openTab('second');
  first.breakDisk('the disk is full');
  expect(await second.seat.takeOver()).toEqual({
    ok: false,
    reason: expect.stringMatching(/the disk is full/),
  });
  expect([first.seat.role(), second.seat.role()]).toEqual(['writer', 'follower']);
  first.add('a');
  await shows(second, ['a']);
});

test('when the writer closes or crashes, a follower writes by itself', async () => {
  const first = await openTab('first');
  const second = await openTab('second');
  const third = await openTab('third');
  first.add('a');
  await first.seat.leave();
  await becomes(second, 'writer');
  expect(second.nodes()).toEqual(['a']);
  second.add('b');
  await shows(third, ['a', 'b']);
  second.crash();
  await becomes(third, 'writer');
  third.add('c');
  expect(third.nodes()).toEqual(['a', 'b', 'c']);
});

test('with others in line, the one that asked gets it', async () => {
  const first = await openTab('first');
  const [second, third] = [await openTab('second'), await openTab('third')];
  expect(await third.seat.takeOver()).toEqual({ ok: true });
  expect([first.seat.role(), second.seat.role(), third.seat.role()]).toEqual([
    'follower',
    'follower',
    'writer',
  ]);
  expect(second.roles).toEqual(['follower']);
  third.add('a');
  await shows(second, ['a']);
  await shows(first, ['a']);
});

test('two that ask at once: never two writers, and both are answered', async () => {
  const first = await openTab('first');
  const [second, third] = [await openTab('second'), await openTab('third')];
  first.add('a');
  const answers = await Promise.all([second.seat.takeOver(), third.seat.takeOver()]);
  expect(answers).toEqual([{ ok: true }, { ok: true }]);
  const roles = () => [first, second, third].map((tab) => tab.seat.role());
  await vi.waitFor(() => expect(roles().sort()).toEqual(['follower', 'follower', 'writer']));
  await vi.waitFor(() =>
    expect([first, second, third].map((tab) => tab.nodes())).toEqual([['a'], ['a'], ['a']]),
  );
});

test('from a tab that does not answer the lock is stolen; awake again, it follows', async () => {
  const first = await openTab('first');
  const second = await openTab('second');
  first.freeze();
  expect(await second.seat.takeOver()).toEqual({ ok: true });
  await becomes(first, 'follower');
  expect(first.roles).toEqual(['writer', 'follower']);
});

test('a follower that missed a change asks for the whole board', async () => {
  const first = await openTab('first');
  const second = await openTab('second');
  await shows(second, []);
  const intruder = new BroadcastChannel(`chalkline:board:${id}`);
  intruder.postMessage({ type: 'patch', writer: 'first', seq: 9, patch: { title: ['', 'Never happened'] } });
  intruder.postMessage('nonsense');
  first.add('a');
  await shows(second, ['a']);
  expect(second.board()).toEqual(first.board());
  intruder.close();
});

test.each([
  ['has no locks', undefined],
  ['grants no locks', { request: () => Promise.reject(new DOMException('no', 'SecurityError')) }],
])('a browser that %s: this tab writes, and says that it is alone', async (_, locks) => {
  const roles: Role[] = [];
  const seat = joinBoard(id, {
    tab: 'only',
    load: async () => null,
    board: () => emptyBoard(id),
    flush: async () => ({ state: 'saved', since: null }),
    onBoard: () => {},
    onPatch: () => {},
    onRole: (role) => roles.push(role),
    locks: locks as unknown as LockManager | undefined,
  });
  await vi.waitFor(() => expect(roles).toEqual(['writer']));
  expect(seat.single).toBe(true);
  expect(await seat.takeOver()).toEqual({ ok: true });
});
