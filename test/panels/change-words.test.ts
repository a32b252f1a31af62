import { expect, test } from 'vitest';
import {
  addNode,
  applyPatch,
  connect,
  emptyBoard,
  mark,
  move,
  type Patch,
  remove,
} from '../../src/graph/index.ts';
import { changeWords } from '../../src/panels/chrome/change-words.ts';

const two = () => {
  let board = emptyBoard('b');
  for (const [id, x] of [
    ['checkout', 0],
    ['payments', 400],
  ] as const)
    board = applyPatch(board, addNode(board, { id, kind: 'service', name: id, position: [x, 0] })).board;
  return applyPatch(board, connect(board, { id: 'e', source: 'checkout', target: 'payments' })).board;
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
