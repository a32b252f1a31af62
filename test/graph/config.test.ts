import { expect, test } from 'vitest';
import {
  applyPatch,
  type Board,
  type BoardNode,
  emptyBoard,
  isEmptyPatch,
  noteConfigKey,
  renameConfigKey,
  setConfig,
  takeConfig,
} from '../../src/graph/index.ts';

type Config = NonNullable<BoardNode['config']>;

function boardWith(config?: Config): Board {
  const board = emptyBoard('b');
  board.nodes.n = { id: 'n', name: 'packer', kind: 'worker', position: [0, 0], ...(config && { config }) };
  return board;
}
const after = (board: Board, patch: Parameters<typeof applyPatch>[1]) =>
  applyPatch(board, patch).board.nodes.n!.config;

const before: Config = {
  system: 'Kafka consumer',
  version: '3.7',
  values: { a: '1', b: '2' },
  reasons: { a: { owner: 'Ada' }, b: { reason: 'fewer requests' } },
};

test('what is read takes the place of what was there, and notes on what stays are kept', () => {
  const board = boardWith(before);
  const read = { system: 'Kafka consumer', values: { a: '3', c: '4' } };
  expect(after(board, takeConfig(board, { id: 'n', read, add: false }))).toEqual({
    ...read,
    reasons: { a: { owner: 'Ada' } },
  });
});

test('what is read is added: of the same system, or of another, named with its version', () => {
  const board = boardWith(before);
  const take = (read: Pick<Config, 'system' | 'version' | 'values'>) =>
    after(board, takeConfig(board, { id: 'n', read, add: true }));
  expect(take({ system: 'Kafka consumer', version: '3.8', values: { b: '5' } })).toEqual({
    ...before,
    version: '3.8',
    values: { a: '1', b: '5' },
  });
  expect(take({ system: 'HikariCP', version: '5.1', values: { c: '5' } })).toEqual({
    system: 'Kafka consumer 3.7, HikariCP 5.1',
    values: { a: '1', b: '2', c: '5' },
    reasons: before.reasons,
  });
  expect(take({ system: '', values: { c: '5' } })).toMatchObject({
    system: 'Kafka consumer',
    version: '3.7',
  });
});

test('a key is renamed in its place, with its note; over one that is there it takes its place', () => {
  const board = boardWith(before);
  const renamed = after(board, renameConfigKey(board, { id: 'n', from: 'a', to: 'z' }))!;
  expect(Object.entries(renamed.values)).toEqual([
    ['z', '1'],
    ['b', '2'],
  ]);
  expect(renamed.reasons).toEqual({ z: { owner: 'Ada' }, b: { reason: 'fewer requests' } });
  expect(after(board, renameConfigKey(board, { id: 'n', from: 'a', to: 'b' }))!.values).toEqual({ b: '1' });
  expect(isEmptyPatch(renameConfigKey(board, { id: 'n', from: 'x', to: 'y' }))).toBe(true);
});

test('a note of nothing is none, and so is a config of nothing', () => {
  const board = boardWith(before);
  expect(
    after(board, noteConfigKey(board, { id: 'n', key: 'a', note: { owner: 'Bo', reason: 'why' } }))!.reasons,
  ).toEqual({
    a: { owner: 'Bo', reason: 'why' },
    b: { reason: 'fewer requests' },
  });
  const one = boardWith({ system: 'x', values: { a: '1' }, reasons: { a: { owner: 'Ada' } } });
  expect(after(one, noteConfigKey(one, { id: 'n', key: 'a', note: {} }))).toEqual({
    system: 'x',
    values: { a: '1' },
  });
  expect(isEmptyPatch(noteConfigKey(board, { id: 'n', key: 'x', note: { owner: 'Ada' } }))).toBe(true);
  expect(after(one, setConfig(one, { id: 'n', config: { system: '', values: {} } }))).toBeUndefined();
});
