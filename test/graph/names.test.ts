import { expect, it } from 'vitest';
import { edgeName, emptyBoard, nodeName, subjectName } from '../../src/graph/index.ts';

const board = emptyBoard('b');
board.nodes = {
  a: { id: 'a', name: 'checkout', kind: 'service', position: [0, 0] },
  b: { id: 'b', name: '', kind: 'queue', position: [200, 0] },
  c: { id: 'c', name: 'orders', kind: 'service', position: [400, 0] },
  d: { id: 'd', name: 'orders', kind: 'topic', position: [600, 0] },
};
board.edges = {
  e: { id: 'e', source: 'a', target: 'b', kind: 'publish' },
  f: { id: 'f', source: 'c', target: 'd', kind: 'publish' },
};

it('is the name, of an edge those of its ends', () => {
  expect(nodeName(board, 'a')).toBe('checkout');
  expect(edgeName(board, 'e')).toBe('checkout → unnamed');
  expect(edgeName(board, 'e', 'to')).toBe('checkout to unnamed');
  expect(subjectName(board, { type: 'node', id: 'a' })).toBe('checkout');
  expect(subjectName(board, { type: 'edge', id: 'e' })).toBe('checkout → unnamed');
});

it('tells apart what has one name by its kind', () => {
  expect(edgeName(board, 'f')).toBe('orders (service) → orders (topic)');
});

it('has words for what was removed since', () => {
  expect(nodeName(board, 'z')).toBe('a part that is gone');
  expect(edgeName(board, 'z')).toBe('a part that is gone');
});
