/** Access logs in lines of JSON: nginx's own variables, Envoy's (Istio), Traefik's, Caddy's, or any by a map of fields. */
import type { Milliseconds } from '../../graph/index.ts';
import { isObject } from '../format.ts';
import { ENVOY_NAMES, envoyRequest, isEnvoy } from './envoy.ts';
import { type FieldMap, fieldsIn, unitOf, valueAt } from './fields.ts';
import { isLtsv, LTSV_NAMES } from './ltsv.ts';
import { nginxRequest } from './nginx.ts';
import { requestLine } from './operation.ts';
import type { Fields } from './pattern.ts';
import {
  type Attempt,
  CUT,
  CUT_TWICE,
  type Layout,
  outcomeOf,
  type Product,
  type Readers,
  type Request,
} from './request.ts';
import { epochStamp, type Stamp } from './time.ts';
import { isInternal, upstreamName } from './traefik.ts';

type Json = Record<string, unknown>;

/** How lines such as this one are read; else what they lack, empty for what is no access log at all. */
export function jsonLayout(sample: Json, readers: Readers): Layout<unknown> | string[] {
  if (isLtsv(sample)) return named('nginx', 'labelled values', nginxRequest, LTSV_NAMES, readers, CUT_TWICE);
  if (isNginx(sample)) return named('nginx', 'nginx’s JSON', nginxRequest, NGINX_NAMES, readers, CUT_TWICE);
  if (isEnvoy(sample)) return named('Envoy', 'Envoy’s JSON', envoyRequest, ENVOY_NAMES, readers, CUT);
  if ('DownstreamStatus' in sample && 'Duration' in sample)
    return mappedLayout(TRAEFIK, readers, { product: 'Traefik', name: 'Traefik’s JSON', stamped: 'begin' });
  if (isObject(sample.request) && 'uri' in sample.request && 'duration' in sample)
    return mappedLayout(CADDY, readers, { product: 'Caddy', name: 'Caddy’s JSON', stamped: 'end' });
  const { map, missing } = fieldsIn(sample);
  if (missing.length === 0) return mappedLayout(map, readers);
  const isLog =
    map.status !== undefined && (map.method ?? map.path ?? map.request ?? map.duration) !== undefined;
  return isLog ? missing : [];
}

const NGINX_ONLY = ['remote_addr', 'time_local', 'time_iso8601', 'msec', 'body_bytes_sent', 'bytes_sent'];
const isNginx = (sample: Json) =>
  'upstream_response_time' in sample ||
  ('request_time' in sample && NGINX_ONLY.some((name) => name in sample));

/** What people call variables of nginx in their log_format. */
const NGINX_NAMES: Readonly<Record<string, string>> = {
  ...{ time: 'time_iso8601', timestamp: 'time_iso8601', '@timestamp': 'time_iso8601', ts: 'time_iso8601' },
  ...{ method: 'request_method', path: 'request_uri', url: 'request_uri' },
  ...{ upstream: 'upstream_addr', upstream_address: 'upstream_addr' },
};
const TRAEFIK: FieldMap = {
  ...{ time: 'StartUTC', duration: 'Duration', unit: 'ns', status: 'DownstreamStatus' },
  ...{ method: 'RequestMethod', path: 'RequestPath', upstream: 'ServiceName', server: 'ServiceAddr' },
  upstream_duration: 'OriginDuration',
};
const CADDY: FieldMap = {
  ...{ time: 'ts', duration: 'duration', unit: 's', status: 'status' },
  ...{ method: 'request.method', path: 'request.uri' },
};

function named(
  product: Product,
  name: string,
  requestOf: (fields: Fields, readers: Readers) => Request | string,
  names: Readonly<Record<string, string>>,
  readers: Readers,
  note: string,
): Layout<unknown> {
  return {
    ...{ product, name, note },
    read(json) {
      if (!isObject(json)) return 'is no object';
      const fields = new Map<string, string>();
      for (const [key, value] of Object.entries(json)) {
        const variable = Object.hasOwn(names, key) ? names[key]! : key;
        const text = textOf(value, variable.endsWith('_time') && product === 'nginx');
        if (text !== null && !(variable !== key && variable in json)) fields.set(variable, text);
      }
      return requestOf(fields, readers);
    },
  };
}

