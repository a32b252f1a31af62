/** Answers about parts → figures of what is drawn: whom they speak of, who speaks, and what is left out. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import type { Series } from '../../src/telemetry/prometheus/answer.ts';
import { bindSeen } from '../../src/telemetry/prometheus/bind.ts';
import { type Claims, claimsOf } from '../../src/telemetry/prometheus/ends.ts';
import { instruments } from '../../src/telemetry/prometheus/instruments/index.ts';
import type { Seen } from '../../src/telemetry/prometheus/traffic.ts';
import { boardOf } from './boards.ts';
import { AT, atOnce, linesOf, listen } from './prometheus-heard.ts';

/** As the questions have it. */
const WINDOW = 10_000;

type Told = [labels: Record<string, string>, value: number];

/** What is made of answers to the questions about a metric, by the start of the question's key. */
async function bind(board: Board, told: Record<string, readonly Told[]>, more: Seen[] = [], names = NAMES) {
  const { questions, read } = listen(instruments, names);
  const answers: Record<string, Series[]> = {};
  for (const [start, all] of Object.entries(told)) {
    const key = Object.keys(questions).find((each) => each.startsWith(start));
    if (key === undefined) throw new Error(`nothing is asked about ${start}`);
    answers[key] = all.map(([labels, value]) => ({ labels, value }));
  }
  const heard = [...more, await read(answers, atOnce)].map((seen, i) => ({ dialect: `${i}`, seen }));
  const provenance = (query: string, note?: string) => ({
    ...{ source: 'p', label: 'P', simulated: false, query },
    ...(note !== undefined && { note }),
  });
  const claims: Claims = claimsOf(heard.map(({ seen }) => seen));
  const bound = await bindSeen(board, heard, claims, { at: AT, window: WINDOW, provenance }, atOnce);
  return { ...bound, lines: linesOf(bound.readings), said: heard.flatMap(({ seen }) => seen.remarks ?? []) };
}

const NAMES = [
  ...['container_cpu_usage_seconds_total', 'container_memory_working_set_bytes'],
  ...['container_spec_cpu_quota', 'container_spec_cpu_period', 'container_spec_memory_limit_bytes'],
  ...['process_cpu_seconds_total', 'process_resident_memory_bytes', 'node_cpu_seconds_total'],
  ...['rabbitmq_queue_messages_ready', 'rabbitmq_queue_consumer_capacity'],
  ...['rabbitmq_queue_messages_delivered_ack_total', 'rabbitmq_queue_messages_delivered_total'],
  ...['nginx_http_requests_total', 'nodejs_eventloop_utilization_ratio', 'redis_memory_used_bytes'],
];
const MEMORY = 'memory, cAdvisor, working set';
const LIMITED = 'cpu, cAdvisor, share of its CPU limit';
const ONE_CORE = 'cpu, cAdvisor, share of one core';
const PROCESS_CPU = 'cpu, process_cpu_seconds_total';
const DEPTH = 'queue depth, RabbitMQ, rabbitmq';
const pod = (name: string, namespace = 'shop', container = 'server') => ({ container, pod: name, namespace });

