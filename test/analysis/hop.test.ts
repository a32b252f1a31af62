import { describe, expect, it } from 'vitest';
import { hopOf } from '../../src/analysis/index.ts';
import {
  type Board,
  type BoardEdge,
  emptyBoard,
  type Metric,
  type NodeKind,
  type Reading,
  type Subject,
} from '../../src/graph/index.ts';
import { always, reading } from './reading.ts';

const KINDS: Record<string, NodeKind> = {
  shop: 'service',
  kiosk: 'service',
  orders: 'queue',
  packer: 'worker',
  mailer: 'worker',
};
const EDGES: readonly (readonly [string, string, BoardEdge['kind']])[] = [
  ['shop', 'orders', 'publish'],
  ['kiosk', 'orders', 'publish'],
  ['orders', 'packer', 'consume'],
  ['orders', 'mailer', 'consume'],
  ['shop', 'kiosk', 'publish'],
];

function board(): Board {
  const drawn = emptyBoard('b', 'Orders');
  for (const [id, kind] of Object.entries(KINDS)) drawn.nodes[id] = { id, kind, name: id, position: [0, 0] };
  for (const [source, target, kind] of EDGES) {
    const id = `${source}-${target}`;
    drawn.edges[id] = { id, source, target, kind };
  }
  return drawn;
}

const on = (subject: Subject, ms: number, change: Partial<Reading> = {}) =>
  reading({ subject, value: always(ms), ...change });
const edge = (id: string): Subject => ({ type: 'edge', id });
const queue: Subject = { type: 'node', id: 'orders' };

function hop(subject: Subject, readings: readonly Reading[]) {
  const of = ({ id }: Subject) => readings.filter((each) => each.subject.id === id);
  const best = (each: Subject, metric: Metric) =>
    of(each).find((one) => one.metric === metric && one.instance === null) ?? null;
  return hopOf(board(), subject, { best, of, q: 0.95 });
}
const told = (subject: Subject, readings: readonly Reading[]) =>
  hop(subject, readings)?.segments.map(({ figure, isEstimate, worstOf }) => [
    figure?.value ?? null,
    isEstimate,
    worstOf,
  ]);

describe('the way of a message', () => {
  it('is published, waits and is processed; of several the worst is told', () => {
    const readings = [
      on(edge('shop-orders'), 4),
      on(edge('kiosk-orders'), 9),
      on(queue, 700, { metric: 'queue wait' }),
      on(edge('orders-packer'), 60),
    ];
    expect(told(queue, readings)).toEqual([
      [9, false, { measured: 2, of: 2 }],
      [700, false, null],
      [60, false, { measured: 1, of: 2 }],
    ]);
    expect(told(edge('shop-orders'), readings)?.[0]).toEqual([4, false, null]);
    expect(told(edge('orders-packer'), readings)?.[2]).toEqual([60, false, null]);
  });

  it('what nobody measured is unknown', () => {
    expect(told(queue, [])).toEqual([
      [null, false, null],
      [null, false, null],
      [null, false, null],
    ]);
  });

  it('waits as long as the lag says where nobody measured the wait, and that is an estimate', () => {
    const lag = reading({ subject: queue, metric: 'lag time', value: 12_000 });
    expect(told(queue, [lag])?.[1]).toEqual([12_000, true, null]);
    const ofConsumers = [
      reading({ subject: edge('orders-packer'), metric: 'lag time', value: 3000 }),
      reading({ subject: edge('orders-mailer'), metric: 'lag time', value: 8000 }),
    ];
    expect(told(queue, ofConsumers)?.[1]).toEqual([8000, true, { measured: 2, of: 2 }]);
    expect(told(queue, [...ofConsumers, on(queue, 50, { metric: 'queue wait' })])?.[1]).toEqual([
      50,
      false,
      null,
    ]);
  });

  it('processing is what the consumer took, not what the queue saw', () => {
    const consume = edge('orders-packer');
    const readings = [on(consume, 900, { side: 'caller' }), on(consume, 60, { side: 'callee' })];
    expect(told(consume, readings)?.[2]).toEqual([60, false, null]);
  });

  it('is only there where something carries messages', () => {
    expect(hop({ type: 'node', id: 'shop' }, [])).toBeNull();
    expect(hop(edge('gone'), [])).toBeNull();
  });

  it('through a queue that nobody drew is told of its one edge', () => {
    const direct = edge('shop-kiosk');
    const readings = [
      on(direct, 3, { side: 'caller' }),
      on(direct, 40, { side: 'callee' }),
      on(direct, 700, { metric: 'queue wait' }),
    ];
    expect(hop(direct, readings)?.carrier).toBeNull();
    expect(told(direct, readings)).toEqual([
      [3, false, null],
      [700, false, null],
      [40, false, null],
    ]);
    expect(told(direct, readings.slice(1))?.[0]).toEqual([null, false, null]);
    expect(hop(direct, readings.slice(0, 2))).toBeNull();
  });
});
