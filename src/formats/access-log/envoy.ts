/**
 * What Envoy logs unless told otherwise, and what Istio has it log (envoyproxy.io, access log usage; istio.io, Envoy
 * access logs). Its durations are cut to whole ms. X-ENVOY-UPSTREAM-SERVICE-TIME is what the upstream took until its
 * answer began, retries and network included.
 */
import { requestLine } from './operation.ts';
import { type Fields, match, type Pattern, patternOf } from './pattern.ts';
import {
  type Attempt,
  CUT,
  type Layout,
  type Outcome,
  outcomeOf,
  type Readers,
  type Request,
  shown,
} from './request.ts';

const START = '[$start_time] "$request" $response_code $response_flags';
const MIDDLE = '$bytes_received $bytes_sent $duration $upstream_service_time';
const END = '"$forwarded_for" "$user_agent" "$request_id" "$authority" "$upstream_host"';
const DEFAULT = `${START} ${MIDDLE} ${END}`;
const ISTIO =
  `${START} $response_code_details $connection_termination_details "$failure_reason" ${MIDDLE} ${END} ` +
  '$upstream_cluster $upstream_local_address $downstream_local_address $downstream_remote_address ' +
  '$requested_server_name $route_name';

export const envoyLayouts = (readers: Readers): Layout<string>[] =>
  Object.entries({ 'Envoy’s': DEFAULT, 'Istio’s': ISTIO }).map(([name, format]) => {
    const pattern = patternOf(format) as Pattern;
    return {
      ...{ product: 'Envoy', name: `${name} log`, note: CUT },
      read(line) {
        const fields = match(pattern, line);
        return fields ? envoyRequest(fields, readers) : 'is not laid out like the others';
      },
    };
  });

/** What Contour and Envoy Gateway call in their JSON what Istio's calls otherwise. */
export const ENVOY_NAMES: Readonly<Record<string, string>> = {
  ...{ '@timestamp': 'start_time', 'x-envoy-upstream-service-time': 'upstream_service_time' },
  ...{ 'x-envoy-origin-path': 'path', 'x-envoy-original-path': 'path' },
};
const JSON_ONLY = ['response_code', 'duration'];

export const isEnvoy = (sample: Readonly<Record<string, unknown>>): boolean =>
  JSON_ONLY.every((name) => name in sample) && ('start_time' in sample || 'response_flags' in sample);

/** By the names that Istio's JSON has, too. @returns a reason where the fields do not say what their names promise */
export function envoyRequest(fields: Fields, { stamp, operation }: Readers): Request | string {
  const time = stamp(fields.get('start_time') ?? '');
  if (!time) return `${shown(fields.get('start_time') ?? '')} is no time`;
  const code = fields.get('response_code') ?? '';
  if (!/^\d{1,3}$/.test(code)) return `${shown(code)} is no status`;
  const took = wholeOf(fields.get('duration'));
  const served = wholeOf(fields.get('upstream_service_time'));
  if (took === undefined || served === undefined) return 'has a duration that is no number of ms';
  const flags = (fields.get('response_flags') ?? '').split(',');
  const line = fields.get('request');
  const isSession = code === '0' && (line === undefined ? isUnasked(fields) : line.startsWith('- '));
  const outcome = outcomeIn(code, flags, isSession);
  const server = saidIn(fields.get('upstream_host'));
  const attempts: Attempt[] = [];
  if (server !== null || served !== null) {
    const upstream = clusterName(saidIn(fields.get('upstream_cluster')));
    attempts.push({ upstream, server, took: served, failed: outcome === 'failed' });
  }
  const asked = line === undefined ? askedIn(fields) : requestLine(line);
  return {
    ...{ time, stamped: 'begin', proxy: null, took: isSession ? null : took },
    operation: asked && operation(asked.method, asked.path),
    ...{ outcome, attempts },
    ...(isSession && { protocol: 'TCP' }),
  };
}

/** No connection, none that is healthy, too many waiting, no answer in time, reset, no route, no cluster (response flags). */
const UNANSWERED = new Set(['UF', 'UH', 'UO', 'UT', 'UR', 'UC', 'URX', 'LR', 'NR', 'NC']);

/** A proxied connection of TCP has neither method nor status. */
function outcomeIn(code: string, flags: readonly string[], isSession: boolean): Outcome {
  if (code !== '0') return outcomeOf(Number(code), flags.includes('DC'));
  if (flags.some((flag) => UNANSWERED.has(flag))) return 'failed';
  return isSession ? 'switched' : 'left';
}

const isUnasked = (fields: Fields) =>
  [fields.get('method'), fields.get('protocol')].every((word) => !saidIn(word));

const saidIn = (text: string | undefined) => (text && text !== '-' ? text : null);

/** Null for nothing, undefined for what is no number of ms. */
function wholeOf(text: string | undefined): number | null | undefined {
  if (!text || text === '-') return null;
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}

function askedIn(fields: Fields) {
  const [method, path] = [fields.get('method'), fields.get('path')];
  return method && path && method !== '-' && path !== '-' ? { method, path } : null;
}

const CONTOUR = /^([\w-]+)\/([\w-]+)\/[\w-]+\/[0-9a-f]{10}$/;
/** Where Istio sends what it knows no service for, whatever its address. */
const CATCH_ALL = /^(?:Inbound)?PassthroughCluster(?:Ipv[46])?$|^BlackHoleCluster$/;

/**
 * `outbound|8080||catalog.shop.svc.cluster.local` is Istio's for a service, `shop/catalog/8080/da39a3ee5e` is Contour's;
 * one without a host names nobody.
 */
function clusterName(cluster: string | null): string | null {
  if (cluster === null || CATCH_ALL.test(cluster)) return null;
  const [, namespace, service] = CONTOUR.exec(cluster) ?? [];
  if (service !== undefined) return `${service}.${namespace}.svc`;
  return cluster.includes('|') ? cluster.split('|')[3] || null : cluster;
}
