import { globSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { oneSystem } from './system/one-system.ts';

const running = oneSystem();
const p95 = (side: string) =>
  `histogram_quantile(0.95, sum by (le, client, server) (rate(traces_service_graph_request_${side}_seconds_bucket[5s])))`;

it('shows in Prometheus exactly the calls that are made, each measured at both ends', async (ctx) => {
  const system = running(ctx);
  const stated = system.edges.map((edge) => [edge.client, edge.server, edge.connectionType].join(' ')).sort();
  for (const series of ['request_total', 'request_server_seconds_count', 'request_client_seconds_count']) {
    const samples = await system.query(
      `sum by (client, server, connection_type) (traces_service_graph_${series}) > 0`,
    );
    const found = samples.map(({ metric }) =>
      [metric.client, metric.server, metric.connection_type ?? ''].join(' '),
    );
    expect(found.sort()).toEqual(stated);
  }
  const [waited] = await system.query('traces_service_graph_request_messaging_system_seconds_count');
  expect(waited?.metric).toMatchObject({
    client: 'orders',
    server: 'worker',
    connection_type: 'messaging_system',
  });
});

it('shows a delay on the edges it lies on, and on no other', async (ctx) => {
  const system = running(ctx);
  const before = await byEdge(system.query(p95('server')));
  await system.inject('catalog', 250);
  await sleep(7_000);
  const during = await byEdge(system.query(p95('server')));
  await system.inject('catalog', 0);
  for (const edge of ['gateway catalog', 'shopper gateway']) {
    expect(before[edge]).toBeLessThan(0.25);
    expect(during[edge]).toBeGreaterThan(0.25);
  }
  for (const edge of ['gateway orders', 'orders worker']) expect(during[edge]).toBeLessThan(0.25);
});

it('loses Prometheus when it is killed, and has it back with its data', async (ctx) => {
  const system = running(ctx);
  const started = Date.now() / 1000;
  await system.killPrometheus();
  await expect(fetch(system.prometheusUrl)).rejects.toThrow();
  await system.restartPrometheus();
  const earlier = await system.query('sum(traces_service_graph_request_total)', started - 2);
  expect(earlier[0]?.value).toBeGreaterThan(0);
});

it.runIf(process.platform === 'linux')('leaves no process behind', async (ctx) => {
  const system = running(ctx);
  // Five services, Prometheus, RabbitMQ and its port mapper, at least.
  expect(processesIn(system.folder)).toBeGreaterThanOrEqual(8);
  await system.stop();
  expect(processesIn(system.folder)).toBe(0);
});

function processesIn(folder: string): number {
  return globSync('/proc/[0-9]*/cwd').filter((link) => {
    try {
      return readlinkSync(link).startsWith(folder);
    } catch {
      return false;
    }
  }).length;
}

async function byEdge(
  samples: Promise<{ metric: Record<string, string>; value: number }[]>,
): Promise<Record<string, number>> {
  return Object.fromEntries(
    (await samples).map(({ metric, value }) => [`${metric.client} ${metric.server}`, value]),
  );
}
