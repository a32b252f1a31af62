import { describe, expect, it } from 'vitest';
import { type Board, emptyBoard } from '../../src/graph/index.ts';
import { faultText, targetsOf } from '../../src/panels/sources/fault-targets.ts';

const board: Board = {
  ...emptyBoard('b'),
  nodes: {
    c: { id: 'c', name: 'shopper', kind: 'client', position: [0, 0] },
    s: { id: 's', name: 'checkout', kind: 'service', position: [300, 0] },
    q: { id: 'q', name: 'orders', kind: 'queue', position: [600, 0] },
    w: { id: 'w', name: 'fulfilment', kind: 'worker', position: [900, 0] },
  },
  edges: {
    cs: { id: 'cs', source: 'c', target: 's', kind: 'call' },
    sq: { id: 'sq', source: 's', target: 'q', kind: 'publish' },
    qw: { id: 'qw', source: 'q', target: 'w', kind: 'consume' },
  },
};
const names = (type: Parameters<typeof targetsOf>[1]) => targetsOf(board, type).map(([, name]) => name);

describe('faults of the simulator', () => {
  it('strike only what can have them', () => {
    expect(names('slow service')).toEqual(['checkout', 'fulfilment']);
    expect(names('slow consumer')).toEqual(['fulfilment', 'orders']);
    expect(names('slow link')).toEqual(['checkout → orders', 'orders → fulfilment', 'shopper → checkout']);
  });

  it('are said in words, with what they strike', () => {
    expect(faultText(board, { type: 'slow link', edge: 'cs', by: 250 })).toBe(
      'slow link on shopper → checkout, by 250 ms',
    );
    expect(faultText(board, { type: 'exhausted pool', node: 's' })).toBe('exhausted pool on checkout');
  });
});
