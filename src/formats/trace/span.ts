/**
 * One span, whatever wrote it: what a trace file says that a graph can be drawn from, and no more. Times are
 * whole nanoseconds since 1970 as bigint, because a number can't hold them.
 */
import type { Fault } from '../../graph/index.ts';
import { isObject } from '../format.ts';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export type Span = {
  /** Unique in the file: trace id and span id. */
  key: string;
  /** Key of the span that caused this one, which may not be in the file. */
  parent: string | null;
  /** Keys of further causes: OTel links, other Jaeger references. */
  links: readonly string[];
  service: string | null;
  /** Which instance of the service, where the resource says so. */
  instance: string | null;
  /** The machine whose clock timed it, where the resource says so: a host's name or address. */
  host: string | null;
  name: string;
  /** Internal also where the file doesn't say. */
  kind: SpanKind;
  start: bigint;
  end: bigint;
  /** Nothing says how long it took, or not even when it was: it is drawn, and not timed. */
  untimed?: boolean;
  failed: boolean;
  /** The parent did not wait for it, as its reference says (FOLLOWS_FROM). */
  detached: boolean;
  /** Of those that are kept (see attributesOf). */
  attributes: ReadonlyMap<string, string>;
};

/** The spans found, and what was wrong with those that could not be used. */
export type SpanFile = { spans: Span[]; broken: Fault[] };

/** Only what is asked for below is kept of a span's attributes: files have millions. Names old and new. */
const KEPT = new Set([
  ...['db.system', 'db.system.name', 'db.name', 'db.namespace'],
  ...['db.statement', 'db.query.text', 'db.operation', 'db.operation.name'],
  ...['peer.service', 'server.address', 'server.port', 'url.full', 'http.url'],
  ...['db.type', 'db.instance', 'peer.hostname', 'peer.port'],
  ...['net.peer.name', 'net.peer.port', 'net.host.name', 'net.host.port'],
  ...['messaging.system', 'messaging.operation', 'messaging.operation.type', 'messaging.protocol'],
  ...['messaging.destination.name', 'messaging.destination', 'message_bus.destination'],
  ...['messaging.rabbitmq.destination.routing_key', 'messaging.rabbitmq.routing_key'],
  ...['rpc.system', 'rpc.system.name', 'http.method', 'http.request.method'],
  ...['http.status_code', 'http.response.status_code', 'error', 'otel.status_code', 'span.kind'],
  ...['service.name', 'service.instance.id', 'k8s.pod.name', 'container.id'],
  ...['host.name', 'host.id', 'hostname', 'ip'],
]);

/** Whom Zipkin's answering spans name as their caller. */
export const CALLER = 'zipkin.caller';

/** Whether anything is ever asked of an attribute of this name. */
export const isKept = (name: string): boolean => KEPT.has(name);

/** Attributes given as a list of `{key, value}`; `plain` takes a foreign value apart. */
export function attributesOf(
  list: unknown,
  plain: (foreign: unknown) => unknown = (foreign) => foreign,
): Map<string, string> {
  const attributes = new Map<string, string>();
  if (!Array.isArray(list)) return attributes;
  for (const entry of list) {
    if (!isObject(entry) || typeof entry.key !== 'string' || !KEPT.has(entry.key)) continue;
    const value = plain(entry.value);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      attributes.set(entry.key, String(value));
  }
  return attributes;
}

/** The first of these attributes that says something. */
export function attribute(span: Pick<Span, 'attributes'>, ...names: string[]): string | null {
  for (const name of names) {
    const value = span.attributes.get(name);
    if (value !== undefined && value !== '') return value;
  }
  return null;
}

export const instanceOf = (resource: ReadonlyMap<string, string>): string | null =>
  attribute({ attributes: resource }, 'service.instance.id', 'k8s.pod.name', 'container.id');

/** Where the clock is. */
export const hostOf = (resource: ReadonlyMap<string, string>): string | null =>
  unlessLoopback(attribute({ attributes: resource }, 'host.name', 'hostname', 'host.id', 'ip'));

/** Every machine calls itself by a loopback address, so that it tells none. */
export const unlessLoopback = (host: string | null): string | null =>
  host !== null && /^(?:127\.|::1$|localhost$)/.test(host) ? null : host;

/** Ids are hex, or base64 where a general protobuf library wrote them: 8 and 16 bytes then end in `=`. */
export function hexOf(id: unknown): string | null {
  if (typeof id !== 'string') return null;
  if (id.length !== 12 && id.length !== 24) return id;
  if (!/^[A-Za-z0-9+/]{11}=$|^[A-Za-z0-9+/]{22}==$/.test(id)) return id;
  return Array.from(atob(id), (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

/** Ids are hex in either case, and some tools drop leading zeros; all zeros means none. */
export const spanKey = (trace: string, span: string): string | null => {
  const id = canonical(span);
  return id === '' ? null : `${canonical(trace)}/${id}`;
};
const canonical = (id: string) => id.toLowerCase().replace(/^0+/, '');

/** Year 2262 in nanoseconds: what a signed 64-bit count can hold. */
const LATEST = 2n ** 63n;

/** A non-negative count of units of so many nanoseconds: a number, bigint or string of digits; null otherwise. */
export function nanoseconds(value: unknown, unit: 1n | 1000n): bigint | null {
  let result: bigint;
  if (typeof value === 'bigint' && value >= 0n) result = value * unit;
  else if (typeof value === 'string' && /^\d{1,20}$/.test(value)) result = BigInt(value) * unit;
  else if (typeof value === 'number' && value >= 0 && value < 1e19)
    result = BigInt(Math.trunc(value)) * unit + BigInt(Math.round((value % 1) * Number(unit)));
  else return null;
  return result < LATEST ? result : null;
}

export const milliseconds = (ns: bigint): number => Number(ns) / 1e6;
export const durationOf = (span: Span): number => milliseconds(span.end - span.start);

/** Spans of which nothing says when they were, put where their trace begins. Nothing is before 1970. */
export function placed(spans: readonly Span[]): Span[] {
  const begins = new Map<string, bigint>();
  for (const span of spans) {
    const known = begins.get(traceOf(span));
    if (span.start > 0n && (known === undefined || span.start < known)) begins.set(traceOf(span), span.start);
  }
  return spans.map((span) => {
    const start = span.untimed && span.start === 0n ? begins.get(traceOf(span)) : undefined;
    return start === undefined ? span : { ...span, start, end: start };
  });
}

export const traceOf = ({ key }: Pick<Span, 'key'>): string => key.slice(0, key.indexOf('/'));

/** Failure as attributes say it; formats add what they say outside of attributes. */
export function saysFailed(attributes: ReadonlyMap<string, string>): boolean {
  const status = Number(attributes.get('http.response.status_code') ?? attributes.get('http.status_code'));
  return (
    attributes.get('error') === 'true' ||
    attributes.get('otel.status_code') === 'ERROR' ||
    (status >= 500 && status < 600)
  );
}

/** The span's cause, when it is in the file. */
export type ParentOf = (span: Span) => Span | undefined;
