import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  audit,
  CATALOGUE,
  type KeyFinding,
  type NodeConfig,
  sentenceOf,
} from '../../../src/analysis/index.ts';
import type { Subject } from '../../../src/graph/index.ts';

const node: Subject = { type: 'node', id: 'n' };
const line = (
  system: string,
  version: string | undefined,
  name: string,
  text: string,
): KeyFinding | undefined =>
  audit(node, { system, ...(version !== undefined && { version }), values: { [name]: text } })[0];

/** System, version, key, value → what is found, with the default, and which way it points or since when it is another. */
test.each<[string, string | undefined, string, string, KeyFinding['kind'], string?, string?]>([
  ['Kafka consumer', '3.7', 'fetch.min.bytes', '1048576', 'deviates', '1', 'hurting'],
  ['Kafka consumer', '3.7', 'fetch.max.wait.ms', '100', 'deviates', '500', 'other'],
  ['Kafka consumer', '3.7', 'session.timeout.ms', '10000', 'old default', '45000', '3.0'],
  ['Kafka consumer', '2.8', 'session.timeout.ms', '10000', 'redundant', '10000'],
  ['Kafka consumer', undefined, 'session.timeout.ms', '10000', 'old default', '45000', '3.0'],
  ['Kafka consumer', '0.9', 'max.poll.records', '500', 'unknown default'],
  ['Kafka consumer', '3.7', 'max.poll.records', 'lots', 'unreadable', '500'],
  ['Kafka producer', '4.0', 'linger.ms', '0', 'old default', '5', '4.0'],
  ['Kafka producer', '3.9', 'linger.ms', '0', 'redundant', '0'],
  ['Kafka producer', '3.9', 'linger.ms', '50', 'deviates', '0', 'hurting'],
  ['Kafka producer', '3.9', 'acks', '-1', 'redundant', 'all'],
  ['Kafka producer', '3.9', 'acks', '1', 'old default', 'all', '3.0'],
  ['Kafka producer', '3.1.0', 'enable.idempotence', 'false', 'redundant', 'false'],
  ['Kafka broker', '3.9', 'KAFKA_NUM_IO_THREADS', '2', 'deviates', '8', 'hurting'],
  ['Kafka broker', '2.4', 'replica.lag.time.max.ms', '10000', 'redundant', '10000'],
  ['Kafka broker', '4.0', 'num.recovery.threads.per.data.dir', '1', 'old default', '2', '4.0'],
  ['RabbitMQ', '3.13', 'max_message_size', '134217728', 'redundant', '134217728'],
  ['RabbitMQ', '4.0.5', 'max_message_size', '128MiB', 'old default', '16777216', '4.0'],
  ['RabbitMQ', '3.10.8', 'vm_memory_high_watermark.relative', '40%', 'redundant', '0.4'],
  ['RabbitMQ', '4.1', 'disk_free_limit.absolute', '50MB', 'redundant', '50MB'],
  ['HikariCP', '5.1', 'maximumPoolSize', '50', 'deviates', '10', 'unclear'],
  ['HikariCP', '5.1', 'connectionTimeout', '30s', 'redundant', '30000'],
  ['HikariCP', '6.3', 'keepaliveTime', '0', 'old default', '120000', '6.2.1'],
  ['Tomcat', '10.1', 'server.tomcat.threads.max', '20', 'deviates', '200', 'unclear'],
  ['Tomcat', '10.1', 'maxConnections', '10000', 'old default', '8192', '8.5'],
  ['nginx', '1.29.7', 'proxy_http_version', '1.0', 'old default', '1.1', '1.29.7'],
  ['nginx', '1.22', 'proxy_read_timeout', '60', 'redundant', '60s'],
  ['nginx', '1.22', 'keepalive_requests', '100', 'old default', '1000', '1.19.10'],
  ['nginx', '1.22', 'proxy_buffering', 'off', 'deviates', 'on', 'hurting'],
  ['Envoy', '1.30', 'max_connections', '1024', 'redundant', '1024'],
  ['Envoy', '1.30', 'num_retries', '5', 'deviates', '1', 'hurting'],
  ['Envoy', '1.30', 'timeout', '0s', 'deviates', '15s', 'unclear'],
  ['HAProxy', '2.8', 'timeout connect', '5s', 'deviates', 'infinite', 'other'],
  ['HAProxy', '2.8', 'retries', '3', 'redundant', '3'],
  ['gRPC client', '1.60', 'grpc.keepalive_time_ms', '10000', 'deviates', '2147483647', 'unclear'],
  ['gRPC server', '1.60', 'grpc.http2.max_ping_strikes', '2', 'redundant', '2'],
  ['Go net/http', '1.22', 'MaxIdleConnsPerHost', '2', 'redundant', '2'],
  ['Go net/http', '1.22', 'IdleConnTimeout', '90000000000', 'redundant', '90s'],
  ['Node.js http', '18', 'globalAgent.keepAlive', 'true', 'deviates', 'false', 'other'],
  ['Node.js http', '22', 'server.requestTimeout', '0', 'old default', '300000', '18'],
  ['PostgreSQL', '16', 'shared_buffers', '16384', 'redundant', '128MB'],
  ['PostgreSQL', '18', 'effective_io_concurrency', '1', 'old default', '16', '18'],
  ['PostgreSQL', '16', 'random_page_cost', '1.1', 'deviates', '4', 'unclear'],
  ['PostgreSQL', '16', 'autovacuum', 'off', 'deviates', 'on', 'hurting'],
  ['PostgreSQL', '16', 'statement_timeout', '30s', 'deviates', '0', 'hurting'],
  ['MySQL', '8.4', 'innodb_io_capacity', '200', 'old default', '10000', '8.4'],
  ['MySQL', '8.0', 'max_allowed_packet', '64M', 'redundant', '67108864'],
  ['Redis', '7.2', 'maxmemory-policy', 'allkeys-lru', 'deviates', 'noeviction', 'unclear'],
  ['Redis', '7.2', 'repl-diskless-sync', 'no', 'old default', 'yes', '7.0'],
  ['Redis', '7.2', 'auto-aof-rewrite-min-size', '64mb', 'redundant', '64mb'],
  ['JVM', '21', '-XX:MaxRAMPercentage', '75.0', 'deviates', '25', 'unclear'],
  ['JVM', '1.8.0_252', 'UseG1GC', 'true', 'deviates', 'false', 'unclear'],
])('%s %s: %s = %s %s', (system, version, name, text, kind, fallback, more) => {
  const found = line(system, version, name, text)!;
  expect(found).toMatchObject({ subject: node, kind, ...(fallback !== undefined && { fallback }) });
  if (found.kind === 'deviates') expect(found.towards).toBe(more);
  if (found.kind === 'old default') expect(found.changed).toBe(more);
  if ('source' in found) expect(found.source.url).toMatch(/^https:/);
});

