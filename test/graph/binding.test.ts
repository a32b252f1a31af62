import { expect, test } from 'vitest';
import { type Board, type BoardNode, bindingOf, normaliseName } from '../../src/graph/index.ts';

const node = (id: string, name: string, more: Partial<BoardNode> = {}): BoardNode => ({
  id,
  name,
  kind: 'service',
  position: [0, 0],
  ...more,
});
const boardOf = (
  nodes: BoardNode[],
  edges: [string, string, string][] = [],
): Pick<Board, 'nodes' | 'edges'> => ({
  nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
  edges: Object.fromEntries(
    edges.map(([id, source, target]) => [id, { id, source, target, kind: 'call' as const }]),
  ),
});

test.each([
  ['Cart_Service', 'cart-service'],
  ['cart.service', 'cart-service'],
  [' cart  service ', 'cart-service'],
  ['cart-._service', 'cart-service'],
  ['cart', 'cart'],
])('%j is normalised to %j', (name, expected) => expect(normaliseName(name)).toBe(expected));

test.each([
  ['the name itself', [node('a', 'cart')], 'cart', 'a'],
  ['another case and separators', [node('a', 'Cart Service')], 'cart_service', 'a'],
  ['a name that it goes by', [node('a', 'Cart', { match: { names: ['cart-svc'] } })], 'cart.svc', 'a'],
  ['exactly before nearly', [node('a', 'Cart'), node('b', 'cart')], 'cart', 'b'],
  ['two nodes of one name: neither', [node('a', 'cart'), node('b', 'cart')], 'cart', null],
  ['three likewise', [node('a', 'x'), node('b', 'x'), node('c', 'x')], 'x', null],
  ['two nearly of one name: neither', [node('a', 'Cart A'), node('b', 'cart_a')], 'CART-A', null],
  [
    'what a person listed goes before what another is called',
    [node('a', 'c'), node('b', 'd', { match: { names: ['c'] } })],
    'c',
    'b',
  ],
  [
    'two of one name, and one is said to be meant',
    [node('a', 'cart'), node('b', 'cart', { match: { names: ['cart'] } })],
    'cart',
    'b',
  ],
  [
    'listed by two: neither, whoever is called so',
    [
      node('a', 'c', { match: { names: ['x'] } }),
      node('b', 'd', { match: { names: ['x'] } }),
      node('e', 'x'),
    ],
    'x',
    null,
  ],
  ['named twice by itself', [node('a', 'cart', { match: { names: ['cart', 'Cart'] } })], 'Cart', 'a'],
  ['nobody', [node('a', 'cart')], 'till', null],
  ['a word of JavaScript', [node('a', 'cart')], 'constructor', null],
])('%s', (_, nodes, name, expected) => {
  expect(bindingOf(boardOf(nodes)).node(name)).toBe(expected);
});

test('the edges between two names: the direct ones, else both hops through a queue', () => {
  const nodes = [node('a', 'a'), node('b', 'b'), node('q', 'q', { kind: 'queue' }), node('s', 's')];
  const ids = (board: Pick<Board, 'nodes' | 'edges'>, source: string, target: string) =>
    bindingOf(board)
      .edges(source, target)
      .map((edge) => edge.id);
  const hops = [
    ['publish', 'a', 'q'],
    ['consume', 'q', 'b'],
  ] as [string, string, string][];
  expect(ids(boardOf(nodes, hops), 'a', 'b')).toEqual(['publish', 'consume']);
  expect(ids(boardOf(nodes, [...hops, ['direct', 'a', 'b']]), 'a', 'b')).toEqual(['direct']);
  expect(ids(boardOf(nodes, hops), 'b', 'a')).toEqual([]);
  expect(ids(boardOf(nodes, [['publish', 'a', 'q']]), 'a', 'b')).toEqual([]);
  expect(
    ids(
      boardOf(nodes, [
        ['x', 'a', 's'],
        ['y', 's', 'b'],
      ]),
      'a',
      'b',
    ),
  ).toEqual([]);
  expect(ids(boardOf(nodes, [...hops, ['again', 'a', 'q']]), 'a', 'b')).toEqual([
    'publish',
    'consume',
    'again',
  ]);
  expect(ids(boardOf(nodes, hops), 'a', 'nobody')).toEqual([]);
});
