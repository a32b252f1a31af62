import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CATALOGUE,
  type Contradiction,
  contradictions,
  floorSentence,
  latencyFloor,
  type NodeConfig,
  sentenceOf,
} from '../../../src/analysis/index.ts';
import type { Reading } from '../../../src/graph/index.ts';
import { boardArbitrary } from '../../arbitraries/board.ts';
import { always, reading } from '../reading.ts';
import { drawn, type Parts } from './drawn.ts';

const found = (parts: Parts, readings: readonly Reading[] = []): Contradiction[] =>
  contradictions(drawn(parts), readings);
const words = (parts: Parts, readings: readonly Reading[] = []) =>
  found(parts, readings).map((each) => sentenceOf(each, (id) => id));

describe('polls', () => {
  const parts: Parts = {
    orders: { kind: 'topic', to: ['packer'] },
    packer: {
      kind: 'worker',
      config: { system: 'Kafka consumer', version: '3.7', values: { 'max.poll.records': '1000' } },
    },
  };
  const took = (ms: number, side: Reading['side'] = 'callee') =>
    reading({ subject: { type: 'edge', id: 'orders-packer' }, value: always(ms), side });

  test('a batch that takes longer than the group waits', () => {
    expect(found(parts, [took(400)])).toMatchObject([
      {
        kind: 'slow polls',
        subject: { type: 'edge', id: 'orders-packer' },
        each: 400,
        isMean: true,
        total: 400_000,
      },
    ]);
    expect(words(parts, [took(400)])).toEqual([
      'max.poll.records 1000 at 400 ms each (mean) take 6 min 40 s, longer than max.poll.interval.ms 5 min (default): the consumer is thrown out of its group.',
    ]);
  });

  test('not concluded from what is quick, what is not measured, and what the broker measured', () => {
    expect(found(parts, [took(200)])).toEqual([]);
    expect(found(parts)).toEqual([]);
    expect(found(parts, [took(400, 'caller')])).toEqual([]);
  });
});

describe('connections', () => {
  const pool = (size: string) => ({ system: 'HikariCP', values: { maximumPoolSize: size } });
  const parts = (size: string): Parts => ({
    shop: { kind: 'service', instances: 3, config: pool(size), to: ['db'] },
    kiosk: { kind: 'service', config: pool('10'), to: ['db'] },
    cron: { kind: 'worker', to: ['db'] },
    db: { kind: 'database', technology: 'PostgreSQL 16' },
  });

  test('all pools together against what the database gives, by default too', () => {
    expect(found(parts('30'))).toMatchObject([
      {
        kind: 'too many connections',
        subject: { type: 'node', id: 'db' },
        total: 100,
        reserved: 3,
        limit: { value: 100, isSet: false },
      },
    ]);
    expect(words(parts('30'))).toEqual([
      'Pools may open 100 connections (shop 3 × 30, kiosk 1 × 10); max_connections 100 (default), 3 of them reserved.',
    ]);
    expect(found(parts('29'))).toEqual([]);
  });
});

describe('along a path', () => {
  const parts = (timeout: string): Parts => ({
    edge: { kind: 'gateway', config: { system: 'Envoy', values: { timeout } }, to: ['shop'] },
    shop: { kind: 'service', to: ['payments', 'orders'] },
    payments: { kind: 'service', config: { system: 'HikariCP', values: {} }, to: ['db'] },
    orders: { kind: 'queue', to: ['packer'] },
    packer: {
      kind: 'worker',
      config: { system: 'HikariCP', values: { connectionTimeout: '10min' } },
      to: ['db'],
    },
    db: { kind: 'database' },
  });

  test('what goes on after its caller gave up is found through parts that say nothing, not through queues', () => {
    expect(found(parts('15s'))).toMatchObject([
      {
        kind: 'outlived',
        caller: 'edge',
        callee: 'payments',
        path: ['edge-shop', 'shop-payments'],
        waits: { ms: 15_000 },
        works: { ms: 30_000 },
      },
    ]);
    expect(words(parts('15s'))).toEqual([
      'edge gives up after 15 s (timeout), payments after 30 s (connectionTimeout, default): it goes on with what nobody waits for.',
    ]);
    expect(found(parts('30s'))).toEqual([]);
    expect(found(parts('0'))).toEqual([]);
  });

  test('tries are counted', () => {
    const proxied = (values: Record<string, string>) =>
      found({
        edge: {
          kind: 'gateway',
          config: { system: 'Envoy', values: { timeout: '100s', idle_timeout: '9s' } },
          to: ['proxy'],
        },
        proxy: { kind: 'load balancer', config: { system: 'nginx', values }, to: ['shop'] },
        shop: { kind: 'service' },
      });
    const tries = { proxy_read_timeout: '60s', proxy_next_upstream_tries: '3' };
    expect(proxied(tries)).toMatchObject([{ kind: 'outlived', works: { ms: 180_000 } }]);
    expect(proxied({ proxy_read_timeout: '60s' })).toEqual([]);
    expect(proxied({ ...tries, proxy_next_upstream_timeout: '30s' })).toEqual([]);
  });

  test('a circle of calls ends', () => {
    expect(
      found({
        a: { kind: 'service', config: { system: 'Envoy', values: { timeout: '1s' } }, to: ['b'] },
        b: { kind: 'service', to: ['c'] },
        c: { kind: 'service', to: ['a', 'b'] },
      }),
    ).toEqual([]);
  });
});

