/**
 * A real Prometheus scrapes service-graph histograms; each edge's p50, p95 and p99 here must equal its own
 * histogram_quantile at the same time.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Distribution, emptyBoard, quantile, type Reading } from '../../src/graph/index.ts';
import { createSource, discover, type SourceStatus } from '../../src/telemetry/index.ts';

const PROMETHEUS = process.env.PROMETHEUS_BIN ?? '/usr/bin/prometheus';
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Edges with their typical latency in seconds; the last has all requests beyond the highest bound. */
const EDGES = [
  { client: 'web', server: 'cart', typical: 0.03 },
  { client: 'cart', server: 'stock', typical: 0.3 },
  { client: 'web', server: 'slow', typical: 400 },
];
const SIDES = ['server', 'client'] as const;

/** Counts more requests each time it is asked. */
function exporter(): Server {
  const seen = EDGES.flatMap((edge) =>
    SIDES.map((side) => ({ ...edge, side, counts: BOUNDS.map(() => 0), total: 0 })),
  );
  return createServer((_, response) => {
    const lines: string[] = [];
    for (const series of seen) {
      for (let i = 0; i < 37; i++) {
        const seconds = series.typical * Math.exp(Math.random() - 0.5);
        series.total++;
        BOUNDS.forEach((bound, b) => {
          if (seconds <= bound) series.counts[b]!++;
        });
      }
      const labels = `client="${series.client}",server="${series.server}",connection_type=""`;
      const name = `traces_service_graph_request_${series.side}_seconds_bucket`;
      BOUNDS.forEach((bound, b) => {
        lines.push(`${name}{${labels},le="${bound}"} ${series.counts[b]}`);
      });
      lines.push(`${name}{${labels},le="+Inf"} ${series.total}`);
      if (series.side === 'server')
        lines.push(`traces_service_graph_request_total{${labels}} ${series.total}`);
    }
    response.end(`${lines.join('\n')}\n`);
  });
}

const listen = (server: Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function waitFor<T>(what: string, look: () => Promise<T | null>, seconds: number): Promise<T> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`);
}

/** Prometheus' own answer, in seconds, by "client server". */
async function own(url: string, query: string, at: number): Promise<Map<string, number>> {
  const search = new URLSearchParams({ query, time: (at / 1000).toFixed(3) });
  const response = await fetch(`${url}/api/v1/query?${search}`);
  const body = (await response.json()) as {
    data: { result: { metric: Record<string, string>; value: [number, string] }[] };
  };
  return new Map(
    body.data.result.map(({ metric, value }) => [`${metric.client} ${metric.server}`, Number(value[1])]),
  );
}

test('quantiles equal histogram_quantile of a real Prometheus', async (ctx) => {
  if (!existsSync(PROMETHEUS))
    return ctx.skip(`quantiles against a real Prometheus left out: no ${PROMETHEUS}`);
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-prometheus-'));
  const metrics = exporter();
  let prometheus: ChildProcess | null = null;
  try {
    const target = await listen(metrics);
    const port = await freePort();
    const file = join(folder, 'prometheus.yml');
    await writeFile(
      file,
      `global: {scrape_interval: 1s}\nscrape_configs: [{job_name: mesh, static_configs: [{targets: ['127.0.0.1:${target}']}]}]\n`,
    );
    prometheus = spawn(
      PROMETHEUS,
      [
        `--config.file=${file}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--log.level=error',
      ],
      { stdio: 'ignore' },
    );
    const url = `http://127.0.0.1:${port}`;
    const config = { id: 'p', type: 'prometheus' as const, name: '', url, interval: 1000, window: 8000 };
    await waitFor(
      'rates of every edge',
      async () => {
        const rates = await own(url, 'rate(traces_service_graph_request_total[8s])', Date.now());
        return rates.size === EDGES.length ? rates : null;
      },
      60,
    );

    let next = 0;
    const found = await discover(config, () => `id${next++}`);
    if (!found.ok) throw new Error(found.reason);
    const board = emptyBoard('board');
    for (const node of found.value.graph.nodes) board.nodes[node.id] = node;
    for (const edge of found.value.graph.edges) board.edges[edge.id] = edge;
    expect(Object.keys(board.edges).length).toBe(EDGES.length);

    const readings: Reading[] = [];
    const statuses: SourceStatus[] = [];
    const source = createSource(config);
    source.start({
      board: () => board,
      emit: (list) => readings.push(...list),
      status: (status) => statuses.push(status),
    });
    await waitFor(
      'three polls',
      async () => (new Set(readings.map((each) => each.at)).size >= 3 ? true : null),
      20,
    );
    source.stop();
    expect(statuses.at(-1)).toMatchObject({ state: 'live', unbound: [] });

    const latencies = readings.filter((each) => each.metric === 'latency');
    expect(latencies.length).toBeGreaterThanOrEqual(3 * EDGES.length * SIDES.length);
    for (const q of [0.5, 0.95, 0.99])
      for (const { at, subject, value, provenance } of latencies) {
        const edge = board.edges[subject.id]!;
        const name = `${board.nodes[edge.source]!.name} ${board.nodes[edge.target]!.name}`;
        const theirs = (await own(url, `histogram_quantile(${q}, ${provenance.query})`, at)).get(name)!;
        const ours = quantile(value as Distribution, q)!.value / 1000;
        expect(Math.abs(ours - theirs) / theirs, `p${q * 100} of ${name}`).toBeLessThan(1e-9);
      }
    const rates = await own(
      url,
      readings.find((each) => each.metric === 'rate')!.provenance.query!,
      readings[0]!.at,
    );
    for (const { subject, value } of readings.filter(
      (each) => each.metric === 'rate' && each.at === readings[0]!.at,
    )) {
      const edge = board.edges[subject.id]!;
      expect(value).toBe(rates.get(`${board.nodes[edge.source]!.name} ${board.nodes[edge.target]!.name}`));
    }
  } finally {
    if (prometheus && prometheus.exitCode === null) {
      const ended = new Promise((resolve) => prometheus?.once('exit', resolve));
      prometheus.kill();
      await ended;
    }
    metrics.closeAllConnections();
    metrics.close();
    await rm(folder, { recursive: true, force: true });
  }
});
