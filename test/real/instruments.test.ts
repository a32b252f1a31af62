/**
 * A real Prometheus scrapes expositions, recorded from real programs and made after their documentation. What is read
 * of the parts must be its own answer to the question that stands beside the figure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Board, Reading } from '../../src/graph/index.ts';
import { createSource, type Source, type SourceStatus, type Stretch } from '../../src/telemetry/index.ts';
import { boardOf } from '../telemetry/boards.ts';
import { linesOf } from '../telemetry/prometheus-heard.ts';
import { counting, listen, own, PROMETHEUS, runPrometheus, waitFor } from './prometheus.ts';

const WINDOW = 8000;
const made = readFileSync(new URL('../fixtures/prometheus/instruments.txt', import.meta.url), 'utf8');
const recording = (name: string) => new URL(`../../../shared/data/recorded-lab/${name}`, import.meta.url);
const RECORDED = existsSync(recording('exposition-haproxy.txt'));

/** An exposition whose counters go on from where they were recorded, and with some levels as they would be in trouble. */
function goingOn(
  name: string,
  perSecond: Record<string, number>,
  levels: Record<string, number> = {},
): Server {
  const text = readFileSync(recording(name), 'utf8');
  const started = Date.now();
  const find = (of: Record<string, number>, series: string) =>
    Object.entries(of).find(([start]) => series.startsWith(start))?.[1];
  return createServer((_, response) => {
    const seconds = (Date.now() - started) / 1000;
    response.end(
      text.replace(/^([a-z][^#\n]*) (\S+)$/gm, (_, series: string, value: string) => {
        const grown = Number(value) + (find(perSecond, series) ?? 0) * seconds;
        return `${series} ${find(levels, series) ?? grown}`;
      }),
    );
  });
}

/** A program that ends before the test does. */
const BRIEF = `nginx_http_requests_total{job="brief",instance="brief:9113"} 5
process_resident_memory_bytes{job="brief",instance="brief:9113"} gauge:64
`;

const board: Board = boardOf(
  {
    cart: { kind: 'service', match: { names: ['cart.shop'] } },
    stock: 'service',
    web: 'gateway',
    mailer: 'worker',
    redis: 'cache',
    postgres: 'database',
    payments: 'topic',
    billing: 'worker',
    audit: 'service',
    ledger: 'service',
    jobs: 'worker',
    nginx: 'gateway',
    brief: 'gateway',
    orders: 'queue',
    'orders service': 'service',
    worker: 'worker',
    haproxy: 'load balancer',
    host: { kind: 'database', match: { names: ['vm'] } },
  },
  'payments → billing: consume',
  'payments → audit: consume',
  'orders service → orders: publish',
  'orders → worker: consume',
);

let servers: Server[] = [];
let prometheus: Awaited<ReturnType<typeof runPrometheus>>;
let source: Source;
let readings: Reading[] = [];
const statuses: SourceStatus[] = [];

beforeAll(async () => {
  if (!PROMETHEUS) return;
  const jobs: Record<string, Server> = { made: counting(made), brief: counting(BRIEF) };
  if (RECORDED)
    Object.assign(jobs, {
      rabbitmq: goingOn(
        'exposition-rabbitmq-per-object.txt',
        { rabbitmq_channel_messages_delivered_ack_total: 5, rabbitmq_queue_messages_published_total: 8 },
        { rabbitmq_queue_messages_ready: 60, rabbitmq_queue_messages_unacked: 4 },
      ),
      vm: goingOn('exposition-node-exporter.txt', {
        'node_cpu_seconds_total{cpu="0",mode="idle"}': 0.5,
        'node_cpu_seconds_total{cpu="0",mode="user"}': 0.5,
        'node_cpu_seconds_total{cpu="1",mode="iowait"}': 0.25,
        'node_cpu_seconds_total{cpu="1",mode="system"}': 0.75,
        'node_disk_io_time_seconds_total{device="vda"}': 0.4,
        'node_disk_written_bytes_total{device="vda"}': 4096,
        process_cpu_seconds_total: 0.1,
      }),
      haproxy: goingOn(
        'exposition-haproxy.txt',
        {
          'haproxy_frontend_http_requests_total{proxy="fe"}': 10,
          'haproxy_frontend_http_responses_total{proxy="fe",code="2xx"}': 9,
          'haproxy_frontend_http_responses_total{proxy="fe",code="5xx"}': 1,
        },
        { haproxy_process_idle_time_percent: 30 },
      ),
    });
  servers = Object.values(jobs);
  const ports: Record<string, number> = {};
  for (const [job, server] of Object.entries(jobs)) ports[job] = await listen(server);
  // A machine is found by its address, which tests do not know beforehand.
  if (ports.vm !== undefined) board.nodes.host!.match = { names: [`127.0.0.1:${ports.vm}`] };
  prometheus = await runPrometheus(ports);
  // Each of them: they are scraped one after the other, on a busy machine well apart.
  const settled = 'sum_over_time(up[8s]) >= 8';
  await waitFor(
    settled,
    async () =>
      (await own(prometheus.url, settled, Date.now(), JSON.stringify)).size === servers.length ? true : null,
    60,
  );
  source = createSource({
    ...{ id: 'p', type: 'prometheus', name: '', url: prometheus.url, interval: 1000, window: WINDOW },
  });
  source.start({
    board: () => board,
    emit: (list) => {
      readings = [...readings.filter(({ at }) => at === list[0]?.at), ...list];
    },
    status: (status) => statuses.push(status),
  });
  await waitFor('a poll', async () => (statuses.at(-1)?.state === 'live' ? true : null), 20);
});
afterAll(async () => {
  if (!PROMETHEUS) return;
  source.stop();
  await prometheus.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const of = (id: string, from = readings) => from.filter(({ subject }) => subject.id === id);
/** What is told over all instances. */
const told = (id: string, from = readings) =>
  Object.fromEntries(
    of(id, from)
      .filter(({ instance }) => instance === null)
      .map(({ metric, value }) => [metric, value]),
  );
/** On a busy machine scrapes come late: that a figure is the server's own to the last digit is another test's. */
const LATE = 0.25;
const isNear = (value: number, wanted: number) => Math.abs(value - wanted) <= LATE * wanted;
/** These numbers and no others, as near as a scrape may be late. */
function expectTold(id: string, numbers: Record<string, number>, from = readings): void {
  const all = Object.entries(told(id, from)).filter(([, value]) => typeof value === 'number');
  expect(all.map(([metric]) => metric).sort(), id).toEqual(Object.keys(numbers).sort());
  for (const [metric, value] of all)
    expect(isNear(value as number, numbers[metric]!), `${metric} of ${id}: ${value}`).toBe(true);
}
const noteOf = (id: string, metric: string) =>
  of(id).find((each) => each.metric === metric && each.instance === null)?.provenance.note;

describe.skipIf(!PROMETHEUS)('instruments beside a real Prometheus', () => {
  test('no question is refused', () => {
    const refused = statuses.at(-1)!.remarks!.filter((remark) => remark.includes('No answer'));
    expect(refused).toEqual([]);
  });

  test('containers: of their limits where they have any, by pods without their hashes', () => {
    expectTold('cart', { cpu: 0.9, throttled: 0.3, memory: 4000, 'memory use': 0.75, 'disk io': 50 });
    expect(noteOf('cart', 'cpu')).toBe('share of its CPU limit, highest of 2 instances');
    expect(noteOf('cart', 'memory')).toBe('working set');
    expect(linesOf(of('cart')).filter((line) => line.startsWith('cart memory use'))).toEqual([
      'cart memory use 0.25 @cart-7d9f8b6c5-x2x8z',
      'cart memory use 0.75 @cart-7d9f8b6c5-q5zrt',
      'cart memory use 0.75 of 2',
    ]);
    expectTold('stock', { cpu: 1.5, memory: 500, 'disk io': 400 });
    expect(noteOf('stock', 'cpu')).toContain('share of one core');
  });

  test('processes, their event loop and garbage', () => {
    expectTold('web', { cpu: 0.2, memory: 2048, 'gc pause': 0.03 });
    expect(told('web')['event loop lag']).toEqual({
      type: 'quantiles',
      points: [
        { q: 0.5, value: 10 },
        { q: 0.9, value: 20 },
        { q: 0.99, value: 50 },
      ],
    });
    // What a collector passed on, and no memory where it is not a number.
    expectTold('mailer', { cpu: 0.3 });
  });

  test('an exporter does not speak of itself as of what it speaks for', () => {
    expectTold('redis', { memory: 700, rate: 120, 'pool use': 0.25 });
    expectTold('postgres', { 'pool use': 0.4, rate: 42 });
    expectTold('nginx', { rate: 55 });
  });

  test('Java: pools, heap and threads', () => {
    expectTold('ledger', {
      ...{ 'pool use': 0.9, 'pool waiting': 5, 'memory use': 0.5, 'gc pause': 0.04, cpu: 0.35 },
      ...{ 'thread use': 0.25, memory: 600 },
    });
    expect(noteOf('ledger', 'pool use')).toBe('highest of 2 instances');
    const wait = told('ledger')['pool wait'];
    expect(wait).toMatchObject({ type: 'histogram', bounds: [10, 100, null] });
    if (typeof wait !== 'object' || wait.type !== 'histogram') throw new Error('no histogram');
    for (const [i, count] of [10, 8, 2].entries()) expect(isNear(wait.counts[i]!, count)).toBe(true);
    expectTold('jobs', { 'thread use': 0.75 });
  });

  test('Kafka: lag at the topic and on the way to each group, and what it is in time', () => {
    expectTold('payments-billing-consume', { 'queue depth': 40, 'lag time': 4000, rate: 10, consumers: 2 });
    // This group does not move: how long it needs is not known.
    expectTold('payments-audit-consume', { 'queue depth': 500, rate: 0, consumers: 0 });
    expectTold('payments', { 'queue depth': 500, 'lag time': 4000, rate: 12, consumers: 2 });
    expect(noteOf('payments', 'queue depth')).toBe('of the consumer group furthest behind');
  });

  test('RabbitMQ as recorded: its queue, and not the service of the same name', (ctx) => {
    if (!RECORDED) return ctx.skip('RabbitMQ left out: ../shared/data is not here');
    expectTold('orders', {
      ...{ 'queue depth': 60, 'queue unacked': 4, consumers: 1, 'consumer capacity': 1 },
      ...{ rate: 5, 'lag time': 12_000, prefetch: 4 },
    });
    expectTold('orders-worker-consume', { rate: 5 });
    expectTold('orders service-orders-publish', { rate: 8 });
    expectTold('orders service', {});
  });

  test('a machine and HAProxy as recorded', (ctx) => {
    if (!RECORDED) return ctx.skip('node_exporter and HAProxy left out: ../shared/data is not here');
    const { cpu, 'disk busy': busy, 'disk io': io, memory } = told('host') as Record<string, number>;
    expect(isNear(cpu!, 0.625), `cpu ${cpu}`).toBe(true);
    expect(isNear(busy!, 0.4), `disk busy ${busy}`).toBe(true);
    expect(isNear(io!, 4096), `disk io ${io}`).toBe(true);
    expect(memory).toBe(2.5276510208e10 - 2.3082938368e10);
    expect(noteOf('host', 'cpu')).toContain('of the whole machine');
    const proxy = told('haproxy') as Record<string, number>;
    expect(isNear(proxy.rate!, 10), `rate ${proxy.rate}`).toBe(true);
    expect(proxy.errors).toBeCloseTo(0.1, 2);
    expect(proxy.cpu).toBeCloseTo(0.7, 9);
  });

  test('every number is the server’s own answer', async () => {
    const now = readings.filter(({ instance, value }) => instance === null && typeof value === 'number');
    expect(now.length).toBeGreaterThan(30);
    for (const { at, metric, subject, value, provenance } of now) {
      const theirs = [...(await own(prometheus.url, provenance.query!, at, JSON.stringify)).values()];
      const scale = metric === 'lag time' ? 1000 : 1;
      const sum = theirs.reduce((a, b) => a + b, 0);
      const isTheirs = [...theirs, sum].some((each) => Math.abs(each * scale - (value as number)) < 1e-6);
      const isPart = ['cart', 'ledger'].includes(subject.id);
      expect(isTheirs || isPart, `${metric} of ${subject.id}: ${value} in ${theirs}`).toBe(true);
    }
  });

  test('what nobody drew is told once, machines are counted', () => {
    const { unboundNodes = [], remarks = [] } = statuses.at(-1)!;
    expect(unboundNodes.map(({ name }) => name)).toContain('cart.staging');
    expect(unboundNodes.map(({ name }) => name)).not.toContain('server');
    if (RECORDED) expect(remarks.join()).not.toContain('machine');
  });

  test('the past has the same figures', async () => {
    const to = readings[0]!.at;
    const stretch: Stretch = { from: to - 2000, to, step: 1000, window: WINDOW };
    const frames = await source.history!(stretch, new AbortController().signal);
    if (!frames.ok) throw new Error(frames.reason);
    expect(frames.value.map(({ at }) => at)).toEqual([to - 2000, to - 1000, to]);
    const last = frames.value.at(-1)!.readings;
    expectTold('cart', told('cart') as Record<string, number>, last);
    expectTold('redis', { memory: 700, rate: 120, 'pool use': 0.25 }, last);
    const only = new Set(['node:cart', 'edge:payments-billing-consume']);
    const narrow = await source.history!(stretch, new AbortController().signal, only);
    if (!narrow.ok) throw new Error(narrow.reason);
    const { readings: some } = narrow.value.at(-1)!;
    const consumed = 'payments-billing-consume';
    expectTold('cart', told('cart') as Record<string, number>, some);
    expectTold(consumed, told(consumed) as Record<string, number>, some);
    expectTold('redis', {}, some);
  });

  test('what ends is not told any more, and is not 0', async () => {
    expectTold('brief', { rate: 5, memory: 64 });
    const brief = servers[1]!;
    brief.closeAllConnections();
    brief.close();
    const rates: unknown[] = [];
    await waitFor(
      'its figures to end',
      async () => {
        rates.push(...Object.values(told('brief')));
        return statuses.at(-1)?.state === 'live' && of('brief').length === 0 ? true : null;
      },
      30,
    );
    expect(rates).not.toContain(0);
    expectTold('redis', { memory: 700, rate: 120, 'pool use': 0.25 });
  });
});
