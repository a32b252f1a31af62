/**
 * Service-graph metrics as the OpenTelemetry Collector's servicegraph connector and Tempo's metrics-generator name
 * them. There, one process measures both ends from spans; here each end measures itself: the server counts requests
 * and times its side, having learnt the caller's name with the request, and the caller times the whole.
 */
import { Counter, exponentialBuckets, Histogram, Registry } from 'prom-client';

export interface EdgeLabels {
  client: string;
  server: string;
  connection_type: '' | 'messaging_system';
}

export const registry = new Registry();

const common = { labelNames: ['client', 'server', 'connection_type'] as const, registers: [registry] };
/** 1 ms to 22 s, each a fifth wider than the last, so that a quantile is known to a fifth. Seconds. */
const buckets = exponentialBuckets(0.001, 1.2, 56);

const total = new Counter({ ...common, name: 'traces_service_graph_request_total', help: 'Requests served' });
const failed = new Counter({
  ...common,
  name: 'traces_service_graph_request_failed_total',
  help: 'Requests served with an error',
});
const server = new Histogram({
  ...common,
  buckets,
  name: 'traces_service_graph_request_server_seconds',
  help: 'Time on the server side',
});
const client = new Histogram({
  ...common,
  buckets,
  name: 'traces_service_graph_request_client_seconds',
  help: 'Time on the client side',
});
const queue = new Histogram({
  ...common,
  buckets,
  name: 'traces_service_graph_request_messaging_system_seconds',
  help: 'Time from publishing to receiving',
});

/** Does the server's work, counted and timed. */
export async function measureServer<Result>(edge: EdgeLabels, work: () => Promise<Result>): Promise<Result> {
  const done = server.startTimer({ ...edge });
  total.inc({ ...edge });
  try {
    return await work();
  } catch (error) {
    failed.inc({ ...edge });
    throw error;
  } finally {
    done();
  }
}

/** Makes the client's request, timed. */
export async function measureClient<Result>(
  edge: EdgeLabels,
  request: () => Promise<Result>,
): Promise<Result> {
  const done = client.startTimer({ ...edge });
  return request().finally(done);
}

/** Records how long a message waited in the broker. Seconds. */
export function measureQueue(edge: EdgeLabels, seconds: number): void {
  queue.observe({ ...edge }, seconds);
}
