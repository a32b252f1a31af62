/** Jaeger's spans in the forms that are not its API's: what Elasticsearch answers, and its protobuf as JSON. */
import { expect, test } from 'vitest';
import { edgeBetween, hops, type Opened, opened, parts, readingOf, refused } from './drop.ts';

type Json = Record<string, unknown>;

/** The same call of a by b, and b's query, in each form. */
const START = '2023-11-14T22:13:20.000250Z';
const proto = (id: string, service: string, more: Json = {}): Json => ({
  ...{ traceId: 'AAAAAAAAAAAAAAAAAAAAAQ==', spanId: id, operationName: 'op', startTime: START },
  ...{ duration: '0.001500s', process: { serviceName: service, tags: [] }, ...more },
});
const reference = (spanId: string) => ({ references: [{ traceId: 'AAAAAAAAAAAAAAAAAAAAAQ==', spanId }] });
const kind = (vStr: string) => ({ key: 'span.kind', vStr });
const PROTO = [
  proto('AAAAAAAAAAI=', 'a', { tags: [kind('client')] }),
  proto('AAAAAAAAAAM=', 'b', { ...reference('AAAAAAAAAAI='), tags: [kind('server')] }),
  proto('AAAAAAAAAAQ=', 'b', {
    ...reference('AAAAAAAAAAM='),
    tags: [kind('client'), { key: 'db.system', vStr: 'redis' }, { key: 'error', vType: 'BOOL', vBool: true }],
  }),
];
const kept = (spanID: string, service: string, parent: string, tag: Json): Json => ({
  ...{ traceID: '1', spanID, operationName: 'op', startTime: 1_700_000_000_000_250, duration: 1500, tag },
  references: parent === '' ? [] : [{ refType: 'CHILD_OF', traceID: '1', spanID: parent }],
  process: { serviceName: service, tag: { 'host@name': `${service}-host` } },
});
const KEPT = [
  kept('2', 'a', '', { 'span@kind': 'client' }),
  kept('3', 'b', '2', { 'span@kind': 'server' }),
  kept('4', 'b', '3', { 'span@kind': 'client', 'db@system': 'redis', error: true }),
];

const lines = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');

test.each<[string, string]>([
  ['in one answer', JSON.stringify({ spans: PROTO })],
  ['one a line', lines(PROTO)],
  ['a single answer a line', lines(PROTO.map((span) => ({ spans: [span] })))],
  [
    'as Elasticsearch answers',
    JSON.stringify({ took: 2, hits: { total: 3, hits: KEPT.map((_source) => ({ _index: 'i', _source })) } }),
  ],
])('spans %s', (_, text) => {
  const found: Opened = opened('x', text);
  expect(found.format).toBe('jaeger');
  expect(parts(found)).toEqual(['cache redis', 'service a', 'service b']);
  expect(hops(found)).toEqual(['a -call-> b', 'b -query-> redis']);
  expect(found.repairs).toEqual([]);
  const query = edgeBetween(found, 'b', 'redis').id;
  expect(readingOf(found, query, 'errors', 'caller')?.value).toBe(1);
  const call = edgeBetween(found, 'a', 'b').id;
  const latency = readingOf(found, call, 'latency', 'callee');
  expect(latency).toMatchObject({ value: { type: 'samples', values: [1.5] } });
  expect(latency!.at).toBeCloseTo(1_700_000_000_001.75, 3);
});

test('a span without a time or a duration still says who called whom', () => {
  const trace = (more: Json) => ({
    traceID: 't',
    processes: { p1: { serviceName: 'a' }, p2: { serviceName: 'b' }, p3: { serviceName: 'c' } },
    spans: [
      { traceID: 't', spanID: '1', startTime: 1_700_000_000_000_000, duration: 900, processID: 'p1' },
      { traceID: 't', spanID: '2', ...more, processID: 'p2', parentSpanID: '1' },
      {
        ...{ traceID: 't', spanID: '3', startTime: 1_700_000_000_000_200, duration: 300, processID: 'p3' },
        references: [{ refType: 'CHILD_OF', traceID: 't', spanID: '2' }],
      },
    ],
  });
  for (const more of [{ duration: 10 }, { startTime: 1_700_000_000_000_100 }, { startTime: null }]) {
    const found = opened('x', JSON.stringify({ data: [trace(more)] }));
    expect(hops(found)).toEqual(['a -call-> b', 'b -call-> c']);
    expect(found.repairs).toEqual([
      { path: '', reason: 'spans that do not say when they were or how long, drawn and not timed: 1' },
    ]);
    const edge = (source: string, target: string) => edgeBetween(found, source, target).id;
    expect(readingOf(found, edge('a', 'b'), 'latency', 'callee')).toBeUndefined();
    expect(readingOf(found, edge('b', 'c'), 'latency', 'callee')?.samples).toBe(1);
    expect(found.readings.every(({ at }) => at > 1_600_000_000_000)).toBe(true);
  }
});

test('faults of its protobuf are named by their place', () => {
  const [one, two] = PROTO as [Json, Json];
  const broken = (more: Json) =>
    opened('x', JSON.stringify({ spans: [one, { ...two, ...more }] })).repairs[0]!.path;
  expect(broken({ startTime: '14 Nov 2023' })).toBe('spans.1.startTime');
  expect(broken({ duration: '1 second' })).toBe('spans.1.duration');
  expect(refused('x', JSON.stringify({ spans: [{ ...one, duration: -1 }] })).path).toBe('spans.0.duration');
});