describe('settings that must stay below others', () => {
  const on = (system: string, values: Record<string, string>, version?: string) =>
    found({ n: { kind: 'service', config: { system, values, ...(version && { version }) } } });

  test.each([
    ['Kafka consumer', { 'heartbeat.interval.ms': '20000' }, { 'heartbeat.interval.ms': '15000' }],
    [
      'Kafka producer',
      { 'delivery.timeout.ms': '30000', 'linger.ms': '1' },
      { 'delivery.timeout.ms': '30001', 'linger.ms': '1' },
    ],
    ['Kafka broker', { 'replica.fetch.wait.max.ms': '30000' }, { 'replica.fetch.wait.max.ms': '10000' }],
    [
      'Kafka broker',
      { 'min.insync.replicas': '2' },
      { 'min.insync.replicas': '2', 'default.replication.factor': '2' },
    ],
    ['HikariCP', { maxLifetime: '600000' }, { maxLifetime: '600001' }],
    [
      'PostgreSQL',
      { max_parallel_workers: '16' },
      { max_parallel_workers: '16', max_worker_processes: '16' },
    ],
  ])('%s: %j against %j', (system, bad, good) => {
    expect(on(system, bad).map(({ kind }) => kind)).toContain('contradiction');
    expect(on(system, good)).toEqual([]);
  });

  test('defaults of one system never contradict each other', () => {
    for (const system of ['Kafka consumer', 'Kafka producer', 'Kafka broker', 'HikariCP', 'PostgreSQL'])
      expect(on(system, {}), system).toEqual([]);
  });

  test('a proxy that keeps connections for longer than its upstream does', () => {
    const parts = (version: string, values: Record<string, string> = {}): Parts => ({
      proxy: { kind: 'load balancer', config: { system: 'nginx', version, values }, to: ['shop'] },
      shop: { kind: 'service', technology: 'Node.js' },
    });
    expect(words(parts('1.29.7'))).toEqual([
      'upstream.keepalive_timeout 60 s (default) should stay below server.keepAliveTimeout 5 s (default). The caller reuses connections that the other side is about to close: errors now and then.',
    ]);
    expect(found(parts('1.22'))).toEqual([]);
    expect(found(parts('1.22', { 'upstream.keepalive': '16' }))).toHaveLength(1);
    expect(found(parts('1.29.7', { 'upstream.keepalive_timeout': '4s' }))).toEqual([]);
  });

  test('a pool that keeps connections for longer than its database does, and pings that a server forbids', () => {
    expect(
      found({
        shop: { kind: 'service', config: { system: 'HikariCP', values: {} }, to: ['db'] },
        db: { kind: 'database', config: { system: 'MySQL', values: { wait_timeout: '600' } } },
      }),
    ).toMatchObject([
      { kind: 'contradiction', low: [{ key: 'maxLifetime' }], high: { key: 'wait_timeout', value: 600_000 } },
    ]);
    expect(
      found({
        shop: {
          kind: 'service',
          config: { system: 'gRPC client', values: { keepalive_time_ms: '10000' } },
          to: ['cart'],
        },
        cart: { kind: 'service', config: { system: 'gRPC server', values: {} } },
      }),
    ).toMatchObject([{ kind: 'contradiction', high: { key: 'grpc.keepalive_time_ms', value: 10_000 } }]);
  });
});

const configArbitrary: fc.Arbitrary<NodeConfig> = fc.constantFrom(...CATALOGUE).chain(({ name, keys }) =>
  fc.record({
    system: fc.constant(name),
    values: fc.dictionary(
      fc.constantFrom(...keys.map(({ key }) => key)),
      fc.oneof(
        fc.nat().map(String),
        fc.string(),
        fc.constantFrom('0', '-1', 'off', '30s', '1h', '64k', 'auto'),
      ),
    ),
  }),
);

test('any board is gone through, and what is found is said in words', () => {
  fc.assert(
    fc.property(boardArbitrary(), fc.array(configArbitrary, { minLength: 1 }), (board, configs) => {
      for (const [i, node] of Object.values(board.nodes).entries())
        node.config = configs[i % configs.length]!;
      const readings = Object.values(board.snapshots).flatMap((snapshot) => snapshot.readings);
      for (const each of contradictions(board, readings))
        expect(sentenceOf(each, (id) => id)).not.toMatch(/undefined|NaN/);
      for (const edge of Object.values(board.edges)) {
        const floor = latencyFloor(board, edge, readings);
        if (floor) expect(floorSentence(floor)).not.toMatch(/undefined|NaN/);
      }
    }),
  );
});
