/** The commands of divide and conquer, as patches that can be taken back. */
import { expect, test } from 'vitest';
import {
  applyPatch,
  type Board,
  beginExperiment,
  emptyBoard,
  invertPatch,
  measureExperiment,
  type Part,
  type Patch,
  partKey,
  partsOut,
  putBack,
  removeExperiment,
  type Snapshot,
  takeOut,
  tellExperiment,
  withdrawExperiment,
} from '../../src/graph/index.ts';
import { wrongWith } from './valid.ts';

const CART: Part = { type: 'node', id: 'cart' };
const START: Board = {
  ...emptyBoard('b'),
  nodes: { cart: { id: 'cart', name: 'cart', kind: 'service', position: [0, 0] } },
};
const snapshot = (id: string): Snapshot => ({ id, name: id, at: 1, window: 1, readings: [] });

/** Does one thing after another, and checks that each can be taken back. */
function after(board: Board, ...commands: ((board: Board) => Patch)[]): Board {
  return commands.reduce((now, command) => {
    const { board: next, patch, refused } = applyPatch(now, command(now));
    expect(refused).toEqual([]);
    expect(wrongWith(next)).toEqual([]);
    expect(applyPatch(next, invertPatch(patch)).board).toEqual(now);
    return next;
  }, board);
}

const begun = after(START, (board) =>
  beginExperiment(board, { id: 'x', part: CART, action: 'stubbed', at: 5, before: snapshot('s1') }),
);

test('an experiment is begun with what was measured, and its part is out until it is put back', () => {
  expect(begun.experiments.x).toEqual({ id: 'x', part: CART, action: 'stubbed', at: 5, before: 's1' });
  expect(partsOut(begun)).toEqual([]);
  const out = after(begun, (board) => takeOut(board, { id: 'x', at: 7 }));
  expect(partsOut(out)).toEqual([{ part: CART, action: 'stubbed' }]);
  const back = after(out, (board) => putBack(board, { id: 'x', at: 9 }));
  expect(partsOut(back)).toEqual([]);
  expect(back.experiments.x).toMatchObject({ since: 7, until: 9 });
  const again = after(back, (board) => takeOut(board, { id: 'x', at: 11 }));
  expect(again.experiments.x).toMatchObject({ since: 11 });
  expect(partsOut(again)).toHaveLength(1);
});

test('measuring again leaves no snapshot behind that nothing names', () => {
  const measured = after(
    begun,
    (board) => measureExperiment(board, { id: 'x', side: 'after', snapshot: snapshot('s2') }),
    (board) => measureExperiment(board, { id: 'x', side: 'after', snapshot: snapshot('s3') }),
  );
  expect(Object.keys(measured.snapshots).sort()).toEqual(['s1', 's3']);
  const shared = after(
    measured,
    (board) =>
      beginExperiment(board, { id: 'y', part: CART, action: 'stopped', at: 6, before: snapshot('s3') }),
    (board) => measureExperiment(board, { id: 'x', side: 'after', snapshot: snapshot('s4') }),
    (board) => removeExperiment(board, { id: 'x' }),
  );
  expect(Object.keys(shared.snapshots)).toEqual(['s3']);
  expect(Object.keys(shared.experiments)).toEqual(['y']);
});

test('what a person says is kept, and a step can be withdrawn and taken up again', () => {
  const told = after(begun, (board) =>
    tellExperiment(board, { id: 'x', fields: { outcome: 'gone', note: 'It was the cart.' } }),
  );
  expect(told.experiments.x).toMatchObject({ outcome: 'gone', note: 'It was the cart.' });
  const withdrawn = after(told, (board) => withdrawExperiment(board, { id: 'x', withdrawn: true }));
  expect(withdrawn.experiments.x).toMatchObject({ withdrawn: true });
  expect(after(withdrawn, (board) => withdrawExperiment(board, { id: 'x', withdrawn: false }))).toEqual(told);
});

test('several parts are the same in any order', () => {
  const [a, b] = [
    { type: 'edge', id: 'e' },
    { type: 'instance', id: 'cart', instance: 'cart-1' },
  ] as const;
  expect(partKey({ type: 'several', parts: [a, b] })).toBe(partKey({ type: 'several', parts: [b, a] }));
  expect(partKey(a)).not.toBe(partKey({ type: 'node', id: 'e' }));
});
