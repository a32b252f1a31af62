import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLLECTIONS, loadBoard, serializeBoard } from '../../src/graph/index.ts';
import { boardArbitrary } from './board.ts';

test('random boards are boards: written and read again they are the same, unrepaired', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      expect(loadBoard(JSON.parse(serializeBoard(board)), 'other')).toEqual({ ok: true, board, repairs: [] });
    }),
  );
});

test('random boards hold records of every kind', () => {
  const seen = new Set(
    fc
      .sample(boardArbitrary(), 100)
      .flatMap((board) => COLLECTIONS.filter((name) => Object.keys(board[name]).length > 0)),
  );
  expect([...seen].sort()).toEqual([...COLLECTIONS].sort());
});
