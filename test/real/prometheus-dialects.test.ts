/**
 * A real Prometheus scrapes what OpenTelemetry, Istio and Linkerd export. What is read here, live and of the past, per
 * instance and over all, must equal its own answers at the same time.
 */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Board, type Distribution, emptyBoard, quantile, type Reading } from '../../src/graph/index.ts';
import {
  createSource,
  discover,
  type Env,
  machine,
  type Source,
  type SourceStatus,
} from '../../src/telemetry/index.ts';
import { counting, listen, own, PROMETHEUS, runPrometheus, waitFor } from './prometheus.ts';

const WINDOW = 8000;
const RULES = `groups: [{name: g, rules: [{alert: CatalogSlow, expr: 'vector(1)', labels: {severity: page}}]}]`;
/** Scraped by two jobs. */
const GRAPH = 'traces_service_graph_request_total{client="shop",server="bank"} 3\n';
const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/prometheus/${name}.txt`, import.meta.url), 'utf8');

let servers: Server[] = [];
let prometheus: Awaited<ReturnType<typeof runPrometheus>>;
let board: Board;

const config = (more = {}) => ({
  ...{ id: 'p', type: 'prometheus' as const, name: '', url: prometheus.url, interval: 1000, window: WINDOW },
  ...more,
});

beforeAll(async () => {
  if (!PROMETHEUS) return;
  const otel = counting(fixture('otel'));
  const meshes = counting(fixture('istio') + fixture('linkerd'));
  servers = [otel, meshes];
  const graph = await listen(counting(GRAPH));
  prometheus = await runPrometheus(
    { services: await listen(otel), mesh: await listen(meshes), graph, again: graph },
    RULES,
  );
  // Each of the four jobs, scraped one after the other; the alert fires at the evaluation after the first.
  const there = { 'sum_over_time(up[8s]) >= 3': 4, ALERTS: 1 };
  for (const [query, count] of Object.entries(there))
    await waitFor(
      query,
      async () =>
        (await own(prometheus.url, query, Date.now(), JSON.stringify)).size === count ? true : null,
      60,
    );
  let next = 0;
  const found = await discover(config(), () => `id${next++}`);
  if (!found.ok) throw new Error(found.reason);
  board = emptyBoard('board');
  for (const node of found.value.graph.nodes) board.nodes[node.id] = node;
  for (const edge of found.value.graph.edges) board.edges[edge.id] = edge;
});
afterAll(async () => {
  if (!PROMETHEUS) return;
  await prometheus.stop();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const nameOf = (edge: string) => {
  const { source, target, kind } = board.edges[edge]!;
  return `${board.nodes[source]!.name} ${kind} ${board.nodes[target]!.name}`;
};

/** Polls until `polls` of them brought readings. */
async function poll(polls: number, env: Env = machine, more = {}) {
  const readings: Reading[] = [];
  const statuses: SourceStatus[] = [];
  const source: Source = createSource(config(more), env);
  source.start({
    board: () => board,
    emit: (list) => readings.push(...list),
    status: (status) => statuses.push(status),
  });
  await waitFor('polls', async () => (new Set(readings.map(({ at }) => at)).size >= polls ? true : null), 20);
  return { readings, source, status: statuses.at(-1)! };
}

/** With a Prometheus, or not at all. */
const real = (name: string, run: () => Promise<void>) =>
  test(name, (ctx) =>
    PROMETHEUS ? run() : ctx.skip('beside a real Prometheus left out: no prometheus here'),
  );

describe('beside a real Prometheus', () => {
  real('every edge is found, by its dialect', async () => {
    expect(Object.keys(board.edges).map(nameOf).sort()).toEqual([
      'api call books.shop',
      'api call books.staging',
      'billing call catalog',
      'cart query redis',
      'catalog query postgresql',
      'catalog query redis',
      'frontend call billing',
      'frontend call cart',
      'frontend call reviews-v1',
      'frontend call reviews-v2',
      'gateway call 127.0.0.1:17002',
      'gateway call 127.0.0.1:17003',
      'gateway call 127.0.0.1:17005',
      'gateway call api.bank.example',
      'istio-ingressgateway call frontend',
      'orders call 127.0.0.1:17005',
      'orders call payment',
      'orders consume worker',
      'orders publish orders',
      'orders query postgresql',
      'shop call bank',
      'web call api',
      'worker query postgresql',
    ]);
  });

  real('quantiles of OpenTelemetry HTTP are its own, for each instance and for all', async () => {
    const { readings, source } = await poll(3);
    source.stop();
    const latencies = readings.filter(
      ({ subject, metric, side, provenance }) =>
        subject.type === 'edge' &&
        metric === 'latency' &&
        side === 'caller' &&
        provenance.query?.includes('http_client_request_duration_bucket'),
    );
    expect(new Set(latencies.map(({ instance }) => instance))).toEqual(
      new Set([null, 'gw-1', 'or-1', 'or-2']),
    );
    for (const q of [0.5, 0.95, 0.99])
      for (const { at, subject, value, instance, provenance } of latencies) {
        const by = [
          'service_name',
          'server_address',
          'server_port',
          ...(instance ? ['service_instance_id'] : []),
        ];
        const query = `histogram_quantile(${q}, sum by(le,${by.join(',')})(${provenance.query}))`;
        const theirs = await own(prometheus.url, query, at, (labels) =>
          by.map((name) => labels[name]).join(' '),
        );
        const edge = board.edges[subject.id]!;
        const { name, match } = board.nodes[edge.target]!;
        const address = (match?.names[0] ?? name).replace(':', ' ');
        const key = [board.nodes[edge.source]!.name, address, ...(instance ? [instance] : [])].join(' ');
        const ours = quantile(value as Distribution, q)!.value / 1000;
        expect(theirs.get(key), `p${q * 100} of ${key}`).toBeDefined();
        expect(Math.abs(ours - theirs.get(key)!) / theirs.get(key)!, key).toBeLessThan(1e-9);
      }
  });

  real('the past is read as it was answered live, whole or narrowed', async () => {
    const { readings, source, status } = await poll(4);
    expect(status.remarks!.join(' ')).toContain('OpenTelemetry HTTP');
    const times = [...new Set(readings.map(({ at }) => at))];
    const last = times.at(-1)!;
    const { signal } = new AbortController();
    const stretch = { from: last - 3000, to: last, step: 1000, window: WINDOW };
    const whole = await source.history!(stretch, signal);
    if (!whole.ok) throw new Error(whole.reason);
    expect(whole.value.map(({ at }) => at)).toEqual([last - 3000, last - 2000, last - 1000, last]);
    const keyOf = ({ subject, metric, side, instance }: Reading) =>
      [subject.id, metric, side, instance].join(' ');
    const then = new Map(whole.value.at(-1)!.readings.map((each) => [keyOf(each), each]));
    const live = readings.filter(
      ({ at, provenance }) => at === last && !provenance.query?.includes('ALERTS'),
    );
    expect(live.length).toBeGreaterThan(100);
    // What was scraped late is in the past and was not in the live answer: rates may differ by a scrape.
    for (const each of live) expect(then.get(keyOf(each)), keyOf(each)).toMatchObject({ window: WINDOW });

    for (const [id, edge] of Object.entries(board.edges)) {
      const only = new Set([`edge:${id}`, `node:${edge.target}`]);
      const narrowed = await source.history!(stretch, signal, only);
      if (!narrowed.ok) throw new Error(narrowed.reason);
      const wanted = whole.value.map(({ at, readings: all }) => ({
        at,
        readings: all
          .filter(({ subject }) => only.has(`${subject.type}:${subject.id}`))
          .map(plain)
          .sort(),
      }));
      const got = narrowed.value.map(({ at, readings: all }) => ({ at, readings: all.map(plain).sort() }));
      expect(got, nameOf(id)).toEqual(wanted);
    }
    source.stop();

    /** Prometheus adds up in any order: the last digits are not always the same. */
    function plain(reading: Reading): string {
      const { provenance: _, ...rest } = reading;
      return JSON.stringify(rest, (_, value) =>
        typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value,
      );
    }
  });

  real('one exposition that two jobs scrape is counted once', async () => {
    const { readings, source } = await poll(2);
    source.stop();
    const [id] = Object.keys(board.edges).filter((edge) => nameOf(edge) === 'shop call bank');
    const rate = readings.findLast(({ subject, metric }) => subject.id === id && metric === 'rate')!;
    expect(rate.value).toBeGreaterThan(2.5);
    expect(rate.value).toBeLessThan(3.5);
  });

  real('alerts that fire are events', async () => {
    const { source } = await poll(1);
    const events = await source.events!(Date.now() - 60_000, Date.now(), new AbortController().signal);
    source.stop();
    if (!events.ok) throw new Error(events.reason);
    expect(events.value).toMatchObject([{ kind: 'alert', name: 'CatalogSlow (page)' }]);
    expect(events.value[0]!.until).toBeUndefined();
  });

  real('a page whose clock is wrong asks in the server’s time', async () => {
    const off = 90_000;
    const { readings, status, source } = await poll(2, { ...machine, now: () => Date.now() - off });
    source.stop();
    expect(status.remarks!.join(' ')).toMatch(/Its clock is (89|90)\.\d s ahead of this machine's/);
    expect(Math.abs(readings.at(-1)!.at - (Date.now() - off))).toBeLessThan(5000);
  });

  real('a question of a person’s own, with the names put in', async () => {
    const [id] = Object.entries(board.nodes).find(([, { name }]) => name === 'orders')!;
    const question = {
      name: 'served',
      metric: 'rate' as const,
      query:
        'sum by(service_instance_id)(rate(http_server_request_duration_count{service_name=~"$name"}[$window]))',
      of: { type: 'node' as const, id },
      instance: 'service_instance_id',
    };
    const { readings, source } = await poll(1, machine, { queries: [question] });
    source.stop();
    const told = readings.filter(({ provenance }) =>
      provenance.query?.startsWith('sum by(service_instance_id)'),
    );
    expect(told.map(({ instance }) => instance).sort()).toEqual([null, 'or-1', 'or-2'].sort());
    expect(told.find(({ instance }) => instance === null)!.value).toBeCloseTo(10, 0);
  });
});
