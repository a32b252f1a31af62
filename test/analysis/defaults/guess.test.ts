import { expect, test } from 'vitest';
import { CATALOGUE, systemOf } from '../../../src/analysis/index.ts';

const set = (...names: string[]) => Object.fromEntries(names.map((name) => [name, '1']));

test.each([
  [['fetch.min.bytes'], 'Kafka consumer'],
  [['group.id', 'bootstrap.servers', 'max.poll.records'], 'Kafka consumer'],
  [['linger.ms', 'acks', 'batch.size'], 'Kafka producer'],
  [['broker.id', 'num.io.threads', 'log.dirs'], 'Kafka broker'],
  [['KAFKA_NODE_ID', 'KAFKA_PROCESS_ROLES', 'KAFKA_NUM_PARTITIONS'], 'Kafka broker'],
  [['shared_buffers', 'work_mem', 'max_connections'], 'PostgreSQL'],
  [['max_connections', 'innodb_buffer_pool_size', 'skip-name-resolve'], 'MySQL'],
  [['maxmemory', 'maxmemory-policy', 'timeout'], 'Redis'],
  [['vm_memory_high_watermark.relative', 'heartbeat'], 'RabbitMQ'],
  [['maximumPoolSize', 'minimumIdle'], 'HikariCP'],
  [['worker_connections', 'server > proxy_read_timeout'], 'nginx'],
  [['timeout client', 'timeout server', 'retries'], 'HAProxy'],
  [['-XX:MaxRAMPercentage', '-XX:UseG1GC'], null],
  [['timeout'], null],
  [['max_connections'], null],
  [['interval', 'colour', 'size'], null],
  [['spring.datasource.hikari.maximum-pool-size', 'spring.application.name'], null],
  [['PORT', 'DATABASE_URL', 'REDIS_TIMEOUT'], null],
  [[], null],
])('%j is of %s', (names, system) => {
  expect(systemOf(set(...names))).toBe(system);
});

test('all keys of a system together tell it', () => {
  for (const { name, keys, prefixes = [] } of CATALOGUE)
    if (!prefixes.includes('xx'))
      expect([name, null], name).toContain(systemOf(set(...keys.map(({ key }) => key))));
});
