/** X-Ray: service graphs with their statistics, and traces whose segments are JSON in JSON. */
import { expect, test } from 'vitest';
import { quantile } from '../../src/graph/index.ts';
import { drop, edgeBetween, hops, opened, parts, readingOf, refused } from './drop.ts';

type Json = Record<string, unknown>;
const statistics = (
  total: number,
  faults: number,
  seconds: number,
  histogram: [value: number, count: number][],
) => ({
  SummaryStatistics: {
    OkCount: total - faults,
    ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
    FaultStatistics: { OtherCount: faults, TotalCount: faults },
    ...{ TotalCount: total, TotalResponseTime: seconds },
  },
  ResponseTimeHistogram: histogram.map(([Value, Count]) => ({ Value, Count })),
});
const service = (ReferenceId: number, Name: string, Type: string, Edges: Json[] = [], more: Json = {}) => ({
  ...{ ReferenceId, Name, Names: [Name], Type, State: 'active', Edges },
  ...more,
});
const GRAPH = {
  ...{ StartTime: 1_772_600_000, EndTime: 1_772_600_600.0, ContainsOldGroupVersions: false },
  Services: [
    service(0, 'shop', 'client', [{ ReferenceId: 1, ...statistics(3, 0, 0.3, [[0.1, 3]]) }]),
    service(
      1,
      'shop',
      'AWS::ECS::Fargate',
      [
        {
          ReferenceId: 2,
          ...statistics(60, 15, 3, [
            [0.02, 45],
            [0.14, 15],
          ]),
        },
        { ReferenceId: 3, EdgeType: 'link', ...statistics(0, 0, 0, []) },
        { ReferenceId: 9 },
      ],
      statistics(3, 1, 0.3, [[0.1, 3]]),
    ),
    service(2, 'orders', 'AWS::DynamoDB::Table'),
    service(3, 'mails', 'AWS::SQS::Queue'),
  ],
};

test('services are parts by their types; edges have what was counted on them', () => {
  const found = opened('graph.json', JSON.stringify(GRAPH));
  expect(found.format).toBe('xray');
  expect(parts(found)).toEqual(['client shop client', 'database orders', 'queue mails', 'service shop']);
  expect(hops(found)).toEqual([
    'shop -publish-> queue mails',
    'shop -query-> orders',
    'shop client -call-> shop',
  ]);
  const { id, origins } = edgeBetween(found, 'shop', 'orders');
  expect(origins).toEqual([{ how: 'observed', from: 'graph.json', at: 'Services.1.Edges.0' }]);
  expect(readingOf(found, id, 'rate', 'caller')).toMatchObject({
    value: 0.1,
    at: 1_772_600_600_000,
    window: 600_000,
    samples: 60,
  });
  expect(readingOf(found, id, 'errors', 'caller')).toMatchObject({
    value: 0.25,
    provenance: { note: expect.stringMatching(/sampled/) },
  });
  const latency = readingOf(found, id, 'latency', 'caller')!;
  expect(quantile(latency.value as never, 0.5)?.value).toBe(20);
  expect(quantile(latency.value as never, 0.95)?.value).toBe(140);
  const shop = Object.values(found.board.nodes).find(({ name }) => name === 'shop')!;
  expect(readingOf(found, shop.id, 'errors', 'callee')?.value).toBeCloseTo(1 / 3);
  expect(found.repairs).toEqual([
    { path: 'Services.1.Edges.2.ReferenceId', reason: expect.stringMatching(/number of a service/) },
  ]);
});

test('many durations are a histogram that keeps their sum and places them where they were', () => {
  const edge = {
    ReferenceId: 2,
    ...statistics(9000, 0, 540, [
      [0.02, 6000],
      [0.14, 3000],
    ]),
  };
  const found = opened(
    'g.json',
    JSON.stringify({ Services: [service(1, 'a', 'remote', [edge]), service(2, 'b', 'remote')] }),
  );
  const latency = readingOf(found, edgeBetween(found, 'a', 'b').id, 'latency', 'caller')!;
  expect(latency).toMatchObject({
    samples: 9000,
    window: 0,
    at: 0,
    value: { type: 'histogram', sum: 540_000 },
  });
  expect(quantile(latency.value as never, 0.5)).toMatchObject({ low: 19.9, high: 20 });
  expect(readingOf(found, edgeBetween(found, 'a', 'b').id, 'rate', 'caller')).toBeUndefined();
});

