/**
 * Which fields of JSON lines mean what: as a first line `# fields: time=ts duration=took unit=ms status=code` says,
 * or by their names where those leave no doubt. A duration without a unit leaves one.
 */
import type { Milliseconds } from '../../graph/index.ts';
import { isObject } from '../format.ts';

type Json = Record<string, unknown>;

export const MEANINGS = [
  ...['time', 'duration', 'unit', 'status', 'method', 'path', 'request', 'upstream', 'server'],
  ...['upstream_duration', 'proxy'],
] as const;
export type Meaning = (typeof MEANINGS)[number];
/** Field (dots go into objects) by what it means; `unit` is of both durations and no field: ms, s, us or ns. */
export type FieldMap = Partial<Record<Meaning, string>>;

/** In ms. */
const UNITS: Readonly<Record<string, Milliseconds>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000 };
/** How units are written at the end of names of fields. */
const SUFFIXES: Readonly<Record<string, string>> = {
  ...{ ns: 'ns', nanos: 'ns', nanoseconds: 'ns', us: 'us', micros: 'us', microseconds: 'us' },
  ...{ ms: 'ms', msec: 'ms', millis: 'ms', milliseconds: 'ms', s: 's', sec: 's', secs: 's', seconds: 's' },
};

const NAMES: Partial<Record<Meaning, readonly string[]>> = {
  time: ['time', 'timestamp', '@timestamp', 'ts', 'datetime', 'start_time'],
  status: [
    'status',
    'status_code',
    'statusCode',
    'http_status',
    'http.response.status_code',
    'response_code',
  ],
  method: ['method', 'request_method', 'http_method', 'http.request.method', 'verb'],
  path: ['path', 'uri', 'url', 'request_uri', 'url.path', 'http.target', 'request_path'],
  request: ['request', 'request_line'],
  upstream: ['upstream', 'upstream_name', 'upstream_cluster', 'backend'],
  server: ['upstream_addr', 'upstream_host', 'upstream_address', 'server_addr'],
};
const DURATION =
  /^(?:event\.)?(?:duration|latency|elapsed|took|response_?time|request_?time|time_?taken)_?([a-z]*)$/i;
const UPSTREAM_DURATION = /^upstream_?(?:duration|latency|response_?time|service_?time|time)_?([a-z]+)$/i;

/** What a field holds: by its whole name, else by the objects that the dots lead into. */
export function valueAt(json: Json, name: string): unknown {
  if (Object.hasOwn(json, name)) return json[name];
  let value: unknown = json;
  for (const part of name.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

/** Units of ms in a stated or found unit; null for none of ours. */
export const unitOf = (name: string): Milliseconds | null =>
  Object.hasOwn(UNITS, name) ? UNITS[name]! : null;

export type Found = { map: FieldMap /** Without these nothing can be read. */; missing: string[] };

/** What a line's own names say. */
export function fieldsIn(json: Json): Found {
  const map: FieldMap = {};
  const missing: string[] = [];
  for (const [meaning, names] of Object.entries(NAMES) as [Meaning, readonly string[]][]) {
    const [first, ...others] = names.filter((name) => valueAt(json, name) !== undefined);
    if (first !== undefined) map[meaning] = first;
    if (others.length > 0 && (meaning === 'time' || meaning === 'status'))
      missing.push(`${meaning} (${[first, ...others].join(' or ')}?)`);
  }
  const durations = timedIn(json, DURATION);
  const [duration] = durations;
  if (durations.length > 1) missing.push(`duration (${durations.map(({ name }) => name).join(' or ')}?)`);
  else if (duration) {
    map.duration = duration.name;
    if (duration.unit !== null) map.unit = duration.unit;
    else if (typeof valueAt(json, duration.name) !== 'string') missing.push(`unit of ${duration.name}`);
  } else missing.push('duration');
  const [upstream] = timedIn(json, UPSTREAM_DURATION).filter(
    ({ unit }) => unit !== null && unit === map.unit,
  );
  if (upstream) map.upstream_duration = upstream.name;
  for (const meaning of ['time', 'status'] as const) if (!map[meaning]) missing.push(meaning);
  return { map, missing };
}

/** Elastic's common schema has event.duration in ns. */
function timedIn(json: Json, pattern: RegExp): { name: string; unit: string | null }[] {
  const names = [
    ...Object.keys(json),
    ...(valueAt(json, 'event.duration') === undefined ? [] : ['event.duration']),
  ];
  return [...new Set(names)].flatMap((name) => {
    const found = pattern.exec(name);
    if (!found) return [];
    const suffix = found[1]!.toLowerCase();
    if (suffix === '') return [{ name, unit: name === 'event.duration' ? 'ns' : null }];
    return Object.hasOwn(SUFFIXES, suffix) ? [{ name, unit: SUFFIXES[suffix]! }] : [];
  });
}

const HEAD = /^#\s*fields:\s*(.*)$/i;
export const EXAMPLE =
  '# fields: time=ts duration=took unit=ms status=code method=verb path=url upstream=backend';

/** What a first line states; words where it can't be followed, null where it is no such line. */
export function statedFields(line: string): FieldMap | string | null {
  const stated = HEAD.exec(line)?.[1];
  if (stated === undefined) return null;
  const map: FieldMap = {};
  for (const pair of stated.trim().split(/[\s,]+/)) {
    const at = pair.indexOf('=');
    const meaning = MEANINGS.find((each) => each === pair.slice(0, at));
    if (at < 1 || at === pair.length - 1 || !meaning)
      return `${JSON.stringify(pair)} is not understood: what can be named is ${MEANINGS.join(', ')}`;
    map[meaning] = pair.slice(at + 1);
  }
  const missing = (['time', 'duration', 'unit', 'status'] as const).filter((each) => !map[each]);
  if (missing.length > 0) return `does not name ${missing.join(', ')}, as in ${EXAMPLE}`;
  return unitOf(map.unit!) === null ? `the unit must be ms, s, us or ns` : map;
}