describe('what is asked', () => {
  test('is asked only of series that exist, one question each', () => {
    const { questions } = listen(instruments, ['redis_memory_used_bytes', 'redis_memory_max_bytes']);
    expect(Object.keys(questions).map((key) => key.split(',')[0])).toEqual(['memory', 'memory use']);
    expect(instruments.listen(['up', 'go_goroutines'], { window: WINDOW, only: null })).toBeNull();
  });

  test('every metric that is needed is looked for, by a pattern that both engines know', () => {
    const pattern = new RegExp(`^(?:${instruments.metrics})$`);
    for (const name of [...NAMES, 'nodejs.eventloop.delay.p99', 'redis_exporter_build_info'])
      expect(name).toMatch(pattern);
    expect(instruments.metrics).not.toMatch(/\(\?[<=!]|\\\d/);
  });

  test('names with dots are quoted, and their labels too', () => {
    const { questions } = listen(instruments, ['process.cpu.utilization']);
    expect(Object.values(questions)[0]).toContain('{"process.cpu.utilization"}');
    expect(Object.values(questions)[0]).toContain('"service.name"');
  });

  test('what an exporter says of itself is left out; an agent within its process is none', () => {
    const asked = (build: string) =>
      Object.values(listen(instruments, ['process_resident_memory_bytes', build]).questions).join();
    expect(asked('redis_exporter_build_info')).toContain(
      'unless on(job,instance) (redis_exporter_build_info)',
    );
    expect(asked('jmx_exporter_build_info')).not.toContain('unless');
  });
});

describe('whom it speaks of', () => {
  const board = boardOf({ cart: 'service', stock: 'service', server: 'service' });

  test('a pod is known by its workload; a name that many containers have is nobody’s', async () => {
    const told: Told[] = [
      [pod('cart-7d9f8b6c5-x2x8z'), 10],
      [pod('cart-7d9f8b6c5-q5zrt'), 20],
      [pod('stock-0'), 5],
      [pod('web-zz9xk'), 7],
    ];
    const { lines, unboundNodes } = await bind(board, { [MEMORY]: told });
    expect(lines).toEqual([
      'cart memory 10 @cart-7d9f8b6c5-x2x8z',
      'cart memory 20 @cart-7d9f8b6c5-q5zrt',
      'cart memory 30 of 2',
      'stock memory 5 @stock-0',
      'stock memory 5 of 1',
    ]);
    expect(unboundNodes).toEqual([{ name: 'web', kind: null, metric: 'memory' }]);
  });

  test('a container called as its workload is that part; the same container elsewhere takes nothing from it', async () => {
    const told: Told[] = [
      [pod('cart-7d9f8b6c5-x2x8z', 'shop', 'cart'), 10],
      [pod('cart-v2-6b8f9c7d4-zz9xk', 'shop', 'cart'), 20],
      [pod('stock-7d9f8b6c5-x2x8z', 'shop', 'stock'), 5],
    ];
    const { lines, unboundNodes } = await bind(board, { [MEMORY]: told });
    expect(lines.filter((line) => line.includes(' of '))).toEqual([
      'cart memory 10 of 1',
      'stock memory 5 of 1',
    ]);
    expect(unboundNodes.map(({ name }) => name)).toEqual(['cart-v2']);
    const sure = boardOf({ cart: { match: { names: ['cart.shop'] } } });
    expect((await bind(sure, { [MEMORY]: told })).lines).toContain('cart memory 10 of 1');
  });

  test('one name in two namespaces is nobody’s without the namespace', async () => {
    const told: Told[] = [
      [pod('cart-0'), 10],
      [pod('cart-0', 'staging'), 20],
    ];
    const { lines, unboundNodes } = await bind(board, { [MEMORY]: told });
    expect(lines).toEqual([]);
    expect(unboundNodes.map(({ name }) => name)).toEqual(['cart.shop', 'cart.staging']);
    const sure = boardOf({ cart: { match: { names: ['cart.staging'] } } });
    expect((await bind(sure, { [MEMORY]: told })).lines).toContain('cart memory 20 of 1');
  });

  test('what a collector passed on is not the collector’s', async () => {
    const labels = {
      job: 'cart',
      instance: 'cart:8889',
      exported_job: 'shop/stock',
      exported_instance: 's-1',
    };
    const { lines } = await bind(board, { [PROCESS_CPU]: [[labels, 0.5]] });
    expect(lines).toEqual(['stock cpu 0.5 @s-1', 'stock cpu 0.5 of 1']);
  });

  test('a queue and a service of one name are kept apart; two virtual hosts are two queues', async () => {
    const both = boardOf({ orders: 'queue', 'orders ': 'service' });
    const labels = { queue: 'orders', vhost: '/', job: 'rabbitmq' };
    expect((await bind(both, { [DEPTH]: [[labels, 7]] })).lines).toEqual(['orders queue depth 7']);
    const two: Told[] = [
      [labels, 7],
      [{ ...labels, vhost: 'test' }, 9],
    ];
    expect((await bind(both, { [DEPTH]: two })).lines).toEqual([]);
  });

  test('RabbitMQ that tells of all queues together says how it would tell of each', async () => {
    const { said, lines } = await bind(boardOf({ orders: 'queue' }), { [DEPTH]: [[{ job: 'rabbitmq' }, 7]] });
    expect(lines).toEqual([]);
    expect(said.join()).toContain('/metrics/per-object');
  });

  test('a figure of a proxy is not taken for one of a database of its name', async () => {
    const of = async (kind: 'gateway' | 'database') =>
      (await bind(boardOf({ front: kind }), { 'rate, nginx': [[{ job: 'front' }, 5]] })).lines;
    expect(await of('gateway')).toEqual(['front rate 5']);
    expect(await of('database')).toEqual([]);
  });

  test('machines that belong to nothing drawn are counted, not named', async () => {
    const told: Told[] = ['a', 'b', 'c'].map((host) => [{ instance: `${host}:9100`, job: 'node' }, 0.5]);
    const { unboundNodes, remarks } = await bind(board, { 'cpu, machine': told });
    expect(unboundNodes).toEqual([]);
    expect(remarks).toEqual(['Figures of 3 machines belong to nothing drawn.']);
  });
});

describe('who speaks', () => {
  const board = boardOf({ cart: 'service', front: 'gateway' });

  test('the surer of two families, and never both', async () => {
    const told = {
      [LIMITED]: [[pod('cart-0'), 0.5]] as Told[],
      [ONE_CORE]: [[pod('cart-0'), 2]] as Told[],
      [PROCESS_CPU]: [[{ job: 'cart', instance: 'cart:9464' }, 1.5]] as Told[],
    };
    const { readings } = await bind(board, told);
    expect(linesOf(readings)).toEqual(['cart cpu 0.5 @cart-0', 'cart cpu 0.5 of 1']);
    expect(readings[0]!.provenance.note).toBe('share of its CPU limit');
    const { lines } = await bind(board, { ...told, [LIMITED]: [] });
    expect(lines).toEqual(['cart cpu 2 @cart-0', 'cart cpu 2 of 1']);
  });

  test('of shares the highest, never an average, and it says so', async () => {
    const told: Told[] = [
      [pod('cart-0'), 0.2],
      [pod('cart-1'), 0.9],
    ];
    const { readings, lines } = await bind(board, { [LIMITED]: told });
    expect(lines).toContain('cart cpu 0.9 of 2');
    const notes = readings.map(({ instance, provenance }) => [instance, provenance.note]);
    expect(notes).toContainEqual([null, 'share of its CPU limit, highest of 2 instances']);
    expect(notes).toContainEqual(['cart-1', 'share of its CPU limit']);
  });

  test('what was counted of requests goes before what a proxy counts of itself', async () => {
    const front = { names: ['front'], kind: 'service' as const };
    const served = { by: front, rate: 3, failed: 0, latency: null, instance: null, asked: {} };
    const rate: Told[] = [[{ job: 'front' }, 5]];
    const { lines } = await bind(board, { 'rate, nginx': rate }, [{ traffic: [], served: [served] }]);
    expect(lines).toEqual(['front errors 0', 'front rate 3']);
  });

  test('the same process scraped by two jobs counts once, and that is told', async () => {
    const told: Told[] = ['cart', 'shop/cart'].map((job) => [{ job, instance: 'cart:9464' }, 100]);
    const { lines, remarks } = await bind(board, { 'memory, process_resident_memory_bytes': told });
    expect(lines).toEqual(['cart memory 100 @cart:9464', 'cart memory 100 of 1']);
    expect(remarks.join()).toContain('counted once');
  });
});

describe('what is left out', () => {
  const board = boardOf({ orders: 'queue', cart: 'service' });
  const labels = { queue: 'orders', vhost: '/', job: 'rabbitmq' };

  test('whatever is no number: no data is not zero', async () => {
    const anything = fc.constantFrom(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -1,
      -0.001,
    );
    await fc.assert(
      fc.asyncProperty(anything, async (value) => {
        const told: Told[] = [[labels, value]];
        const { readings } = await bind(board, {
          ...{ [DEPTH]: told, 'lag time, RabbitMQ': told, 'consumer capacity': told },
          [LIMITED]: [[pod('cart-0'), value]],
        });
        expect(readings).toEqual([]);
      }),
    );
  });

  test('a level is of the moment, a rate of the window', async () => {
    const { readings } = await bind(board, {
      [DEPTH]: [[labels, 7]],
      'lag time, RabbitMQ': [[labels, 2]],
    });
    expect(readings.map(({ metric, value, window }) => [metric, value, window])).toEqual([
      ['queue depth', 7, 0],
      ['lag time', 2000, WINDOW],
    ]);
  });

  test('one instance that has no answer leaves the others as they are', async () => {
    const told: Told[] = [
      [pod('cart-0'), Number.NaN],
      [pod('cart-1'), 30],
    ];
    expect((await bind(board, { [MEMORY]: told })).lines).toEqual([
      'cart memory 30 @cart-1',
      'cart memory 30 of 1',
    ]);
  });
});
