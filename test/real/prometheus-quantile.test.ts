/**
 * A real Prometheus scrapes service-graph histograms; each edge's p50, p95 and p99 here must equal its own
 * histogram_quantile at the same time.
 */
import { createServer, type Server } from 'node:http';
import { expect, test } from 'vitest';
import { type Distribution, emptyBoard, quantile, type Reading } from '../../src/graph/index.ts';
import { createSource, discover, type SourceStatus } from '../../src/telemetry/index.ts';
import { listen, own, PROMETHEUS, runPrometheus, waitFor } from './prometheus.ts';

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

const byEdge = ({ client, server }: Record<string, string>) => `${client} ${server}`;

test('quantiles equal histogram_quantile of a real Prometheus', async (ctx) => {
  if (!PROMETHEUS) return ctx.skip('quantiles against a real Prometheus left out: no prometheus here');
  const metrics = exporter();
  const prometheus = await runPrometheus({ mesh: await listen(metrics) });
  try {
    const { url } = prometheus;
    const config = { id: 'p', type: 'prometheus' as const, name: '', url, interval: 1000, window: 8000 };
    await waitFor(
      'rates of every edge',
      async () => {
        const rates = await own(url, 'rate(traces_service_graph_request_total[8s])', Date.now(), byEdge);
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
        const theirs = (await own(url, `histogram_quantile(${q}, ${provenance.query})`, at, byEdge)).get(
          name,
        )!;
        const ours = quantile(value as Distribution, q)!.value / 1000;
        expect(Math.abs(ours - theirs) / theirs, `p${q * 100} of ${name}`).toBeLessThan(1e-9);
      }
    const rates = await own(
      url,
      readings.find((each) => each.metric === 'rate')!.provenance.query!,
      readings[0]!.at,
      byEdge,
    );
    for (const { subject, value } of readings.filter(
      (each) => each.metric === 'rate' && each.at === readings[0]!.at,
    )) {
      const edge = board.edges[subject.id]!;
      expect(value).toBe(rates.get(`${board.nodes[edge.source]!.name} ${board.nodes[edge.target]!.name}`));
    }
  } finally {
    await prometheus.stop();
    metrics.closeAllConnections();
    metrics.close();
  }
});
