import { gzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { MOST_SAMPLES } from '../../src/formats/trace/figures.ts';
import { quantile, totalCount } from '../../src/graph/index.ts';
import {
  drop,
  edgeBetween,
  fixture,
  hops,
  type Opened,
  opened,
  parts,
  readingOf,
  refused,
  textOf,
} from './drop.ts';

type Attributes = Record<string, string | number | boolean>;
type SpanSpec = {
  id: string;
  service?: string | null;
  instance?: string;
  parent?: string;
  link?: string;
  kind?: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  name?: string;
  /** Microseconds. */
  start?: number;
  duration?: number;
  attributes?: Attributes;
};

const EPOCH_US = 1_700_000_000_000_000;

/** The same spans in either format. */
function jaeger(...specs: SpanSpec[]): string {
  const tags = (attributes: Attributes) => Object.entries(attributes).map(([key, value]) => ({ key, value }));
  const reference = (refType: string, spanID?: string) => (spanID ? [{ refType, traceID: 't', spanID }] : []);
  const spans = specs.map((spec) => ({
    ...{ traceID: 't', spanID: spec.id, operationName: spec.name ?? spec.id },
    ...{ startTime: EPOCH_US + (spec.start ?? 0), duration: spec.duration ?? 1000 },
    references: [...reference('CHILD_OF', spec.parent), ...reference('FOLLOWS_FROM', spec.link)],
    tags: tags({ ...(spec.kind ? { 'span.kind': spec.kind } : {}), ...spec.attributes }),
    process: {
      ...(spec.service === null ? {} : { serviceName: spec.service ?? 'a' }),
      tags: tags(spec.instance ? { 'service.instance.id': spec.instance } : {}),
    },
  }));
  return JSON.stringify({ data: [{ traceID: 't', spans }] });
}

function otlp(...specs: SpanSpec[]): string {
  const attributesOf = (attributes: Attributes) =>
    Object.entries(attributes).map(([key, value]) => ({
      key,
      value:
        typeof value === 'string'
          ? { stringValue: value }
          : typeof value === 'number'
            ? { intValue: value }
            : { boolValue: value },
    }));
  const kinds = ['', 'internal', 'server', 'client', 'producer', 'consumer'];
  const nano = (us: number) => `${EPOCH_US + us}000`;
  const resourceSpans = specs.map((spec) => ({
    resource: {
      attributes: attributesOf({
        ...(spec.service === null ? {} : { 'service.name': spec.service ?? 'a' }),
        ...(spec.instance ? { 'service.instance.id': spec.instance } : {}),
      }),
    },
    scopeSpans: [
      {
        spans: [
          {
            ...{ traceId: 'T', spanId: spec.id.toUpperCase(), parentSpanId: spec.parent ?? '' },
            ...{ name: spec.name ?? spec.id, kind: kinds.indexOf(spec.kind ?? '') },
            links: spec.link ? [{ traceId: 't', spanId: spec.link }] : [],
            startTimeUnixNano: nano(spec.start ?? 0),
            endTimeUnixNano: nano((spec.start ?? 0) + (spec.duration ?? 1000)),
            attributes: attributesOf(spec.attributes ?? {}),
          },
        ],
      },
    ],
  }));
  return JSON.stringify({ resourceSpans });
}

/** Reads the spans in both formats, expects the same graph from both, and hands back one. */
function spansOf(...specs: SpanSpec[]): Opened {
  const fromJaeger = opened('x.json', jaeger(...specs));
  const fromOtlp = opened('x.json', otlp(...specs));
  expect(fromOtlp).toEqual({ ...fromJaeger, format: 'otlp' });
  return fromJaeger;
}

const values = (read: Opened, edge: string, side: 'caller' | 'callee') =>
  readingOf(read, edge, 'latency', side)?.value;

test('a parent in another service is a call, timed on both sides', () => {
  const read = spansOf(
    { id: '1', kind: 'server', duration: 9000 },
    { id: '2', parent: '1', kind: 'client', start: 1000, duration: 5000 },
    { id: '3', parent: '2', service: 'b', kind: 'server', start: 2000, duration: 3000, name: 'GET /x' },
    { id: '4', parent: '3', service: 'b', start: 2500, duration: 10 },
  );
  expect(hops(read)).toEqual(['a -call-> b']);
  const edge = edgeBetween(read, 'a', 'b');
  expect(edge.operations).toEqual([{ name: 'GET /x' }]);
  expect(readingOf(read, edge.id, 'latency', 'caller')).toEqual({
    subject: { type: 'edge', id: edge.id },
    metric: 'latency',
    value: { type: 'samples', values: [5] },
    at: 1_700_000_000_009,
    window: 9,
    ...{ instance: null, instances: null, side: 'caller', samples: 1 },
    provenance: { source: 'file:x.json', label: 'trace file x.json', simulated: false },
  });
  expect(values(read, edge.id, 'callee')).toEqual({ type: 'samples', values: [3] });
  expect(readingOf(read, edge.id, 'rate', 'callee')?.value).toBeCloseTo(1 / 0.009);
  expect(read).toMatchObject({ whole: false, repairs: [], board: { title: 'x' } });
});

test('where the parent is no client span, only the answering side was timed', () => {
  const read = spansOf({ id: '1' }, { id: '2', parent: '1', service: 'b', duration: 2000 });
  const edge = edgeBetween(read, 'a', 'b').id;
  expect(values(read, edge, 'caller')).toBeUndefined();
  expect(values(read, edge, 'callee')).toEqual({ type: 'samples', values: [2] });
});

test('one span alone has no rate', () => {
  const read = opened('x.json', jaeger({ id: '1', kind: 'client', attributes: { 'peer.service': 'p' } }));
  const edge = edgeBetween(read, 'a', 'p').id;
  expect(readingOf(read, edge, 'latency', 'caller')?.samples).toBe(1);
  expect(readingOf(read, edge, 'rate', 'caller')).toBeUndefined();
});

test('failures are counted on the side that saw them', () => {
  const failing: Attributes[] = [
    { error: true },
    { error: 'true' },
    { 'otel.status_code': 'ERROR' },
    { 'http.response.status_code': 503 },
    { 'http.status_code': '500' },
  ];
  const fine: Attributes[] = [{ error: false }, { 'http.response.status_code': 404 }, {}];
  const read = spansOf(
    { id: '1' },
    ...[...failing, ...fine].map((attributes, i) => ({
      ...{ id: `2${i}`, parent: '1', service: 'b', kind: 'server' as const, attributes },
    })),
  );
  expect(readingOf(read, edgeBetween(read, 'a', 'b').id, 'errors', 'callee')?.value).toBe(5 / 8);
  const status = otlp({ id: '1', kind: 'client', attributes: { 'peer.service': 'p' } });
  for (const code of ['2', '"STATUS_CODE_ERROR"']) {
    const failed = opened('x.json', status.replace('"links"', `"status":{"code":${code}},"links"`));
    expect(readingOf(failed, edgeBetween(failed, 'a', 'p').id, 'errors', 'caller')?.value).toBe(1);
  }
});

test('stores: one per address, a cache where it is one, pool spans not counted as queries', () => {
  const redis = (port: number) => ({
    'db.system': 'redis',
    'server.address': 'h',
    'server.port': port,
    'db.statement': 'get x',
  });
  const postgres = { 'db.system.name': 'postgresql', 'db.namespace': 'shop' };
  const read = spansOf(
    { id: '1', kind: 'server' },
    { id: '2', parent: '1', kind: 'client', attributes: redis(1) },
    { id: '3', parent: '1', kind: 'client', attributes: redis(2) },
    { id: '4', parent: '1', kind: 'client', duration: 10, attributes: postgres },
    {
      id: '5',
      parent: '1',
      kind: 'client',
      duration: 7000,
      attributes: { ...postgres, 'db.query.text': 'x' },
    },
    {
      id: '6',
      parent: '5',
      kind: 'client',
      duration: 6000,
      attributes: { ...postgres, 'db.query.text': 'x' },
    },
  );
  expect(parts(read)).toEqual(['cache redis h:1', 'cache redis h:2', 'database postgresql', 'service a']);
  expect(hops(read)).toEqual(['a -query-> postgresql', 'a -query-> redis h:1', 'a -query-> redis h:2']);
  expect(values(read, edgeBetween(read, 'a', 'postgresql').id, 'caller')).toEqual({
    type: 'samples',
    values: [7],
  });
  expect(read.repairs).toEqual([
    { path: '', reason: 'spans without a statement, not counted as queries of a → postgresql: 1' },
  ]);
});

test('a peer without spans is external; one that answers elsewhere in the file is itself', () => {
  const read = spansOf(
    { id: '1', kind: 'client', attributes: { 'peer.service': 'stripe' } },
    { id: '2', kind: 'client', attributes: { 'peer.service': 'b' } },
    { id: '3', kind: 'client', attributes: { 'net.peer.name': 'h', 'net.peer.port': 80 } },
    { id: '4', kind: 'client', attributes: { 'server.address': 'elsewhere', 'server.port': 80 } },
    { id: '5', kind: 'client' },
    { id: '6', service: 'b', kind: 'server' },
    { id: '7', service: 'c', kind: 'server', attributes: { 'server.address': 'h', 'server.port': 80 } },
  );
  expect(parts(read)).toEqual(['external stripe', 'service a', 'service b', 'service c']);
  expect(hops(read)).toEqual(['a -call-> b', 'a -call-> c', 'a -call-> stripe']);
  expect(read.repairs.map(({ reason }) => reason)).toEqual([
    'client spans left out because they name only an address at which no known service answers: 1',
    'client spans left out because they don’t say whom they call: 1',
  ]);
});

test('whom an older client means: by a URL, by the name of a host, by a database’s type', () => {
  const client = (id: string, attributes: Attributes): SpanSpec => ({ id, kind: 'client', attributes });
  const read = spansOf(
    client('1', { 'http.url': 'http://h:80/carts?b=http://b' }),
    client('2', { 'url.full': 'https://me:secret@b:8443' }),
    client('3', { 'http.url': '/carts' }),
    client('4', { 'db.type': 'redis', 'peer.hostname': 'r', 'peer.port': 6379 }),
    client('5', { 'db.type': 'sql', 'db.instance': 'carts', 'peer.service': 'mysql' }),
    { id: '6', service: 'b', kind: 'server' },
    { id: '7', service: 'c', kind: 'server', attributes: { 'server.address': 'h', 'server.port': 80 } },
  );
  expect(hops(read)).toEqual(['a -call-> b', 'a -call-> c', 'a -query-> mysql', 'a -query-> redis']);
  expect(Object.values(read.board.nodes).flatMap(({ match }) => match?.names ?? [])).toEqual([
    'h:80',
    'r:6379',
    'carts',
  ]);
  expect(read.repairs.map(({ reason }) => reason)).toEqual([
    'client spans left out because they don’t say whom they call: 1',
  ]);
});

test('a database that is called as its service does not go by that name', () => {
  const attributes = { 'db.system': 'postgresql', 'db.name': 'a' };
  const read = spansOf({ id: '1', kind: 'client', attributes });
  expect(hops(read)).toEqual(['a -query-> postgresql']);
  expect(Object.values(read.board.nodes).some(({ match }) => match)).toBe(false);
});

const kafka = { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' };

test.each<[string, Partial<SpanSpec>, Partial<SpanSpec>, string]>([
  ['by parent', { attributes: kafka }, { parent: '1', attributes: kafka }, 'topic orders'],
  ['by link', { attributes: kafka }, { link: '1', attributes: kafka }, 'topic orders'],
  ['by name alone', { attributes: kafka }, { attributes: kafka }, 'topic orders'],
  ['where only the producer names it', { attributes: kafka }, { link: '1' }, 'topic orders'],
  ['where only the consumer names it', {}, { parent: '1', attributes: kafka }, 'topic orders'],
  ['where nobody names it', {}, { parent: '1' }, 'queue messages'],
  [
    'where the consumer does not call itself one',
    { attributes: kafka },
    { parent: '1', kind: 'server' },
    'topic orders',
  ],
  [
    'through the default exchange',
    {
      attributes: {
        ...{ 'messaging.system': 'rabbitmq', 'messaging.destination': '' },
        'messaging.rabbitmq.routing_key': 'mail',
      },
    },
    { parent: '1' },
    'queue mail',
  ],
  [
    'through an exchange to a queue of another name',
    { attributes: { 'messaging.system': 'rabbitmq', 'messaging.destination': 'shop' } },
    { parent: '1', attributes: { 'messaging.system': 'rabbitmq', 'messaging.destination': 'mail' } },
    'queue shop',
  ],
  [
    'sent and taken by client spans',
    { kind: 'client', attributes: { ...kafka, 'messaging.operation.type': 'send' } },
    { kind: 'client', attributes: { ...kafka, 'messaging.operation.type': 'receive' } },
    'topic orders',
  ],
])('messages %s go through what carries them', (_, producer, consumer, carrier) => {
  const read = spansOf(
    { id: '1', kind: 'producer', duration: 2000, ...producer },
    { id: '2', service: 'b', kind: 'consumer', start: 5000, duration: 3000, ...consumer },
  );
  expect(hops(read)).toEqual([`a -publish-> ${carrier}`, `${carrier} -consume-> b`]);
  expect(read.repairs).toEqual([]);
  expect(values(read, edgeBetween(read, 'a', carrier).id, 'caller')).toEqual({
    type: 'samples',
    values: [2],
  });
  expect(values(read, edgeBetween(read, carrier, 'b').id, 'callee')).toEqual({
    type: 'samples',
    values: [3],
  });
  const wait = read.readings.filter(({ metric }) => metric === 'queue wait');
  expect(wait.map(({ value }) => value)).toEqual(
    consumer.parent || consumer.link ? [{ type: 'samples', values: [3] }] : [],
  );
});

test('a consumer is never called: what caused it published, though its span doesn’t say so', () => {
  const read = spansOf(
    { id: '1', kind: 'server' },
    { id: '2', parent: '1', service: 'b', kind: 'consumer', start: 2000 },
  );
  expect(hops(read)).toEqual(['a -publish-> queue messages', 'queue messages -consume-> b']);
  expect(values(read, edgeBetween(read, 'a', 'queue messages').id, 'caller')).toBeUndefined();
});

test('a message that is passed on at once was taken first', () => {
  const to = (name: string) => ({ ...kafka, 'messaging.destination.name': name });
  const read = spansOf(
    { id: '1', kind: 'producer', attributes: to('x') },
    { id: '2', parent: '1', service: 'b', kind: 'producer', start: 2000, attributes: to('y') },
    { id: '3', parent: '2', service: 'c', kind: 'consumer', start: 4000, attributes: to('y') },
  );
  expect(hops(read)).toEqual([
    ...['a -publish-> topic x', 'b -publish-> topic y', 'topic x -consume-> b', 'topic y -consume-> c'],
  ]);
  expect(values(read, edgeBetween(read, 'topic x', 'b').id, 'callee')).toBeUndefined();
});

test('an address at which two services answer binds to neither', () => {
  const at = { 'server.address': 'h', 'server.port': 80 };
  const read = spansOf(
    { id: '1', kind: 'client', attributes: at },
    { id: '2', service: 'b', kind: 'server', attributes: at },
    { id: '3', service: 'c', kind: 'server', attributes: at },
  );
  expect(hops(read)).toEqual([]);
  expect(read.repairs[0]!.reason).toContain('no known service answers');
});

test('Jaeger: the parent is the one that CHILD_OF names, wherever it stands', () => {
  const json = JSON.parse(
    jaeger({ id: '1' }, { id: '2', service: 'b' }, { id: '3', service: 'c', parent: '1' }),
  );
  json.data[0].spans[2].references.unshift({ refType: 'FOLLOWS_FROM', traceID: 't', spanID: '2' });
  expect(hops(opened('x.json', JSON.stringify(json)))).toEqual(['a -call-> c']);
});

test('a message taken before it was sent has no wait, and that is said', () => {
  const read = spansOf(
    { id: '1', kind: 'producer', attributes: kafka, start: 100, duration: 2000 },
    { id: '2', service: 'b', kind: 'consumer', parent: '1', start: 0 },
  );
  expect(read.readings.some(({ metric }) => metric === 'queue wait')).toBe(false);
  expect(read.repairs[0]!.reason).toContain('their wait is left out: 1');
});

test('a producer that nobody hears and that names nothing is not drawn, and that is said', () => {
  const read = spansOf({ id: '1', kind: 'producer' }, { id: '2', kind: 'consumer', service: 'b' });
  expect(hops(read)).toEqual([]);
  expect(read.repairs).toHaveLength(2);
});

test('instances are read one by one where the file names several', () => {
  const read = spansOf(
    { id: '1' },
    { id: '2', parent: '1', service: 'b', kind: 'server', instance: 'b-1', duration: 1000 },
    { id: '3', parent: '1', service: 'b', kind: 'server', instance: 'b-2', duration: 9000 },
  );
  const edge = edgeBetween(read, 'a', 'b').id;
  expect(readingOf(read, edge, 'latency', 'callee')).toMatchObject({ instances: 2, samples: 2 });
  expect(readingOf(read, edge, 'latency', 'callee', 'b-2')).toMatchObject({
    value: { type: 'samples', values: [9] },
    instances: 1,
  });
});

test('many samples become a histogram whose quantiles are within a bucket, 9 %', () => {
  const durations = Array.from({ length: MOST_SAMPLES + 500 }, (_, i) => (i * i) % 100_003);
  const read = opened(
    'x.json',
    jaeger(
      { id: 'root' },
      ...durations.map((duration, i) => ({ id: `s${i}`, parent: 'root', service: 'b', duration })),
    ),
  );
  const reading = readingOf(read, edgeBetween(read, 'a', 'b').id, 'latency', 'callee')!;
  const latency = reading.value as Extract<typeof reading.value, { type: string }>;
  expect(latency.type).toBe('histogram');
  expect(totalCount(latency)).toBe(durations.length);
  const sorted = durations.toSorted((a, b) => a - b);
  for (const q of [0.5, 0.95, 0.99]) {
    const exact = sorted[Math.ceil(q * sorted.length) - 1]! / 1000;
    const { low, high } = quantile(latency, q)!;
    expect(low).toBeLessThanOrEqual(exact);
    expect(high).toBeGreaterThanOrEqual(exact);
    expect(high / low).toBeCloseTo(2 ** (1 / 8), 6);
  }
  expect(read.repairs.at(-1)!.reason).toContain('histograms');
});

test('OTLP: one request a line, gzip, links in either case, kinds by name', () => {
  const lines = fixture('shop.otlp.jsonl');
  const read = opened('shop.otlp.jsonl', lines);
  expect(parts(read)).toEqual(['service catalog', 'service shop', 'topic mail', 'worker mailer']);
  expect(hops(read)).toEqual([
    'shop -call-> catalog',
    'shop -publish-> topic mail',
    'topic mail -consume-> mailer',
  ]);
  expect(readingOf(read, edgeBetween(read, 'shop', 'catalog').id, 'errors', 'callee')?.value).toBe(1);
  expect(opened('shop.otlp.jsonl.gz', gzipSync(lines)).board.nodes).toEqual(read.board.nodes);
  const [first] = textOf(lines).split('\n');
  expect(opened('x.json', first!.replaceAll('scopeSpans', 'instrumentationLibrarySpans')).readings).toEqual(
    opened('x.json', first!).readings,
  );
});

test('OTLP: nanoseconds as numbers lose nothing', () => {
  const number = (start: string, end: string) =>
    otlp({ id: '1', kind: 'client', attributes: { 'peer.service': 'p' } })
      .replace(/"startTimeUnixNano":"\d+"/, `"startTimeUnixNano":${start}`)
      .replace(/"endTimeUnixNano":"\d+"/, `"endTimeUnixNano": ${end}`);
  const read = opened('x.json', number('1700000000000000001', '1700000000000000124'));
  expect(values(read, edgeBetween(read, 'a', 'p').id, 'caller')).toEqual({
    type: 'samples',
    values: [0.000123],
  });
});

test('Jaeger: every shape that tools write', () => {
  const whole = JSON.parse(textOf(fixture('shop.jaeger.json')));
  const [trace] = whole.data;
  const expected = opened('x.json', JSON.stringify(whole));
  expect(parts(expected)).toEqual([
    ...['database postgresql', 'queue mail', 'service catalog', 'service shop', 'worker mailer'],
  ]);
  const hydrated = {
    services: [],
    spans: trace.spans.map((span: { processID: string; references: object[] }) => ({
      ...span,
      process: trace.processes[span.processID],
      references: span.references.map((reference) => ({ ...reference, span: trace.spans[0] })),
    })),
  };
  for (const shape of [{ data: trace }, trace, [trace], { data: hydrated }, hydrated])
    expect(opened('x.json', JSON.stringify(shape))).toEqual(expected);
  const { processes: _, ...nameless } = trace;
  const read = opened('x.json', JSON.stringify(nameless));
  expect(parts(read)).toContain('service unknown service');
  expect(read.repairs.at(-1)!.reason).toBe('spans that name no service, drawn as "unknown service": 6');
});

test('broken spans are left out by path, and refused only when no other is left', () => {
  const whole = JSON.parse(jaeger({ id: '1' }, { id: '2' }));
  whole.data[0].spans[1].startTime = 'soon';
  const read = opened('x.json', JSON.stringify(whole));
  expect(read.repairs).toEqual([
    { path: 'data.0.spans.1.startTime', reason: 'must be microseconds since 1970' },
  ]);
  whole.data[0].spans[0].duration = -1;
  expect(refused('x.json', JSON.stringify(whole)).path).toBe('data.0.spans.0.duration');
  const backwards = otlp({ id: '1', duration: -5 });
  expect(refused('x.json', backwards).path).toBe('resourceSpans.0.scopeSpans.0.spans.0.endTimeUnixNano');
  expect(refused('x.json', '{"data":[{"traceID":"a","spans":{}}]}').path).toBe('data.0.spans');
  for (const empty of ['{"data":[]}', '{"resourceSpans":[]}'])
    expect(refused('x.json', empty).reason).toBe('holds no spans');
});

test('a span written twice counts once; a ring of services is drawn', () => {
  const read = spansOf(
    { id: '1', kind: 'server' },
    { id: '2', parent: '1', service: 'b', duration: 1000 },
    { id: '2', parent: '1', service: 'b', duration: 9000 },
    { id: '3', parent: '2', service: 'a' },
  );
  expect(hops(read)).toEqual(['a -call-> b', 'b -call-> a']);
  expect(values(read, edgeBetween(read, 'a', 'b').id, 'callee')).toEqual({ type: 'samples', values: [1] });
  expect(read.repairs[0]!.reason).toContain('repeat the id');
  const places = Object.values(read.board.nodes).map(({ position }) => String(position));
  expect(new Set(places).size).toBe(places.length);
});

test('50 MB of spans are read in reasonable time', () => {
  const specs: SpanSpec[] = [];
  for (let i = 0; i < 70_000; i++)
    specs.push({
      ...({ id: `a${i}`, parent: i % 7 ? `a${i - 1}` : undefined, service: `service-${i % 40}` } as SpanSpec),
      ...{ kind: i % 2 ? 'client' : 'server', start: i, duration: 100 + (i % 900) },
      attributes: { 'http.request.method': 'GET', padding: 'x'.repeat(300) },
    });
  const text = otlp(...specs);
  expect(text.length).toBeGreaterThan(40_000_000);
  const began = performance.now();
  expect(drop('large.json', text).ok).toBe(true);
  expect(performance.now() - began).toBeLessThan(20_000);
});
