/** Every entry of the catalogue is whole: it says where it is from, reads in its unit, and its versions don't overlap. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CATALOGUE,
  findKey,
  findQualified,
  nearestKey,
  plainName,
  systemsOf,
} from '../../../src/analysis/defaults/catalogue.ts';
import { rangesOf } from '../../../src/analysis/defaults/entry.ts';
import { parseValue } from '../../../src/analysis/defaults/value.ts';
import { compareVersions, isVersion } from '../../../src/analysis/defaults/version.ts';
import { editDistance } from '../../../src/graph/index.ts';

const all = CATALOGUE.flatMap((system) => system.keys.map((key) => ({ system, key })));

test('it holds the systems that are promised, and many keys', () => {
  expect(CATALOGUE.map(({ name }) => name)).toEqual([
    ...[
      'Kafka consumer',
      'Kafka producer',
      'Kafka broker',
      'RabbitMQ',
      'HikariCP',
      'Tomcat',
      'nginx',
      'Envoy',
    ],
    ...[
      'HAProxy',
      'gRPC client',
      'gRPC server',
      'Go net/http',
      'Node.js http',
      'PostgreSQL',
      'MySQL',
      'Redis',
      'JVM',
    ],
  ]);
  expect(all.length).toBeGreaterThanOrEqual(150);
});

test('names of systems are told apart', () => {
  const names = CATALOGUE.flatMap(({ name, aliases }) => [...new Set([name, ...aliases].map(plainName))]);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

describe.each(CATALOGUE.map((system) => [system.name, system] as const))('%s', (_, system) => {
  test('keys are told apart', () => {
    const names = system.keys.flatMap(({ key, aliases = [] }) => [
      ...new Set([key, ...aliases].map(plainName)),
    ]);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('every default has a source that can be opened', () => {
    for (const key of system.keys) {
      for (const range of rangesOf(key)) {
        const source = range.source ?? key.source ?? system.source;
        expect(source.title.length, key.key).toBeGreaterThan(5);
        expect(new URL(source.url).protocol, key.key).toBe('https:');
      }
    }
  });

  test('every default reads in its unit', () => {
    for (const key of system.keys)
      for (const { value } of rangesOf(key))
        expect(parseValue(value, key, system.sizes), `${key.key} ${value}`).not.toBeNull();
  });

  test('versions of a default are in order and don’t overlap', () => {
    for (const key of system.keys) {
      const ranges = rangesOf(key);
      expect(ranges.length, key.key).toBeGreaterThan(0);
      for (const [i, { since, until }] of ranges.entries()) {
        for (const version of [since, until])
          expect(version === undefined || isVersion(version), key.key).toBe(true);
        if (i > 0) expect(since, key.key).toBeDefined();
        if (i < ranges.length - 1) expect(until, key.key).toBeDefined();
        if (since && until) expect(compareVersions(since, until), key.key).toBeLessThan(0);
        const next = ranges[i + 1];
        if (next) {
          expect(compareVersions(until!, next.since!), key.key).toBeLessThanOrEqual(0);
          expect(next.value, key.key).not.toBe(ranges[i]!.value);
        }
      }
    }
  });

  test('every key says in a sentence what it does', () => {
    for (const { key, why } of system.keys) expect(why, key).toMatch(/^[A-Z0-9a-z].*\.$/s);
  });
});

test.each([
  ['postgres:15-alpine', ['PostgreSQL']],
  ['bitnami/postgresql:15.4', ['PostgreSQL']],
  ['PostgreSQL 16', ['PostgreSQL']],
  ['Kafka', ['Kafka broker']],
  ['HikariCP, Kafka consumer + JVM', ['HikariCP', 'Kafka consumer', 'JVM']],
  ['Node.js', ['Node.js http']],
  ['net/http', ['Go net/http']],
  ['COBOL', []],
  ['', []],
])('%j runs %j', (text, names) => {
  expect(systemsOf(text).map(({ name }) => name)).toEqual(names);
});

test.each([
  ['spring.datasource.hikari.maximum-pool-size', 'HikariCP', 'maximumPoolSize'],
  ['SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE', 'HikariCP', 'maximumPoolSize'],
  ['spring.kafka.consumer.fetch-min-size', 'Kafka consumer', 'fetch.min.bytes'],
  ['spring.kafka.consumer.properties.max.poll.interval.ms', 'Kafka consumer', 'max.poll.interval.ms'],
  ['spring.kafka.producer.properties.linger.ms', 'Kafka producer', 'linger.ms'],
  ['server.tomcat.threads.max', 'Tomcat', 'maxThreads'],
  ['KAFKA_CFG_NUM_PARTITIONS', 'Kafka broker', 'num.partitions'],
  ['-XX:MaxRAMPercentage', 'JVM', 'MaxRAMPercentage'],
  ['GRPC_ARG_KEEPALIVE_TIME_MS', 'gRPC client', 'grpc.keepalive_time_ms'],
])('%s says by itself that it is of %s', (name, system, key) => {
  const known = findQualified(name);
  expect([known?.system.name, known?.key.key]).toEqual([system, key]);
});

test('a prefix that anyone may use tells nothing by itself', () => {
  expect(findQualified('REDIS_TIMEOUT')).toBeNull();
  expect(findKey('REDIS_TIMEOUT', systemsOf('redis:7'))?.key.key).toBe('timeout');
  expect(findKey('KAFKA_NUM_IO_THREADS', systemsOf('apache/kafka:3.9'))?.key.key).toBe('num.io.threads');
});

test('every key is found by each of its names, however it is written', () => {
  for (const { system, key } of all)
    for (const name of [key.key, ...(key.aliases ?? [])])
      for (const written of [name, name.toUpperCase(), name.replaceAll(/[.\- ]/g, '_')])
        expect(findKey(written, [system])?.key, `${system.name} ${written}`).toBe(key);
});

test('a misspelt key is known again, what is far from all is not', () => {
  const kafka = systemsOf('Kafka consumer');
  expect(nearestKey('max.pol.records', kafka)?.key.key).toBe('max.poll.records');
  expect(nearestKey('fetch.max.wiat.ms', kafka)?.key.key).toBe('fetch.max.wait.ms');
  expect(nearestKey('bootstrap.servers', kafka)).toBeNull();
});

test('edit distance: none to itself, the same both ways, never more than the longer word, a swap is one', () => {
  const word = fc.string({ maxLength: 12 });
  expect(editDistance('wiat', 'wait')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, a)).toBe(0);
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(editDistance(a, b)).toBeGreaterThanOrEqual(Math.abs(a.length - b.length));
    }),
  );
});
