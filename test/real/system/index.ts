/**
 * A small real system to point Chalkline at: services of ours in processes of their own, talking HTTP and AMQP through
 * a real RabbitMQ, scraped every second by a real Prometheus. All on loopback, on free ports, in a temporary folder;
 * nothing of it is left when it stops, also when the test run is killed.
 *
 *     shopper ─► gateway ─► catalog
 *                      └──► orders ─► (RabbitMQ) ─► worker
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RealPrograms } from '../../../scripts/needs.ts';
import { type Kept, until } from './keep.ts';
import { startBroker, startPrometheus, startService } from './parts.ts';
import { ask, type Sample } from './prometheus.ts';
import type { ServiceName } from './services.ts';

export interface SystemEdge {
  client: ServiceName;
  server: ServiceName;
  /** As in the label `connection_type`: empty for a plain call. */
  connectionType: '' | 'messaging_system';
}

export interface System {
  /** Where everything it runs works in, and keeps its logs and data. */
  folder: string;
  prometheusUrl: string;
  /** What is really called by whom: the edges that anything drawing this system should find. */
  edges: readonly SystemEdge[];
  /** Makes a service take this much longer over everything it serves. Milliseconds; 0 takes it back. */
  inject: (service: ServiceName, delay: number) => Promise<void>;
  /** Prometheus' own answer to an instant query, at `time` (unix seconds) or now. */
  query: (promql: string, time?: number) => Promise<Sample[]>;
  /** Ends Prometheus at once, as a crash would. */
  killPrometheus: () => Promise<void>;
  /** Starts it again, on the same port and with the data it had. */
  restartPrometheus: () => Promise<void>;
  stop: () => Promise<void>;
}

const EDGES: readonly SystemEdge[] = [
  { client: 'shopper', server: 'gateway', connectionType: '' },
  { client: 'gateway', server: 'catalog', connectionType: '' },
  { client: 'gateway', server: 'orders', connectionType: '' },
  { client: 'orders', server: 'worker', connectionType: 'messaging_system' },
];

/** Starts everything and resolves once Prometheus has a rate for every edge. Leaves nothing behind when it fails. */
export async function startSystem(programs: RealPrograms): Promise<System> {
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-system-'));
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
    const broker = await startBroker(programs, folder, keep);
    const worker = keep(await startService('worker', folder, { AMQP_URL: broker.url }));
    const orders = keep(await startService('orders', folder, { AMQP_URL: broker.url }));
    const catalog = keep(await startService('catalog', folder, {}));
    const gateway = keep(
      await startService('gateway', folder, { CATALOG_URL: catalog.url, ORDERS_URL: orders.url }),
    );
    const shopper = keep(await startService('shopper', folder, { GATEWAY_URL: gateway.url }));
    const services = { shopper, gateway, catalog, orders, worker };
    const targets = Object.entries(services).map(([job, service]) => ({
      job,
      address: new URL(service.url).host,
    }));
    const prometheus = keep(await startPrometheus(programs, folder, targets));

    const query = (promql: string, time?: number) => ask(prometheus.url, promql, time);
    await until('every edge has a rate', 60_000, async () => {
      const rates = await query('sum by (client, server) (rate(traces_service_graph_request_total[5s])) > 0');
      return rates.length === EDGES.length;
    });
    return {
      folder,
      prometheusUrl: prometheus.url,
      edges: EDGES,
      query,
      stop,
      inject: async (service, delay) => {
        const answer = await fetch(`${services[service].url}/delay?ms=${delay}`, { method: 'POST' });
        if (!answer.ok) throw new Error(`${service} did not take the delay: ${answer.status}`);
      },
      killPrometheus: prometheus.kill,
      restartPrometheus: prometheus.restart,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
