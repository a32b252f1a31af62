import { describe, expect, test } from 'vitest';
import {
  type Board,
  type BoardNode,
  bindObserved,
  emptyBoard,
  type Observed,
  type Reading,
} from '../../src/graph/index.ts';

const node = (id: string, name = id, kind: BoardNode['kind'] = 'service'): BoardNode => ({
  id,
  name,
  kind,
  position: [0, 0],
});
const edge = (id: string, source: string, target: string, kind: Board['edges'][string]['kind'] = 'call') => ({
  id,
  source,
  target,
  kind,
});
const byId = <T extends { id: string }>(...records: T[]) =>
  Object.fromEntries(records.map((record) => [record.id, record]));
const reading = (id: string, more: Partial<Reading> = {}): Reading => ({
  subject: { type: 'edge', id },
  metric: 'latency',
  value: { type: 'samples', values: [10, 20] },
  at: 1000,
  window: 1000,
  instance: null,
  instances: null,
  side: 'caller',
  samples: 2,
  provenance: { source: 'push', label: 'Pushed', simulated: false },
  ...more,
});

const board: Board = {
  ...emptyBoard('b'),
  nodes: byId(
    node('1', 'Checkout'),
    { ...node('2', 'Pay'), match: { names: ['payments'] } },
    node('3', 'db'),
  ),
  edges: byId(edge('12', '1', '2'), edge('23', '2', '3', 'query')),
};

const observe = (readings: Reading[], more: Partial<Observed> = {}): Observed => ({
  nodes: byId(node('a', 'checkout'), node('b', 'payments'), node('c', 'stranger')),
  edges: byId(edge('ab', 'a', 'b'), edge('bc', 'b', 'c')),
  readings,
  ...more,
});

describe('what was seen is spoken of on the board', () => {
  test('by name, by another name, and what nobody drew is told with its rate', () => {
    const rate = reading('bc', { metric: 'rate', value: 3, side: null });
    const { readings, unbound } = bindObserved(board, observe([reading('ab'), reading('bc'), rate]));
    expect(readings).toEqual([reading('12')]);
    expect(unbound).toEqual([{ source: 'payments', target: 'stranger', kind: 'call', rate: 3 }]);
  });

  test('a node of the file is found by another of its own names', () => {
    const seen = observe([reading('ab')], {
      nodes: byId({ ...node('a', 'x'), match: { names: ['checkout'] } }, node('b', 'pay')),
      edges: byId(edge('ab', 'a', 'b')),
    });
    expect(bindObserved(board, seen).readings).toEqual([reading('12')]);
  });

  test('one edge drawn where two were seen: samples are pooled, rates added, errors of one kept', () => {
    const seen = observe(
      [
        reading('ab'),
        reading('ab2', { value: { type: 'samples', values: [15] }, samples: 1 }),
        reading('ab', { metric: 'rate', value: 2 }),
        reading('ab2', { metric: 'rate', value: 1 }),
      ],
      { edges: byId(edge('ab', 'a', 'b'), edge('ab2', 'a', 'b', 'query')) },
    );
    expect(bindObserved(board, seen).readings).toEqual([
      reading('12', { value: { type: 'samples', values: [10, 15, 20] }, samples: 3 }),
      reading('12', { metric: 'rate', value: 3, samples: 4 }),
    ]);
  });

  test('where two drawn edges would fit, neither is taken', () => {
    const two = { ...board, edges: byId(edge('12', '1', '2', 'query'), edge('12b', '1', '2', 'publish')) };
    const { readings, unbound } = bindObserved(two, observe([reading('ab')]));
    expect(readings).toEqual([]);
    expect(unbound.map(({ source }) => source)).toEqual(['checkout', 'payments']);
  });

  test('instances and operations stay apart', () => {
    const seen = observe([
      reading('ab', { instance: 'a-1' }),
      reading('ab', { instance: 'a-2' }),
      reading('ab', { operation: 'GET /' }),
    ]);
    expect(bindObserved(board, seen).readings).toHaveLength(3);
  });
});
