/**
 * The service-graph dialect: metrics that Tempo's metrics-generator and the OpenTelemetry Collector's
 * servicegraph connector derive from traces, one set of series per client, server and connection type.
 */
import type { Distribution, EdgeKind, Milliseconds, PerSecond } from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import type { Series } from './answer.ts';
import { type Bucket, histogramFrom } from './histogram.ts';

export const DIALECT = 'service graph (Tempo, OpenTelemetry Collector)';
const STEM = 'traces_service_graph_request_';

/** What is asked at every poll: one question each, however many edges there are. */
export const FAMILIES = ['total', 'failed', 'server', 'client', 'messaging'] as const;
export type Family = (typeof FAMILIES)[number];

/** Exporters may put a prefix before the names: finds metrics with any. */
export const NAMES = `{__name__=~".*${STEM}(total|server_seconds_bucket)"}`;

/** The names' prefix, the shortest where there are several; null where none is a service graph's. */
export function prefixOf(names: readonly string[]): string | null {
  const found = names.flatMap((name) => {
    const match = /^([a-zA-Z0-9_:]*)traces_service_graph_request_(?:total|server_seconds_bucket)$/.exec(name);
    return match ? [match[1]!] : [];
  });
  return found.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? null;
}

const durationOf = (window: Milliseconds): string => `${Math.round(window)}ms`;

export function queriesFor(prefix: string, window: Milliseconds): Record<Family, string> {
  const rate = (by: string, name: string) =>
    `sum by(${by})(rate(${prefix}${STEM}${name}[${durationOf(window)}]))`;
  const edge = 'client,server,connection_type';
  return {
    total: rate(edge, 'total'),
    failed: rate(edge, 'failed_total'),
    server: rate(`le,${edge}`, 'server_seconds_bucket'),
    client: rate(`le,${edge}`, 'client_seconds_bucket'),
    messaging: rate(`le,${edge}`, 'messaging_system_seconds_bucket'),
  };
}

/** Which edges were seen at all in a window. */
export const edgesQuery = (prefix: string, window: Milliseconds): string =>
  `sum by(client,server,connection_type)(count_over_time({__name__=~"${prefix}${STEM}(total|server_seconds_bucket)"}[${durationOf(window)}]))`;

/** What was measured between one client and one server over one kind of connection. */
export type Traffic = {
  client: string;
  server: string;
  /** Empty, messaging_system, database or virtual_node. */
  connection: string;
  rate: PerSecond | null;
  failed: PerSecond | null;
  /** By who held the stopwatch; null where nobody did or nothing happened. */
  latency: Record<'client' | 'server' | 'messaging', Distribution | null>;
};

export const kindOf = (connection: string): EdgeKind =>
  connection === 'messaging_system' ? 'publish' : connection === 'database' ? 'query' : 'call';

type Gathered = Traffic & { buckets: Record<'client' | 'server' | 'messaging', Bucket[]> };

/** Series put together by edge. Series without client or server belong to none and are left out. */
export async function trafficOf(families: Record<Family, readonly Series[]>, pace: Pace): Promise<Traffic[]> {
  const edges = new Map<string, Gathered>();
  for (const family of FAMILIES) {
    let n = 0;
    for (const { labels, value } of families[family]) {
      if (++n % 1000 === 0) await pace();
      const edge = edgeOf(edges, labels);
      if (!edge) continue;
      if (family === 'total') edge.rate = countable(value) ? value : edge.rate;
      else if (family === 'failed') edge.failed = countable(value) ? value : edge.failed;
      else edge.buckets[family].push({ le: labels.le, value });
    }
  }
  const traffic: Traffic[] = [];
  for (const { buckets, ...edge } of edges.values()) {
    if (traffic.length % 200 === 199) await pace();
    for (const side of ['client', 'server', 'messaging'] as const)
      edge.latency[side] = histogramFrom(buckets[side]);
    traffic.push(measuredOnly(edge));
  }
  return traffic;
}

const countable = (value: number) => Number.isFinite(value) && value >= 0;

function edgeOf(edges: Map<string, Gathered>, labels: Series['labels']): Gathered | null {
  const { client, server, connection_type: connection = '' } = labels;
  if (!client || !server) return null;
  const key = JSON.stringify([client, server, connection]);
  let edge = edges.get(key);
  if (!edge) {
    const latency = { client: null, server: null, messaging: null };
    const buckets = { client: [], server: [], messaging: [] };
    edge = { client, server, connection, rate: null, failed: null, latency, buckets };
    edges.set(key, edge);
  }
  return edge;
}

/**
 * Both generators write a figure for both ends even where one end has no span: for a database they copy the
 * client's duration to the server (Tempo modules/generator/processor/servicegraphs, connector/servicegraph),
 * for a virtual node they write 0 for the end nobody measured. Neither is a measurement, so it goes.
 */
function measuredOnly(edge: Traffic): Traffic {
  const { client, server, messaging } = edge.latency;
  if (edge.connection === 'database' && client)
    return { ...edge, latency: { client, server: null, messaging } };
  if (edge.connection !== 'virtual_node' || !client || !server) return edge;
  const clientIsVirtual = edge.client === VIRTUAL_CLIENT || (onlyLowest(client) && !onlyLowest(server));
  return clientIsVirtual
    ? { ...edge, latency: { client: null, server, messaging } }
    : { ...edge, latency: { client, server: null, messaging } };
}

/** What both generators call whoever calls the system from outside. */
export const VIRTUAL_CLIENT = 'user';

const onlyLowest = (histogram: Distribution): boolean =>
  histogram.type === 'histogram' && histogram.counts.every((count, i) => i === 0 || count === 0);
