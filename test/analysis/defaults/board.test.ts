import { expect, test } from 'vitest';
import { audit, auditBoard, type NodeConfig, nodesOf } from '../../../src/analysis/index.ts';
import { always, reading } from '../reading.ts';
import { drawn } from './drawn.ts';

const subject = { type: 'node', id: 'n' } as const;
const kinds = (config: NodeConfig) => audit(subject, config).map(({ kind, name }) => [kind, name]);

test('findings come in the order in which they can hurt, and what is noted after its like', () => {
  const board = drawn({
    orders: { kind: 'topic', to: ['packer'] },
    packer: {
      kind: 'worker',
      config: {
        system: 'Kafka consumer',
        version: '3.7',
        values: {
          'fetch.min.bytes': '1048576',
          'fetch.max.wait.ms': '2000',
          'max.poll.records': '500',
          'session.timeout.ms': '10000',
          'heartbeat.intervall.ms': '3000',
          'group.id': 'packing',
        },
        reasons: { 'fetch.min.bytes': { owner: 'Ada', reason: 'fewer requests' } },
      },
      to: ['db'],
    },
    shop: { kind: 'service', instances: 20, config: { system: 'HikariCP', values: {} }, to: ['db'] },
    db: { kind: 'database', config: { system: 'PostgreSQL', values: { max_connections: '100' } } },
  });
  const found = auditBoard(board, []);
  expect(found.map(({ finding }) => [finding.kind, 'name' in finding ? finding.name : ''])).toEqual([
    ['too many connections', ''],
    ['unknown key', 'heartbeat.intervall.ms'],
    ['deviates', 'fetch.max.wait.ms'],
    ['old default', 'session.timeout.ms'],
    ['deviates', 'fetch.min.bytes'],
  ]);
  expect(found.at(-1)!.noted).toEqual({ owner: 'Ada', reason: 'fewer requests' });
  expect(found.every(({ weight }, i) => weight <= (found[i - 1]?.weight ?? 100))).toBe(true);
  expect(nodesOf(found[0]!.finding, board)).toEqual(['db']);
});

test('a batch that takes too long stands first, and leads to both ends', () => {
  const board = drawn({
    orders: { kind: 'topic', to: ['packer'] },
    packer: { kind: 'worker', config: { system: 'Kafka consumer', values: { 'max.poll.records': '5000' } } },
  });
  const took = reading({
    subject: { type: 'edge', id: 'orders-packer' },
    value: always(100),
    side: 'callee',
  });
  const [first] = auditBoard(board, [took]);
  expect(first).toMatchObject({ weight: 100, finding: { kind: 'slow polls' } });
  expect(nodesOf(first!.finding, board)).toEqual(['orders', 'packer']);
});

test('what holds for a part of a file only is known by its own name, and weighs less than what holds for all', () => {
  const values = {
    'location /a > proxy_read_timeout': '5s',
    proxy_read_timeout: '60s',
    'server > prxy_buffering': 'off',
  };
  expect(kinds({ system: 'nginx', values })).toEqual([
    ['deviates', 'location /a > proxy_read_timeout'],
    ['redundant', 'proxy_read_timeout'],
    ['unknown key', 'server > prxy_buffering'],
  ]);
});

test.each([
  ['nginx', 'server > prxy_buffering', 'server > proxy_buffering'],
  ['Kafka consumer', 'fetch.min.byte', 'fetch.min.bytes'],
  ['Kafka broker', 'KAFKA_NUM_NETWORK_THREDS', 'KAFKA_NUM_NETWORK_THREADS'],
  ['Spring Boot', 'spring.datasource.hikari.maximum-pool-sise', 'spring.datasource.hikari.maximum-pool-size'],
  [
    'Spring Boot',
    'spring.kafka.consumer.properties.fetch.min.byte',
    'spring.kafka.consumer.properties.fetch.min.bytes',
  ],
  ['Spring Boot', 'SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SISE', 'SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE'],
])('%s: %s is likely %s, and renamed it is known', (system, name, rename) => {
  const [found] = audit(subject, { system, values: { [name]: '5' } });
  expect(found).toMatchObject({ kind: 'unknown key', rename });
  expect(audit(subject, { system, values: { [rename]: '5' } })[0]?.kind).not.toBe('unknown key');
});

test('the version of one of several systems stands behind its name', () => {
  const config = { system: 'Kafka consumer 2.8, HikariCP 5.1', values: { 'session.timeout.ms': '10000' } };
  expect(audit(subject, config)).toMatchObject([{ kind: 'redundant', version: '2.8' }]);
});