const segment = (json: Json) => ({ Id: json.id, Document: JSON.stringify({ trace_id: '1-2', ...json }) });
const TRACES = (...segments: Json[]) =>
  JSON.stringify({
    Traces: [{ Id: '1-2', Duration: 1, Segments: segments.map(segment) }],
    UnprocessedTraceIds: [],
  });

test('segments are answers, subsegments calls', () => {
  const call = (id: string, name: string, more: Json) => ({
    ...{ id, name, start_time: 1_772_600_000.1, end_time: 1_772_600_000.2 },
    ...more,
  });
  const found = opened(
    'traces.json',
    TRACES(
      {
        ...{ id: '0a', name: 'shop', start_time: 1_772_600_000.0, end_time: 1_772_600_000.5 },
        http: { request: { method: 'GET', url: 'https://shop.example/cart?x=1' }, response: { status: 200 } },
        subsegments: [
          call('0b', 'cart.internal', { namespace: 'remote', subsegments: [] }),
          call('0c', 'DynamoDB', { namespace: 'aws', aws: { operation: 'GetItem', table_name: 'orders' } }),
          call('0d', 'SQS', {
            namespace: 'aws',
            aws: { operation: 'SendMessage', queue_url: 'https://sqs.example/1/mails' },
          }),
          call('0e', '## inside', {}),
        ],
      },
      {
        id: '1a',
        parent_id: '0b',
        name: 'cart',
        start_time: 1_772_600_000.12,
        end_time: 1_772_600_000.18,
        fault: true,
      },
      { id: '1b', parent_id: '0c', name: 'orders', inferred: true, start_time: 1, end_time: 2 },
    ),
  );
  expect(found.format).toBe('xray');
  expect(hops(found)).toEqual(['shop -call-> cart', 'shop -publish-> queue mails', 'shop -query-> dynamodb']);
  expect(readingOf(found, edgeBetween(found, 'shop', 'cart').id, 'errors', 'callee')?.value).toBe(1);
});

test('what is broken is told with its place', () => {
  expect(refused('t.json', '{"Traces":[{"Segments":[{"Document":"{\\"id\\":"}]}]}')).toMatchObject({
    path: 'Traces.0.Segments.0.Document',
    reason: expect.stringMatching(/ends too early, at character 7/),
  });
  expect(refused('t.json', TRACES({ id: '1', name: 'a' })).reason).toMatch(/start_time/);
  for (const other of ['{"Services":[]}', '{"Services":{}}', '{"Traces":[{}]}'])
    expect(drop('t.json', other).ok).toBe(false);
  expect(refused('t.json', '{"Services":[{"ReferenceId":null}]}').path).toBe('Services.0.ReferenceId');
});

test('segments by themselves, whichever SDK named what they call', () => {
  const call = (id: string, name: string, aws: Json): Json => ({
    ...{ id, name, namespace: 'aws', start_time: 1_772_600_000.1, end_time: 1_772_600_000.2, aws },
  });
  const segment = {
    ...{ trace_id: '1-69a79b40-000000000000000000000001', id: '1', name: 'shop' },
    ...{ start_time: 1_772_600_000, end_time: 1_772_600_001 },
    subsegments: [
      call('2', 'dynamodb', { operation: 'GetItem', table_name: 'carts' }),
      call('3', 'AmazonDynamoDBv2', { operation: 'Query', resource_names: ['carts'] }),
      call('4', 'Amazon SQS', { operation: 'SendMessage', queue_url: 'https://sqs.test/1/mails' }),
      call('5', 'sns', { operation: 'Publish', topic_arn: 'arn:aws:sns:eu-west-1:1:news' }),
    ],
  };
  const text = JSON.stringify(segment);
  for (const content of [
    text,
    JSON.stringify([segment]),
    `{"format":"json","version":1}\n${text}`,
    JSON.stringify({ TraceSegmentDocuments: [text] }),
  ]) {
    const found = opened('x.txt', content);
    expect(found.format).toBe('xray');
    expect(hops(found)).toEqual([
      'shop -publish-> queue mails',
      'shop -publish-> topic news',
      'shop -query-> dynamodb',
    ]);
    expect(found.repairs).toEqual([]);
  }
});
