/** Zipkin's two versions and Tempo's JSON: the same shop in all of them, and what is peculiar to each. */
import { describe, expect, test } from 'vitest';
import { zipkinSpans } from '../../src/formats/zipkin/format.ts';
import { edgeBetween, fixture, hops, opened, parts, readingOf, refused, textOf } from './drop.ts';

type Json = Record<string, unknown>;
const EPOCH_US = 1_700_000_000_000_000;
const span = (id: string, more: Json = {}): Json => ({
  ...{ traceId: 't', id, name: 'op', timestamp: EPOCH_US, duration: 1000 },
  localEndpoint: { serviceName: 'a' },
  ...more,
});
const read = (...spans: Json[]) => opened('x.json', JSON.stringify(spans));
const seen = (...spans: Json[]) =>
  zipkinSpans(spans).spans.map(({ key, parent, kind, service }) => `${kind} ${service} ${key} < ${parent}`);

describe('the shop', () => {
  const jaeger = opened('x.json', fixture('shop.jaeger.json'));

  test.each([
    ['zipkin', 'shop.zipkin.json'],
    ['zipkin', 'shop.zipkin-v1.json'],
    ['otlp', 'shop.tempo.json'],
  ])('is the same from %s, %s', (format, file) => {
    const other = opened('x.json', fixture(file));
    expect(other.format).toBe(format);
    expect(parts(other)).toEqual(parts(jaeger));
    expect(hops(other)).toEqual(hops(jaeger));
    expect(other.repairs).toEqual([]);
    const figures = (from: typeof other) => {
      const name = (id: string) => from.board.nodes[id]?.name;
      return from.readings
        .filter(({ operation }) => operation === undefined)
        .map(({ subject, ...reading }) => {
          const edge = from.board.edges[subject.id];
          return JSON.stringify({
            of: edge ? [name(edge.source), name(edge.target)] : name(subject.id),
            reading,
          });
        })
        .sort();
    };
    expect(figures(other)).toEqual(figures(jaeger));
  });

  test('reads as Tempo’s second answer, and in one object of the first version', () => {
    const tempo = JSON.parse(textOf(fixture('shop.tempo.json')));
    const expected = opened('x.json', JSON.stringify(tempo));
    const second = { trace: { resourceSpans: tempo.batches } };
    expect(opened('x.json', JSON.stringify(second))).toEqual(expected);
    const [, exchange] = JSON.parse(textOf(fixture('shop.zipkin-v1.json')));
    expect(hops(opened('x.json', JSON.stringify(exchange)))).toEqual(['shop -call-> catalog']);
  });

  test('reads as Jaeger’s third API wraps it, and with the names of the protobuf', () => {
    const tempo = JSON.parse(textOf(fixture('shop.tempo.json')));
    const expected = opened('x.json', JSON.stringify(tempo));
    const plain = JSON.stringify({ resourceSpans: tempo.batches });
    expect(opened('x.json', `{"result":${plain}}\n{"result":{"resourceSpans":[]}}`)).toEqual(expected);
    const underscored = plain.replace(/"([a-zA-Z]+)":/g, (_, name: string) => {
      return `"${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}":`;
    });
    expect(underscored).toContain('"start_time_unix_nano"');
    expect(opened('x.json', underscored)).toEqual(expected);
    const numbers = underscored.replace(/"(\d{19})"/g, '$1');
    expect(opened('x.json', numbers)).toEqual(expected);
  });

  test('says where a Tempo answer is broken', () => {
    const tempo = JSON.parse(textOf(fixture('shop.tempo.json')));
    tempo.batches[1].scopeSpans[0].spans[0].startTimeUnixNano = 'soon';
    const path = 'scopeSpans.0.spans.0.startTimeUnixNano';
    expect(opened('x.json', JSON.stringify(tempo)).repairs[0]!.path).toBe(`batches.1.${path}`);
    const second = JSON.stringify({ trace: { resourceSpans: tempo.batches } });
    expect(opened('x.json', second).repairs[0]!.path).toBe(`trace.resourceSpans.1.${path}`);
    expect(refused('x.json', '{"batches":[]}').reason).toBe('holds no spans');
  });
});

