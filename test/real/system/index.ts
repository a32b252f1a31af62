/**
 * A real shop to point Chalkline at: nginx, Redis, PostgreSQL and RabbitMQ, services of ours in processes of their
 * own, instrumented with OpenTelemetry, a real Prometheus that asks each every second, and Chalkline's own server,
 * which the services push their spans to. All on loopback, on free ports, in a temporary folder; nothing of it is left
 * when it stops, also when the test run is killed.
 *
 *     nginx ─► gateway ─┬─► cart ─────────────► redis
 *                       ├─► catalog ×3 ───────► redis, postgres
 *                       └─► orders ─► catalog
 *                                 └─► postgres, rabbitmq (orders) ─► worker ─► postgres
 */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RealPrograms } from '../../../scripts/needs.ts';
import { type Keep, type Kept, together, until } from './keep.ts';
import { startBroker } from './parts/broker.ts';
import { startChalkline } from './parts/chalkline.ts';
import { type Fleet, fleetIn, serviceOf } from './parts/fleet.ts';
import { startNginx } from './parts/nginx.ts';
import { startOwn } from './parts/own.ts';
import { freePorts } from './parts/ports.ts';
import { ask, type Sample, startPrometheus } from './parts/prometheus.ts';
import { startPostgres, startRedis } from './parts/stores.ts';

export interface System {
  /** Where everything it runs works in, and keeps its logs and data. */
  folder: string;
  /** The Prometheus that all are scraped by. */
  prometheusUrl: string;
  /** Another, which knows no service graph: only what nginx, the services and RabbitMQ say of themselves. */
  servicesUrl: string;
  /** Chalkline's own server, which has been sent all spans since the start. */
  chalklineUrl: string;
  /** Makes a service, or one instance of it, go wrong. What is not named stays as it is; 0 takes it back. */
  inject: Fleet<Instance>['inject'];
  /** Takes a service, or one instance of it, out of the running system: its processes really end. */
  takeOut: Fleet<Instance>['takeOut'];
  /** Starts it again as it was, going wrong as it did. */
  putBack: Fleet<Instance>['putBack'];
  /** Makes the wire from the gateway to the cart slower, one way. Milliseconds; 0 takes it back. */
  slowLink: (delay: number) => Promise<void>;
  /**
   * Lets the shop be visited for so long (ms), with a rest before and after: so whatever looks at the stretch it
   * resolves with (ms since 1970) sees the same requests, all of them answered and told of.
   * @param grid the visit begins when the clock is at a multiple of it (ms)
   * @returns besides, what nginx has logged of it
   */
  visit: (duration: number, grid?: number) => Promise<{ from: number; to: number; log: string }>;
  /** Lets the shop be visited until further notice, as it is from the start. */
  open: () => Promise<void>;
  /** The traces that began between two times (ms since 1970), as Jaeger writes them. */
  jaeger: (from: number, to: number) => Promise<string>;
  /** Prometheus' own answer to an instant query, at `time` (unix seconds) or now. */
  query: (promql: string, time?: number) => Promise<Sample[]>;
  /** Ends Prometheus at once, as a crash would. */
  killPrometheus: () => Promise<void>;
  /** Starts it again, on the same port and with the data it had. */
  restartPrometheus: () => Promise<void>;
  stop: () => Promise<void>;
}

export type Instance = (typeof INSTANCES)[number];
const CATALOGS = ['catalog-1', 'catalog-2', 'catalog-3'] as const;
const INSTANCES = ['gateway-1', 'cart-1', ...CATALOGS, 'orders-1', 'worker-1'] as const;

/** What is really asked by whom: the edges that anything that sees all of this system should find. */
export const EDGES = [
  'nginx → gateway',
  'gateway → cart',
  'gateway → catalog',
  'gateway → orders',
  'orders → catalog',
  'cart → redis',
  'catalog → redis',
  'catalog → postgres',
  'orders → postgres',
  'orders → rabbitmq (orders)',
  'rabbitmq (orders) → worker',
  'worker → postgres',
] as const;

/**
 * A rest is long enough for a scrape, a batch of spans and a look at nginx's log to have followed, and for Chalkline's
 * server to hold the traces whole (it waits 2.5 s for more of them). Milliseconds.
 */
const REST = 4_000;

