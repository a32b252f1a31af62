/**
 * Spans → service-graph metrics, as the OpenTelemetry Collector's servicegraph connector makes them, with the
 * dimension service.instance.id: the two ends of a request are put together, each measured by its own span.
 */
import { Counter, exponentialBuckets, Histogram, Registry } from 'prom-client';
import { KIND, type Span, secondsOf } from './span.ts';

export const registry = new Registry();

type Edge = Record<(typeof labelNames)[number], string>;
const labelNames = [
  'client',
  'server',
  'connection_type',
  'client_service_instance_id',
  'server_service_instance_id',
] as const;

const PREFIX = 'traces_service_graph_request';
/** 1 ms to 22 s, each a fifth wider than the last, so that a quantile is known to a fifth. Seconds. */
const buckets = exponentialBuckets(0.001, 1.2, 56);
const counter = (name: string, help: string) =>
  new Counter({ name: `${PREFIX}_${name}`, help, labelNames, registers: [registry] });
const timer = (name: string, help: string) =>
  new Histogram({ name: `${PREFIX}_${name}`, help, labelNames, buckets, registers: [registry] });

const total = counter('total', 'Requests');
const failed = counter('failed_total', 'Requests that failed');
const server = timer('server_seconds', 'Time on the server side');
const client = timer('client_seconds', 'Time on the client side');
const queue = timer('messaging_system_seconds', 'Time from published to received');

/** How long one end waits for the other. Milliseconds. */
const PATIENCE = 60_000;

/** Ends that wait for the other, by the client's span. */
const waiting = new Map<string, { span: Span; since: number }>();

/** Takes spans into account, in whatever order they come. */
export function measure(spans: readonly Span[], now: number): void {
  for (const span of spans) {
    if (span.kind === KIND.client && 'db.system.name' in span.attributes) toDatabase(span);
    else if (span.kind === KIND.client || span.kind === KIND.producer) pair(span.spanId, span, now);
    else if (span.kind === KIND.server || span.kind === KIND.consumer) pair(span.parentSpanId, span, now);
  }
  // The first are the oldest.
  for (const [key, { since }] of waiting) {
    if (now - since < PATIENCE) break;
    waiting.delete(key);
  }
}

function pair(clientSpan: string, span: Span, now: number): void {
  const key = `${span.traceId} ${clientSpan}`;
  const other = waiting.get(key)?.span;
  if (!other) {
    waiting.set(key, { span, since: now });
    return;
  }
  waiting.delete(key);
  const isCaller = span.kind === KIND.client || span.kind === KIND.producer;
  const [caller, callee] = isCaller ? [span, other] : [other, span];
  const isMessage = caller.kind === KIND.producer;
  const edge = edgeOf(caller, callee.service, callee.instance, isMessage ? 'messaging_system' : '');
  count(edge, caller.failed || callee.failed);
  client.observe(edge, secondsOf(caller));
  server.observe(edge, secondsOf(callee));
  // A consumer may begin before the publisher has heard that its message has arrived.
  if (isMessage) queue.observe(edge, Math.max(0, secondsOf({ start: caller.end, end: callee.start })));
}

/** A database makes no spans: the client's duration stands for both ends, as the connector has it. */
function toDatabase(span: Span): void {
  const edge = edgeOf(span, String(span.attributes['server.address']), '', 'database');
  count(edge, span.failed);
  client.observe(edge, secondsOf(span));
  server.observe(edge, secondsOf(span));
}

const edgeOf = (caller: Span, callee: string, instance: string, connection: string): Edge => ({
  client: caller.service,
  server: callee,
  connection_type: connection,
  client_service_instance_id: caller.instance,
  server_service_instance_id: instance,
});

function count(edge: Edge, hasFailed: boolean): void {
  total.inc(edge);
  if (hasFailed) failed.inc(edge);
}
