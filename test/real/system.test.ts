/** The system that the other tests look at is what they take it for: asked of Prometheus and of the machine alone. */
import { globSync, readlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EDGES } from './system/index.ts';
import { oneSystem } from './system/one-system.ts';

const running = oneSystem();

/** A broker is no end of a service graph's edges: what goes through it is one edge. */
const SERVICE_GRAPH = [
  ...EDGES.filter((edge) => !edge.includes('rabbitmq')),
  'orders → worker (messaging_system)',
].sort();

it('makes exactly the calls that it is said to, each measured at both ends', async (ctx) => {
  const system = running(ctx);
  for (const series of ['request_total', 'request_server_seconds_count', 'request_client_seconds_count']) {
    const samples = await system.query(
      `sum by (client, server, connection_type) (traces_service_graph_${series}) > 0`,
    );
    const found = samples.map(({ metric: { client, server, connection_type } }) =>
      connection_type === 'messaging_system'
        ? `${client} → ${server} (${connection_type})`
        : `${client} → ${server}`,
    );
    expect(found.sort(), series).toEqual(SERVICE_GRAPH);
  }
  const scraped = await system.query('count by (job) (up == 1)');
  expect(Object.fromEntries(scraped.map(({ metric, value }) => [metric.job, value]))).toEqual({
    ...{ gateway: 1, cart: 1, catalog: 3, orders: 1, worker: 1 },
    ...{ nginx: 1, collector: 1, rabbitmq: 1 },
  });
});

it('has as many spans as it has requests', async (ctx) => {
  const system = running(ctx);
  const { from, to } = await system.visit(2_000);
  const { data } = JSON.parse(await system.jaeger(from, to)) as {
    data: { spans: { tags: { key: string; value: unknown }[] }[] }[];
  };
  const kinds = data.map(({ spans }) =>
    spans.map(({ tags }) => tags.find(({ key }) => key === 'span.kind')?.value ?? 'internal').sort(),
  );
  const shapes = new Set(kinds.map((each) => each.join(' ')));
  // the cart, the catalog, an order
  const [client, server] = ['client', 'server'];
  expect([...shapes].sort()).toEqual(
    [
      [client, client, client, server, server],
      [client, client, client, client, server, server],
      [...Array(7).fill(client), 'consumer', 'producer', server, server, server],
    ]
      .map((each) => each.join(' '))
      .sort(),
  );
  await system.open();
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
  // seven services, the shopper, the link, the collector, five servers, Chalkline, RabbitMQ's port mapper, at least
  expect(processesIn(system.folder)).toBeGreaterThanOrEqual(17);
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