/** Starts everything and resolves once every edge shows in Prometheus. Leaves nothing behind when it fails. */
export async function startSystem(programs: RealPrograms): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-system-'));
  // PostgreSQL's data is another user's
  await chmod(folder, 0o711);
  const started: Kept[] = [];
  const stop = async () => {
    for (const part of started.reverse()) await part.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const keep = <Part extends Kept>(part: Part): Part => {
    started.push(part);
    return part;
  };
  try {
    return { folder, stop, ...(await startParts(programs, folder, keep)) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(
  programs: RealPrograms,
  folder: string,
  keep: Keep,
): Promise<Omit<System, 'folder' | 'stop'>> {
  const [chalkline] = (await freePorts(1)) as [number];
  const CHALKLINE_URL = local(chalkline);
  // The slowest to start first; the services wait for what they call.
  const [broker, redis, postgres, collector] = await together([
    startBroker(programs, folder, keep),
    startRedis(programs, folder, keep),
    startPostgres(programs, folder, keep),
    startOwn('collector', 'collector', folder, { CHALKLINE_URL }).then(keep),
    startChalkline(chalkline, folder, keep),
  ]);
  const free = await freePorts(INSTANCES.length);
  const ports = Object.fromEntries(INSTANCES.map((each, i) => [each, free[i]!])) as Record<Instance, number>;
  const fleet = fleetIn(folder, keep, ports);
  const start = (instance: Instance, env: Record<string, string> = {}) =>
    fleet.start(instance, {
      CHALKLINE_URL,
      COLLECTOR_URL: local(collector.port),
      REDIS_URL: `redis://redis:${redis.port}`,
      POSTGRES_URL: `postgres://shop@postgres:${postgres.port}/postgres`,
      AMQP_URL: `amqp://rabbitmq:${broker.port}`,
      CATALOG_URLS: CATALOGS.map((each) => `http://catalog:${ports[each]}`).join(' '),
      ...env,
    });
  await together([
    start('cart-1'),
    start('worker-1'),
    start('orders-1'),
    ...CATALOGS.map((each) => start(each)),
  ]);
  const link = keep(await startOwn('link', 'link', folder, { TO_PORT: String(ports['cart-1']) }));
  await start('gateway-1', {
    CART_URL: `http://cart:${link.port}`,
    ORDERS_URL: `http://orders:${ports['orders-1']}`,
  });
  const nginx = await startNginx(programs, folder, keep, ports['gateway-1']);
  await collector.tell({ follow: nginx.spanLog });
  const shopper = keep(await startOwn('shopper', 'shopper', folder, { SHOP_URL: local(nginx.port) }));
  const targets = [
    ...INSTANCES.map((instance) => ({ job: serviceOf(instance), instance, port: ports[instance] })),
    { job: 'nginx', instance: 'nginx-1', port: collector.port, path: '/nginx/metrics' },
    { job: 'rabbitmq', instance: 'rabbitmq-1', port: broker.metricsPort },
  ];
  const serviceGraph = { job: 'collector', instance: 'collector-1', port: collector.port };
  const [prometheus, other] = await together([
    startPrometheus('prometheus', programs, folder, [...targets, serviceGraph]).then(keep),
    startPrometheus('prometheus-services', programs, folder, targets).then(keep),
  ]);
  const query = (promql: string, time?: number) => ask(prometheus.url, promql, time);
  await until('every edge shows in Prometheus', 60_000, async () => {
    const rates = await query('sum by (client, server) (rate(traces_service_graph_request_total[5s])) > 0');
    // to and from the broker is one edge there
    return rates.length === EDGES.length - 1;
  });
  return {
    prometheusUrl: prometheus.url,
    servicesUrl: other.url,
    chalklineUrl: CHALKLINE_URL,
    query,
    inject: fleet.inject,
    takeOut: fleet.takeOut,
    putBack: fleet.putBack,
    slowLink: (delay) => link.tell({ delay }),
    visit: async (duration, grid = 1) => {
      await shopper.tell({ shopping: false });
      await sleep(REST);
      await sleep((-Date.now() % grid) + grid);
      const from = Date.now();
      const before = await readFile(nginx.accessLog, 'utf8');
      await shopper.tell({ shopping: true });
      await sleep(duration);
      await shopper.tell({ shopping: false });
      await sleep(REST);
      const log = await readFile(nginx.accessLog, 'utf8');
      return { from, to: Date.now(), log: log.slice(before.length) };
    },
    open: () => shopper.tell({ shopping: true }),
    jaeger: async (from, to) =>
      (await fetch(`${local(collector.port)}/api/traces?start=${from}&end=${to}`)).text(),
    killPrometheus: prometheus.kill,
    restartPrometheus: prometheus.restart,
  };
}

const local = (port: number) => `http://127.0.0.1:${port}`;