describe('a shared id', () => {
  const client = span('2', { parentId: '1', kind: 'CLIENT' });
  const server = span('2', { parentId: '1', kind: 'SERVER', localEndpoint: { serviceName: 'b' } });

  test.each<[string, Json]>([
    ['marked', { ...server, shared: true }],
    ['not marked', server],
    ['without a kind', { ...server, kind: undefined, shared: true }],
  ])('%s is the callee’s span inside the caller’s', (_, other) => {
    const both = ['client a t/2 < t/1', 'server b t/2 answer < t/2'];
    expect(seen(client, other)).toEqual(both);
    expect(seen(other, client)).toEqual(both);
    expect(hops(read(client, other))).toEqual(['a -call-> b']);
  });

  test('is the parent as the side that the child is of; the callee where it is of neither', () => {
    const child = (service: string) => span('3', { parentId: '2', localEndpoint: { serviceName: service } });
    expect(seen(client, server, child('a'))[2]).toBe('internal a t/3 < t/2');
    expect(seen(client, server, child('b'))[2]).toBe('internal b t/3 < t/2 answer');
    expect(seen(client, server, child('c'))[2]).toBe('internal c t/3 < t/2 answer');
  });

  test('of which only one side is there needs no other', () => {
    expect(seen({ ...server, shared: true })).toEqual(['server b t/2 < t/1']);
    expect(seen(client, span('3', { parentId: '2' }))[1]).toBe('internal a t/3 < t/2');
  });

  test('reported in pieces is one span', () => {
    const late = { ...client, timestamp: EPOCH_US + 500, duration: 2000, tags: { error: '' }, name: '' };
    const { spans } = zipkinSpans([{ ...client, kind: undefined }, late]);
    expect(spans).toHaveLength(1);
    expect(spans[0]).toMatchObject({ kind: 'client', name: 'op', failed: true });
    expect(spans[0]!.end - spans[0]!.start).toBe(2_500_000n);
  });
});

test('an error tag is a failure whatever it says, a status code from 500', () => {
  for (const [tags, failed] of [
    [{ error: '' }, true],
    [{ error: 'timeout' }, true],
    [{ 'http.status_code': '503' }, true],
    [{ 'http.status_code': '404' }, false],
  ] as const)
    expect(zipkinSpans([span('1', { tags })]).spans[0]!.failed).toBe(failed);
});

test('remote endpoints: a stranger, a store, and by address who answers there', () => {
  const client = (id: string, remoteEndpoint: Json, tags: Json = {}) =>
    span(id, { kind: 'CLIENT', remoteEndpoint, tags });
  const b = { serviceName: 'b', ipv4: '10.0.0.2', port: 80 };
  const found = read(
    client('1', { serviceName: 'stripe' }),
    client('2', { serviceName: 'app_db' }, { 'sql.query': 'select 1' }),
    client('3', { serviceName: 'memcache' }),
    client('4', { ipv4: '10.0.0.2', port: 80 }),
    span('5', { kind: 'SERVER', localEndpoint: b }),
  );
  expect(parts(found)).toEqual([
    'cache memcache',
    'database app_db',
    'external stripe',
    'service a',
    'service b',
  ]);
  expect(hops(found)).toEqual([
    'a -call-> b',
    'a -call-> stripe',
    'a -query-> app_db',
    'a -query-> memcache',
  ]);
});

test('addresses tell instances and clocks apart, loopback ones nothing', () => {
  const at = (ipv4: string, start: number): Json[] => [
    span(`${start}`, { kind: 'CLIENT', timestamp: EPOCH_US }),
    span(`${start}`, {
      kind: 'SERVER',
      timestamp: EPOCH_US + start,
      duration: 500,
      localEndpoint: { serviceName: 'b', ipv4 },
    }),
  ];
  const found = read(...at('10.0.0.1', 9000), ...at('10.0.0.2', 100));
  const edge = edgeBetween(found, 'a', 'b').id;
  expect(readingOf(found, edge, 'latency', 'callee', '10.0.0.2')?.samples).toBe(1);
  expect(readingOf(found, edge, 'latency', 'callee')?.instances).toBe(2);
  expect(found.repairs.map(({ reason }) => reason)).toEqual([
    'spans moved in time because their clock differed from their caller’s: 1',
    'the largest correction of a clock: 8.75 ms',
  ]);
  expect(readingOf(read(...at('127.0.0.1', 100)), 'id-3', 'latency', 'callee')?.instances).toBeNull();
});

test('what can’t be used is named by its place', () => {
  const good = span('1');
  for (const [bad, path] of [
    [{ ...good, traceId: 1 }, '0.1.traceId'],
    [{ ...good, id: '' }, '0.1.id'],
    [{ ...good, timestamp: 'soon' }, '0.1.timestamp'],
    [{ ...good, duration: -1 }, '0.1.duration'],
    [
      {
        ...good,
        annotations: [
          { value: 'cs', timestamp: EPOCH_US, endpoint: {} },
          { value: 'cr', timestamp: EPOCH_US - 1, endpoint: {} },
        ],
      },
      '0.1.annotations',
    ],
    [7, '0.1'],
  ] as const)
    expect(opened('x.json', JSON.stringify([[good, bad]])).repairs).toEqual([
      { path, reason: expect.stringMatching(/^must /) },
    ]);
  expect(refused('x.json', JSON.stringify([{ ...good, timestamp: -1 }])).path).toBe('0.timestamp');
});

