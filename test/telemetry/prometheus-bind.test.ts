import { describe, expect, test } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { serviceGraph } from '../../src/telemetry/prometheus/dialects/service-graph.ts';
import { boardOf } from './boards.ts';
import { AT, bindAnswers, linesOf, listen } from './prometheus-heard.ts';

/** Figures by the key of the question that they answer. */
const KEYS = {
  total: 'total',
  failed: 'failed count',
  server: 'callee bucket',
  client: 'caller bucket',
  messaging: 'wait bucket',
};
type Family = keyof typeof KEYS;

type Fact = [
  client: string,
  server: string,
  connection: string,
  figures: Partial<Record<Family, number | number[]>>,
  more?: Record<string, string>,
];

/** Reads facts as series: a number for the counters, counts per bucket (0.1 s, 1 s, +Inf) for the rest. */
function bind(board: Board, ...facts: Fact[]) {
  const answers: Record<string, { labels: Record<string, string>; value: number }[]> = {};
  for (const [client, server, connection_type, figures, more] of facts)
    for (const [family, figure] of Object.entries(figures) as [Family, number | number[]][]) {
      const labels = { client, server, connection_type, ...more };
      answers[KEYS[family]] ??= [];
      const series = answers[KEYS[family]]!;
      if (typeof figure === 'number') series.push({ labels, value: figure });
      else {
        let upTo = 0;
        ['0.1', '1', '+Inf'].forEach((le, i) => {
          upTo += figure[i]!;
          series.push({ labels: { ...labels, le }, value: upTo });
        });
      }
    }
  return bindAnswers(board, [serviceGraph, ['traces_service_graph_request_total'], answers]);
}

