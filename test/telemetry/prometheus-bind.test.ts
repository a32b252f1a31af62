import { describe, expect, test } from 'vitest';
import type { Board, Reading } from '../../src/graph/index.ts';
import { bindTraffic, type Poll } from '../../src/telemetry/prometheus/bind.ts';
import {
  FAMILIES,
  type Family,
  prefixOf,
  queriesFor,
  trafficOf,
} from '../../src/telemetry/prometheus/servicegraph.ts';
import { boardOf } from './boards.ts';

const atOnce = async () => {};
const poll: Poll = {
  at: 1_700_000_000_000,
  window: 10_000,
  provenance: Object.fromEntries(
    FAMILIES.map((family) => [family, { source: 'p', label: 'P', simulated: false, query: family }]),
  ) as Poll['provenance'],
};

type Fact = [
  client: string,
  server: string,
  connection: string,
  figures: Partial<Record<Family, number | number[]>>,
];

/** Reads facts as series: a number for the counters, counts per bucket (0.1 s, 1 s, +Inf) for the rest. */
async function bind(board: Board, ...facts: Fact[]) {
  const families = { total: [], failed: [], server: [], client: [], messaging: [] } as Record<
    Family,
    { labels: Record<string, string>; value: number }[]
  >;
  for (const [client, server, connection_type, figures] of facts)
    for (const [family, figure] of Object.entries(figures) as [Family, number | number[]][]) {
      const labels = { client, server, connection_type };
      if (typeof figure === 'number') families[family].push({ labels, value: figure });
      else {
        let upTo = 0;
        ['0.1', '1', '+Inf'].forEach((le, i) => {
          upTo += figure[i]!;
          families[family].push({ labels: { ...labels, le }, value: upTo });
        });
      }
    }
  return bindTraffic(board, await trafficOf(families, atOnce), poll, atOnce);
}

const said = (readings: Reading[]) =>
  readings
    .map(({ subject, metric, side, value }) => {
      const figure = typeof value === 'number' ? value : (value as { counts: number[] }).counts.join(',');
      return `${subject.id} ${metric}${side ? ` ${side}` : ''} ${figure}`;
    })
    .sort();

describe('names of metrics', () => {
  test('any prefix is found, the shortest taken', () => {
    expect(prefixOf(['traces_service_graph_request_total'])).toBe('');
    expect(prefixOf(['otel_traces_service_graph_request_server_seconds_bucket', 'up'])).toBe('otel_');
    expect(prefixOf(['b_traces_service_graph_request_total', 'traces_service_graph_request_total'])).toBe('');
    expect(prefixOf(['up', 'x"}traces_service_graph_request_total'])).toBeNull();
  });

  test('one question each, over the window', () => {
    expect(queriesFor('otel_', 30_000).server).toBe(
      'sum by(le,client,server,connection_type)(rate(otel_traces_service_graph_request_server_seconds_bucket[30000ms]))',
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
    expect(said(readings)).toEqual([
      'a-Cart Service errors 0.25',
      'a-Cart Service latency callee 1,1,0',
      'a-Cart Service latency caller 0,2,0',
      'a-Cart Service rate 2',
    ]);
    expect(unbound).toEqual([]);
    const callee = readings.find((reading) => reading.side === 'callee')!;
    expect(callee).toMatchObject({ samples: 20, window: 10_000, at: poll.at, instance: null });
    expect(callee.provenance.query).toBe('server');
  });

  test('nothing failed is 0 errors; no total is no rate; no request is no latency', async () => {
    expect(said((await bind(board, ['a', 'Cart Service', '', { total: 2 }])).readings)).toEqual([
      'a-Cart Service errors 0',
      'a-Cart Service rate 2',
    ]);
    expect(said((await bind(board, ['a', 'Cart Service', '', { server: [1, 0, 0] }])).readings)).toEqual([
      'a-Cart Service latency callee 1,0,0',
    ]);
    expect(
      said((await bind(board, ['a', 'Cart Service', '', { total: 0, server: [0, 0, 0] }])).readings),
    ).toEqual(['a-Cart Service rate 0']);
    expect(said((await bind(board, ['a', 'Cart Service', '', { total: Number.NaN }])).readings)).toEqual([]);
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
    expect(said(readings)).toEqual([
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
    expect(said(readings)).toEqual(['a-db-query latency caller 1,2,0']);
  });

  test('a virtual node has none', async () => {
    const board = boardOf({ user: 'client', a: 'service', bank: 'external' }, 'user → a', 'a → bank');
    const { readings } = await bind(
      board,
      ['user', 'a', 'virtual_node', { server: [1, 2, 0], client: [3, 0, 0] }],
      ['a', 'bank', 'virtual_node', { server: [3, 0, 0], client: [1, 2, 0] }],
    );
    expect(said(readings)).toEqual(['a-bank latency caller 1,2,0', 'user-a latency callee 1,2,0']);
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
    expect(said(readings)).toEqual([
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
    expect(said(readings)).toEqual([
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
    const rates = said(readings).filter((line) => line.includes('rate'));
    expect(rates).toEqual(['t-b-consume rate 1', 't-c-consume rate 1']);
  });
});