test('spans without a duration, or even a time, are drawn between others and not timed', () => {
  const of = (serviceName: string, more: Json) => ({ localEndpoint: { serviceName }, ...more });
  const found = read(
    span('1', of('a', { kind: 'CLIENT' })),
    span('2', of('b', { parentId: '1', timestamp: undefined, duration: undefined })),
    span('3', of('b', { parentId: '2', kind: 'CLIENT', duration: undefined })),
    span('3', of('c', { parentId: '2', shared: true, timestamp: 0 })),
  );
  expect(hops(found)).toEqual(['a -call-> b', 'b -call-> c']);
  expect(found.repairs.map(({ reason }) => reason)).toEqual([
    'spans that do not say when they were or how long, drawn and not timed: 3',
  ]);
  const { id } = edgeBetween(found, 'b', 'c');
  expect(readingOf(found, id, 'latency', 'caller')).toBeUndefined();
  expect(readingOf(found, id, 'errors', 'callee')).toMatchObject({ value: 0, samples: 1 });
  expect(found.readings.every(({ at }) => at >= EPOCH_US / 1000)).toBe(true);
  // the first version, of which the other end tells whose side it is
  const v1 = { binaryAnnotations: [{ key: 'sa', value: true, endpoint: { serviceName: 'd' } }] };
  expect(hops(read({ traceId: 't', id: '1', name: 'get', ...v1 }))).toEqual(['unknown service -call-> d']);
});

test('what says that it is a client’s is one, shared or not', () => {
  const one = span('1', { kind: 'CLIENT', shared: true, remoteEndpoint: { serviceName: 'b' } });
  expect(hops(read(one))).toEqual(['a -call-> b']);
});

test('who called is told by the answering span where the call is missing', () => {
  const server = (more: Json) => span('2', { kind: 'SERVER', parentId: '1', ...more });
  const remoteEndpoint = { serviceName: 'front', ipv4: '10.0.0.7' };
  expect(hops(read(server({ remoteEndpoint })))).toEqual(['front -call-> a']);
  expect(parts(read(server({ remoteEndpoint: { ipv4: '10.0.0.7' } })))).toEqual(['service a']);
  const caller = span('1', { kind: 'CLIENT', localEndpoint: { serviceName: 'b' } });
  expect(hops(read(caller, server({ remoteEndpoint })))).toEqual(['b -call-> a']);
});

test('work that names no service is of the service around it', () => {
  const inside = (id: string, parentId: string) => span(id, { parentId, localEndpoint: undefined });
  const found = read(span('1', { kind: 'SERVER' }), inside('2', '1'), inside('3', '2'));
  expect(parts(found)).toEqual(['service a']);
  const server = span('4', { parentId: '1', kind: 'SERVER', localEndpoint: undefined });
  expect(hops(read(span('1'), server))).toEqual(['a -call-> unknown service']);
});

test('a driver’s tags say which store it asks', () => {
  const remoteEndpoint = { serviceName: 'a', ipv4: '10.0.0.9', port: 9042 };
  const tags = { 'cassandra.keyspace': 'orders', 'cassandra.query': 'SELECT 1' };
  expect(hops(read(span('1', { kind: 'CLIENT', remoteEndpoint, tags })))).toEqual(['a -query-> cassandra']);
});

test('a message that is sent in a moment is drawn, and has no latency', () => {
  const sent = {
    ...{ traceId: '1', id: '2', kind: 'PRODUCER', name: 'send', timestamp: 1_700_000_000_000_000 },
    localEndpoint: { serviceName: 'orders' },
    remoteEndpoint: { serviceName: 'kafka' },
    tags: { 'kafka.topic': 'placed' },
  };
  const found = opened('trace.json', JSON.stringify([sent]));
  expect(hops(found)).toEqual(['orders -publish-> topic placed']);
  expect(found.repairs).toEqual([]);
  const { id } = edgeBetween(found, 'orders', 'topic placed');
  expect(readingOf(found, id, 'latency', 'caller')).toBeUndefined();
  expect(readingOf(found, id, 'errors', 'caller')).toMatchObject({ value: 0 });
});