test('a config is gone through in its order, and each finding is a sentence', () => {
  const config: NodeConfig = {
    system: 'Kafka consumer',
    version: '3.7',
    values: {
      'fetch.min.bytes': '1048576',
      'session.timeout.ms': '10000',
      'max.poll.records': '500',
      'fetch.max.wiat.ms': '100',
      'bootstrap.servers': 'kafka:9092',
      'request.timeout.ms': 'soon',
      'spring.datasource.hikari.maximum-pool-size': '10',
    },
  };
  expect(audit(node, config).map((found) => sentenceOf(found, (id) => id))).toEqual([
    'fetch.min.bytes is 1048576; Kafka consumer 3.7 has 1. The broker holds back an answer until so much lies there, so every quiet topic waits up to fetch.max.wait.ms.',
    'session.timeout.ms is 10000, as Kafka consumer had it before 3.0; Kafka consumer 3.7 has 45000. A pause of the garbage collector or of the network looks like a death, and the group rebalances.',
    'max.poll.records is set to its default, 500.',
    'fetch.max.wiat.ms is not known in Kafka consumer. Is fetch.max.wait.ms meant?',
    'Nothing is known of bootstrap.servers in Kafka consumer.',
    'request.timeout.ms is “soon”, which can’t be read; Kafka consumer 3.7 has 30000.',
    'maximumPoolSize is set to its default, 10.',
  ]);
});

test('how far a number is from its default is told as a ratio', () => {
  expect(line('Kafka consumer', '3.7', 'max.poll.records', '5000')).toMatchObject({ ratio: 10 });
  expect(line('PostgreSQL', '16', 'statement_timeout', '30s')).toMatchObject({ ratio: null });
  expect(line('PostgreSQL', '16', 'autovacuum', 'off')).toMatchObject({ ratio: null });
});

test('of an unknown system only what names its own is looked at, and variables of applications are left alone', () => {
  const values = { PORT: '8080', REDIS_TIMEOUT: '2', max_connections: '5', SERVER_TOMCAT_THREADS_MAX: '9' };
  expect(audit(node, { system: 'shop', values }).map(({ name }) => name)).toEqual([
    'SERVER_TOMCAT_THREADS_MAX',
  ]);
  expect(audit(node, { system: 'PostgreSQL', values: { POSTGRES_PASSWORD: 'x' } })).toEqual([]);
});

test('every default of every version is redundant where it is set', () => {
  for (const system of CATALOGUE)
    for (const { key, defaults } of system.keys)
      for (const { value, since } of typeof defaults === 'string'
        ? [{ value: defaults, since: undefined }]
        : defaults) {
        if (typeof defaults !== 'string' && since === undefined && defaults.length > 1) continue;
        expect(line(system.name, since, key, value)?.kind, `${system.name} ${key} ${since}`).toBe(
          'redundant',
        );
      }
});

test('whatever stands in a config, each line is found at most once and said in words', () => {
  const names = CATALOGUE.flatMap(({ name, keys }) => keys.map(({ key }) => [name, key] as const));
  const values = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.constantFrom('on', '30s', '64k', '-1', '0', 'auto'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.string(),
      values,
      fc.option(fc.string()),
      ([system, key], other, value, version) => {
        const config = {
          system,
          ...(version !== null && { version }),
          values: { [key]: value, [`x${other}`]: value },
        };
        const found = audit(node, config);
        expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
        for (const each of found) expect(sentenceOf(each, (id) => id)).not.toMatch(/undefined|NaN/);
      },
    ),
  );
});