describe('names of metrics', () => {
  const prefix = (...names: string[]) =>
    /rate\((.*?)traces_/.exec(listen(serviceGraph, names).questions.total!)![1];

  test('any prefix is found, the shortest taken', () => {
    expect(prefix('traces_service_graph_request_total')).toBe('');
    expect(prefix('otel_traces_service_graph_request_server_seconds_bucket', 'up')).toBe('otel_');
    expect(prefix('b_traces_service_graph_request_total', 'traces_service_graph_request_total')).toBe('');
    expect(() => listen(serviceGraph, ['up', 'x"}traces_service_graph_request_total'])).toThrow();
  });

  test('other prefixes are told and not read', async () => {
    const names = ['b_traces_service_graph_request_total', 'traces_service_graph_request_total'];
    const { remarks } = await bindAnswers(boardOf({}), [serviceGraph, names, {}]);
    expect(remarks).toEqual([
      'Service-graph metrics come under several names: those that begin with traces_service_graph_request_ are read, those of b_ are not.',
    ]);
  });

  test('one question each, over the window; two scrapes of one exposition count once', () => {
    const { questions } = listen(serviceGraph, ['otel_traces_service_graph_request_server_seconds_bucket']);
    expect(questions['callee bucket']).toBe(
      'sum by(le,client,server,connection_type,client_service_instance_id,server_service_instance_id)(max without(job,replica,prometheus_replica)(rate(otel_traces_service_graph_request_server_seconds_bucket[10000ms])))',
    );
  });
});

describe('a call', () => {
  const board = boardOf({ a: 'service', 'Cart Service': 'service' }, 'a → Cart Service');

  test('is bound by name, each side to its stopwatch', async () => {
    const { readings, unbound } = await bind(board, [
      'a',
      'cart-service',
      '',
      { total: 2, failed: 0.5, server: [1, 1, 0], client: [0, 2, 0] },
    ]);
    expect(linesOf(readings)).toEqual([
      'a-Cart Service errors 0.25',
      'a-Cart Service latency callee 1,1,0',
      'a-Cart Service latency caller 0,2,0',
      'a-Cart Service rate 2',
    ]);
    expect(unbound).toEqual([]);
    const callee = readings.find((reading) => reading.side === 'callee')!;
    expect(callee).toMatchObject({ samples: 20, window: 10_000, at: AT, instance: null });
    expect(callee.provenance.query).toContain('server_seconds_bucket');
  });

  test('nothing failed is 0 errors; no total is no rate; no request is no latency', async () => {
    expect(linesOf((await bind(board, ['a', 'Cart Service', '', { total: 2 }])).readings)).toEqual([
      'a-Cart Service errors 0',
      'a-Cart Service rate 2',
    ]);
    expect(linesOf((await bind(board, ['a', 'Cart Service', '', { server: [1, 0, 0] }])).readings)).toEqual([
      'a-Cart Service latency callee 1,0,0',
    ]);
    expect(
      linesOf((await bind(board, ['a', 'Cart Service', '', { total: 0, server: [0, 0, 0] }])).readings),
    ).toEqual(['a-Cart Service rate 0']);
    expect(linesOf((await bind(board, ['a', 'Cart Service', '', { total: Number.NaN }])).readings)).toEqual(
      [],
    );
  });

  test('what is not drawn is told', async () => {
    const { readings, unbound } = await bind(
      board,
      ['a', 'db', 'database', { total: 1 }],
      ['Cart Service', 'a', '', { total: 1 }],
      ['', 'a', '', { total: 1 }],
    );
    expect(readings).toEqual([]);
    expect(unbound).toEqual([
      { source: 'a', target: 'db', kind: 'query', rate: 1 },
      { source: 'Cart Service', target: 'a', kind: 'call', rate: 1 },
    ]);
  });

  test('two names of one service are pooled on its edge', async () => {
    const { readings } = await bind(
      board,
      ['a', 'Cart Service', '', { total: 1, server: [1, 0, 0] }],
      ['a', 'cart_service', '', { total: 2, server: [0, 2, 0] }],
    );
    expect(linesOf(readings)).toEqual([
      'a-Cart Service errors 0',
      'a-Cart Service latency callee 1,2,0',
      'a-Cart Service rate 3',
    ]);
  });
});

describe('ends that nobody measured', () => {
  test('a database has the caller’s stopwatch only', async () => {
    const board = boardOf({ a: 'service', db: 'database' }, 'a → db: query');
    const { readings } = await bind(board, ['a', 'db', 'database', { server: [1, 2, 0], client: [1, 2, 0] }]);
    expect(linesOf(readings)).toEqual(['a-db-query latency caller 1,2,0']);
  });

  test('a virtual node has none', async () => {
    const board = boardOf({ user: 'client', a: 'service', bank: 'external' }, 'user → a', 'a → bank');
    const { readings } = await bind(
      board,
      ['user', 'a', 'virtual_node', { server: [1, 2, 0], client: [3, 0, 0] }],
      ['a', 'bank', 'virtual_node', { server: [3, 0, 0], client: [1, 2, 0] }],
    );
    expect(linesOf(readings)).toEqual(['a-bank latency caller 1,2,0', 'user-a latency callee 1,2,0']);
  });
});

describe('messages', () => {
  const facts: Fact = [
    'a',
    'b',
    'messaging_system',
    { total: 1, client: [1, 0, 0], server: [0, 1, 0], messaging: [0, 0, 1] },
  ];

  test('go through the queue that is drawn, even beside a call', async () => {
    const board = boardOf(
      { a: 'service', b: 'worker', q: 'queue' },
      'a → q: publish',
      'q → b: consume',
      'a → b',
    );
    const { readings } = await bind(board, facts, ['a', 'b', '', { client: [5, 0, 0] }]);
    expect(linesOf(readings)).toEqual([
      'a-b latency caller 5,0,0',
      'a-q-publish errors 0',
      'a-q-publish latency caller 1,0,0',
      'a-q-publish rate 1',
      'q queue wait 0,0,1',
      'q-b-consume errors 0',
      'q-b-consume latency callee 0,1,0',
      'q-b-consume rate 1',
    ]);
  });

  test('without a queue drawn all is on the one edge', async () => {
    const { readings } = await bind(boardOf({ a: 'service', b: 'worker' }, 'a → b: publish'), facts);
    expect(linesOf(readings)).toEqual([
      'a-b-publish errors 0',
      'a-b-publish latency callee 0,1,0',
      'a-b-publish latency caller 1,0,0',
      'a-b-publish queue wait 0,0,1',
      'a-b-publish rate 1',
    ]);
  });

  test('with two queues that fit, neither is guessed', async () => {
    const board = boardOf(
      { a: 'service', b: 'worker', q: 'queue', r: 'queue' },
      'a → q: publish',
      'q → b: consume',
      'a → r: publish',
      'r → b: consume',
    );
    const { readings, unbound } = await bind(board, facts);
    expect(readings).toEqual([]);
    expect(unbound).toEqual([{ source: 'a', target: 'b', kind: 'publish', rate: 1 }]);
  });

  test('what a topic hands to two consumers is not counted as published twice', async () => {
    const board = boardOf(
      { a: 'service', b: 'worker', c: 'worker', t: 'topic' },
      'a → t: publish',
      't → b: consume',
      't → c: consume',
    );
    const { readings } = await bind(board, facts, ['a', 'c', 'messaging_system', { total: 1 }]);
    const rates = linesOf(readings).filter((line) => line.includes('rate'));
    expect(rates).toEqual(['t-b-consume rate 1', 't-c-consume rate 1']);
  });
});

describe('instances', () => {
  const board = boardOf({ a: 'service', b: 'service' }, 'a → b');
  const of = (client: string, server: string) => ({
    client_service_instance_id: client,
    server_service_instance_id: server,
  });

  test('each end speaks of its own; all together are pooled, not averaged', async () => {
    const { readings } = await bind(
      board,
      ['a', 'b', '', { total: 1, failed: 1, server: [1, 0, 0], client: [0, 1, 0] }, of('a1', 'b1')],
      ['a', 'b', '', { total: 3, server: [0, 2, 1], client: [0, 2, 1] }, of('a1', 'b2')],
    );
    expect(linesOf(readings)).toEqual([
      'a-b errors 0 @b2',
      'a-b errors 0.25 of 2',
      'a-b errors 1 @b1',
      'a-b latency callee 0,2,1 @b2',
      'a-b latency callee 1,0,0 @b1',
      'a-b latency callee 1,2,1 of 2',
      'a-b latency caller 0,3,1 @a1',
      'a-b latency caller 0,3,1 of 1',
      'a-b rate 1 @b1',
      'a-b rate 3 @b2',
      'a-b rate 4 of 2',
    ]);
  });
});
