import { expect, test } from 'vitest';
import {
  addNode,
  addNote,
  applyLayout,
  applyPatch,
  type Board,
  connect,
  emptyBoard,
  group,
  mark,
  move,
  type Patch,
  type Point,
  remove,
  restack,
  setFields,
  setLocked,
  ungroup,
} from '../../src/graph/index.ts';
import { changeWords } from '../../src/panels/chrome/change-words.ts';

const two = () => {
  let board = emptyBoard('b');
  for (const [id, x] of [
    ['checkout', 0],
    ['payments', 400],
  ] as const)
    board = applyPatch(board, addNode(board, { id, kind: 'service', name: id, position: [x, 0] })).board;
  board = applyPatch(board, connect(board, { id: 'e', source: 'checkout', target: 'payments' })).board;
  board = applyPatch(board, addNote(board, { id: 'n', text: 'odd', position: [0, 300] })).board;
  return applyPatch(board, group(board, { id: 'g', name: 'shop', nodes: ['checkout'] })).board;
};

/** Applies a change to the two services and says it. */
function said(change: (board: ReturnType<typeof two>) => Patch): string {
  const before = two();
  const { board, patch } = applyPatch(before, change(before));
  return changeWords(board, patch);
}

test('a change is said with the names of what it is about', () => {
  expect(
    said((board) => addNode(board, { id: 'n', kind: 'queue', name: 'orders', position: [0, 200] })),
  ).toBe('queue orders added');
  expect(said((board) => move(board, { positions: { checkout: [8, 0] } }))).toBe('checkout moved');
  expect(said((board) => remove(board, { nodes: ['payments'] }))).toBe('payments removed');
  expect(said((board) => remove(board, { edges: ['e'] }))).toBe('checkout to payments disconnected');
  expect(
    said((board) => mark(board, { id: 'm', subject: { type: 'edge', id: 'e' }, status: 'suspected', at: 1 })),
  ).toBe('checkout to payments suspected');
});

test('what holds, hides and lies over what is said, too', () => {
  const fields = (of: 'nodes' | 'groups' | 'notes', id: string, set: object) => (board: Board) =>
    setFields(board, { collection: of, ids: [id], fields: set });
  expect(said(fields('nodes', 'checkout', { pinned: true }))).toBe('checkout pinned');
  expect(said(fields('nodes', 'checkout', { name: 'till' }))).toBe('checkout is now till');
  expect(said((board) => setLocked(board, { ids: ['checkout', 'n'], locked: true }))).toBe(
    'checkout locked; note locked',
  );
  expect(said((board) => group(board, { id: 'h', name: 'money', nodes: ['payments'] }))).toBe(
    'group money added; payments in group money',
  );
  expect(said(fields('groups', 'g', { collapsed: true }))).toBe('group shop collapsed');
  expect(said(fields('groups', 'g', { name: 'store' }))).toBe('shop is now store');
  expect(said((board) => ungroup(board, { groups: ['g'] }))).toBe(
    'group shop taken apart; checkout out of the group',
  );
  expect(said((board) => restack(board, { notes: ['n'], to: 'back' }))).toBe('note sent to the back');
  expect(said(fields('notes', 'n', { text: 'slow' }))).toBe('note says slow');
  expect(said((board) => remove(board, { notes: ['n'] }))).toBe('note removed');
  const route = { source: [0, 0] as Point, target: [400, 0] as Point, points: [[0, 0] as Point] };
  expect(
    said((board) => applyLayout(board, { positions: { payments: [500, 0] }, routes: { e: route } })),
  ).toBe('payments moved');
});

test('many are counted, not named', () => {
  const board = emptyBoard('b');
  const added = Object.fromEntries(
    Array.from({ length: 5 }, (_, i) => [
      `n${i}`,
      { id: `n${i}`, kind: 'service' as const, name: `s${i}`, position: [0, 0] as [number, number] },
    ]),
  );
  expect(changeWords(board, { nodes: { added } })).toBe('5 parts added');
});