/** JSON drops zeros at the end of numbers, with which nginx writes its seconds. */
function textOf(value: unknown, isSeconds: boolean): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'number') return null;
  return isSeconds && Math.round(value * 1000) / 1000 === value ? value.toFixed(3) : String(value);
}

/** Lines of JSON by what their fields mean. The map names time, duration and status. */
export function mappedLayout(
  map: FieldMap,
  readers: Readers,
  { stamped, ...known }: Known = { product: 'proxy', name: 'lines of JSON', stamped: 'end' },
): Layout<unknown> {
  return {
    ...known,
    read(json) {
      const request = isObject(json) ? mappedRequest(json, map, readers, known.product) : 'is no object';
      return typeof request === 'string' ? request : { ...request, stamped };
    },
  };
}

/** Of logs in general nobody says which end of a request their time is of: most are written at its end. */
type Known = Pick<Layout<unknown>, 'product' | 'name'> & Pick<Request, 'stamped'>;

function mappedRequest(
  json: Json,
  map: FieldMap,
  { stamp, operation }: Readers,
  product: Product,
): Omit<Request, 'stamped'> | string {
  const at = (field: string | undefined) => (field === undefined ? undefined : valueAt(json, field));
  const [time, status] = [timeOf(at(map.time), stamp), Number(wordOf(at(map.status)) ?? Number.NaN)];
  if (!time) return `${map.time} is no time`;
  if (!(Number.isInteger(status) && status >= 0 && status < 1000)) return `${map.status} is no status`;
  const unit = unitOf(map.unit ?? '');
  const took = durationOf(at(map.duration), unit);
  if (took === undefined) return `${map.duration} is no duration`;
  const outcome = outcomeOf(status);
  const [upstream, server] = [wordOf(at(map.upstream)), wordOf(at(map.server))];
  const attempts: Attempt[] = [];
  const served = durationOf(at(map.upstream_duration), unit);
  if ((upstream !== null || server !== null) && !isInternal(upstream))
    attempts.push({
      ...{ upstream: product === 'Traefik' ? upstreamName(upstream) : upstream, server },
      ...{ took: served ?? null, failed: outcome === 'failed' },
    });
  const line = wordOf(at(map.request));
  const [method, path] = [wordOf(at(map.method)), wordOf(at(map.path))];
  const asked = method && path ? { method, path } : line === null ? null : requestLine(line);
  return {
    ...{ time, proxy: wordOf(at(map.proxy)), took },
    operation: asked && operation(asked.method, asked.path),
    ...{ outcome, attempts },
  };
}

const timeOf = (value: unknown, stamp: Readers['stamp']): Stamp | null =>
  typeof value === 'number' ? epochStamp(value) : typeof value === 'string' ? stamp(value) : null;

const wordOf = (value: unknown): string | null =>
  (typeof value === 'string' && value !== '' && value !== '-') || typeof value === 'number'
    ? String(value)
    : null;

/** A year: what is longer is no duration. */
const LONGEST: Milliseconds = 3.2e10;
const WITH_UNIT = /^(\d{1,15}(?:\.\d{1,12})?) ?(ns|us|µs|μs|ms|s)?$/;

/** Null where there is none, undefined where it is none. A text may bring its own unit: `1.5s`. */
function durationOf(value: unknown, unit: Milliseconds | null): Milliseconds | null | undefined {
  if (value === undefined || value === null || value === '' || value === '-') return null;
  const found = typeof value === 'string' ? WITH_UNIT.exec(value) : null;
  const own = found?.[2] === undefined ? unit : unitOf(found[2].replace(/[µμ]/, 'u'));
  const count = found ? Number(found[1]) : value;
  if (typeof count !== 'number' || !(count >= 0) || own === null) return undefined;
  const duration = Math.round(count * own * 1e6) / 1e6;
  return duration < LONGEST ? duration : undefined;
}
