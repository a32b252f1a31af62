import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floorSentence, latencyFloor } from '../../../src/analysis/index.ts';
import type { Reading } from '../../../src/graph/index.ts';
import { always, reading } from '../reading.ts';
import { drawn, type Parts } from './drawn.ts';

const floorOf = (parts: Parts, edge: string, readings: readonly Reading[] = [], messageBytes?: number) => {
  const board = drawn(parts);
  return latencyFloor(board, board.edges[edge]!, readings, messageBytes);
};
const rate = (id: string, value: number) => reading({ subject: { type: 'edge', id }, metric: 'rate', value });

describe('fetches', () => {
  const parts = (values: Record<string, string>, instances?: number): Parts => ({
    orders: { kind: 'topic', to: ['packer'] },
    packer: { kind: 'worker', config: { system: 'Kafka consumer', values }, ...(instances && { instances }) },
  });

  test('the default puts no floor: one byte is there with the first message', () => {
    expect(floorOf(parts({}), 'orders-packer', [rate('orders-packer', 1)], 100)).toBeNull();
  });

  test('bytes gather as fast as they come, for each instance, up to the longest wait', () => {
    const readings = [rate('orders-packer', 100)];
    const values = { 'fetch.min.bytes': '10000' };
    expect(floorOf(parts(values), 'orders-packer', readings, 1000)).toMatchObject({ ms: 100, upTo: 100 });
    expect(floorOf(parts(values, 2), 'orders-packer', readings, 1000)).toMatchObject({ ms: 200, upTo: 200 });
    expect(floorOf(parts(values), 'orders-packer', readings, 10)).toMatchObject({ ms: 500, upTo: 500 });
    expect(floorOf(parts(values), 'orders-packer', [rate('orders-packer', 0)], 10)).toMatchObject({
      ms: 500,
    });
  });

  test('where nobody knows how fast bytes come, the longest wait is said as such', () => {
    const floor = floorOf(parts({ 'fetch.min.bytes': '1MiB' }), 'orders-packer', [
      rate('orders-packer', 100),
    ])!;
    expect(floor).toMatchObject({ ms: 0, upTo: 500 });
    expect(floorSentence(floor)).toBe(
      'Up to 500 ms by configuration alone: the broker waits for fetch.min.bytes 1 MiB, at most fetch.max.wait.ms 500 ms (default).',
    );
  });
});

test('a producer lingers until its batch is full, in 4.0 by default', () => {
  const parts = (version: string, values: Record<string, string>): Parts => ({
    shop: { kind: 'service', config: { system: 'Kafka producer', version, values }, to: ['orders'] },
    orders: { kind: 'topic' },
  });
  const readings = [rate('shop-orders', 10)];
  expect(floorOf(parts('3.9', {}), 'shop-orders', readings, 100)).toBeNull();
  expect(floorOf(parts('4.0', {}), 'shop-orders', readings, 100)).toMatchObject({ ms: 5 });
  expect(
    floorOf(parts('4.0', { 'linger.ms': '100' }), 'shop-orders', [rate('shop-orders', 1000)], 1638.4),
  ).toMatchObject({ ms: 10 });
});

describe('pools', () => {
  const parts: Parts = {
    shop: {
      kind: 'service',
      instances: 2,
      config: { system: 'HikariCP', values: { connectionTimeout: '3s' } },
      to: ['db'],
    },
    db: { kind: 'database' },
  };
  const took = reading({ subject: { type: 'edge', id: 'shop-db' }, value: always(100), side: 'caller' });

  test('more than n ÷ time calls a second wait until they give up', () => {
    const floor = floorOf(parts, 'shop-db', [rate('shop-db', 300), took])!;
    expect(floor).toMatchObject({ ms: 3000, because: [{ kind: 'pool', load: 1.5, instances: 2 }] });
    expect(floorSentence(floor)).toBe(
      'At least 3 s by configuration alone: 300 /s of 100 ms need more connections than 2 × maximumPoolSize 10 (default).',
    );
  });

  test('as many as fit don’t, and without readings nothing is concluded', () => {
    expect(floorOf(parts, 'shop-db', [rate('shop-db', 200), took])).toBeNull();
    expect(floorOf(parts, 'shop-db', [took])).toBeNull();
    expect(floorOf(parts, 'shop-db')).toBeNull();
  });
});

test('a floor is never below none, never above what it may be, and no longer than the longest wait', () => {
  const positive = fc.integer({ min: 1, max: 1_000_000 });
  fc.assert(
    fc.property(
      positive,
      fc.nat({ max: 10_000 }),
      fc.nat({ max: 10_000 }),
      fc.option(positive),
      (bytes, wait, perSecond, size) => {
        const values = { 'fetch.min.bytes': String(bytes), 'fetch.max.wait.ms': String(wait) };
        const parts: Parts = {
          orders: { kind: 'topic', to: ['packer'] },
          packer: { kind: 'worker', config: { system: 'Kafka consumer', values } },
        };
        const floor = floorOf(parts, 'orders-packer', [rate('orders-packer', perSecond)], size ?? undefined);
        if (!floor) return;
        expect(floor.ms).toBeGreaterThanOrEqual(0);
        expect(floor.ms).toBeLessThanOrEqual(floor.upTo);
        expect(floor.upTo).toBeLessThanOrEqual(wait);
      },
    ),
  );
});
