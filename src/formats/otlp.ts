/**
 * OTLP/JSON: spans as OpenTelemetry sends them (opentelemetry-proto, trace/v1), one request a file or one a
 * line as the collector's file exporter writes. Times are nanoseconds; kinds are numbers or their names.
 */
import type { Fault } from '../graph/index.ts';
import { type Format, isObject } from './format.ts';
import { readTrace } from './trace/graph.ts';
import {
  attributesOf,
  instanceOf,
  nanoseconds,
  type Span,
  type SpanFile,
  type SpanKind,
  saysFailed,
  spanKey,
} from './trace/span.ts';

const KINDS: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];

function kindOf(kind: unknown): SpanKind {
  if (typeof kind === 'number') return KINDS[kind] ?? 'internal';
  if (typeof kind !== 'string') return 'internal';
  const name = kind.replace(/^SPAN_KIND_/, '').toLowerCase();
  return KINDS.find((known) => known === name) ?? 'internal';
}

/** `{stringValue: "x"}` and its like, of the kinds that fit in one word. */
const anyValue = (value: unknown): unknown =>
  isObject(value) ? (value.stringValue ?? value.intValue ?? value.boolValue ?? value.doubleValue) : undefined;

type Resource = { service: string | null; instance: string | null };

function readSpans(values: readonly unknown[]): SpanFile {
  const file: SpanFile = { spans: [], broken: [] };
  values.forEach((value, line) => {
    const at = values.length > 1 ? `line ${line + 1}: resourceSpans` : 'resourceSpans';
    for (const [resourceSpans, path] of listAt(isObject(value) ? value.resourceSpans : value, at, file)) {
      const attributes = attributesOf(
        isObject(resourceSpans.resource) ? resourceSpans.resource.attributes : null,
        anyValue,
      );
      const resource = { service: attributes.get('service.name') || null, instance: instanceOf(attributes) };
      // Before OTLP 0.16 scopes were called instrumentation libraries.
      const field =
        'instrumentationLibrarySpans' in resourceSpans ? 'instrumentationLibrarySpans' : 'scopeSpans';
      for (const [scope, scopePath] of listAt(resourceSpans[field], `${path}.${field}`, file))
        for (const [json, spanPath] of listAt(scope.spans, `${scopePath}.spans`, file)) {
          const span = spanOf(json, resource, spanPath);
          if ('reason' in span) file.broken.push(span);
          else file.spans.push(span);
        }
    }
  });
  return file;
}

/** The objects of a list with their paths; what isn't one is noted. An absent list is an empty one. */
function* listAt(
  list: unknown,
  path: string,
  file: SpanFile,
): Generator<[item: Record<string, unknown>, path: string]> {
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    file.broken.push({ path, reason: 'must be a list' });
    return;
  }
  for (let i = 0; i < list.length; i++) {
    if (isObject(list[i])) yield [list[i], `${path}.${i}`];
    else file.broken.push({ path: `${path}.${i}`, reason: 'must be an object' });
  }
}

function spanOf(json: Record<string, unknown>, resource: Resource, path: string): Span | Fault {
  const { traceId, spanId, parentSpanId } = json;
  if (typeof traceId !== 'string') return { path: `${path}.traceId`, reason: 'must be text' };
  const key = typeof spanId === 'string' ? spanKey(traceId, spanId) : null;
  if (key === null) return { path: `${path}.spanId`, reason: 'must be a span id' };
  const start = nanoseconds(json.startTimeUnixNano, 1n);
  if (start === null) return { path: `${path}.startTimeUnixNano`, reason: 'must be nanoseconds since 1970' };
  const end = nanoseconds(json.endTimeUnixNano, 1n);
  if (end === null || end < start)
    return {
      path: `${path}.endTimeUnixNano`,
      reason: 'must be nanoseconds since 1970, not before the start',
    };
  const attributes = attributesOf(json.attributes, anyValue);
  const code = isObject(json.status) ? json.status.code : undefined;
  return {
    key,
    parent: typeof parentSpanId === 'string' ? spanKey(traceId, parentSpanId) : null,
    links: linksOf(json.links),
    ...resource,
    name: typeof json.name === 'string' ? json.name : '',
    kind: kindOf(json.kind),
    start,
    end,
    failed: code === 2 || code === 'STATUS_CODE_ERROR' || saysFailed(attributes),
    attributes,
  };
}

const linksOf = (links: unknown): string[] =>
  !Array.isArray(links)
    ? []
    : links.filter(isObject).flatMap(({ traceId, spanId }) => {
        const key =
          typeof traceId === 'string' && typeof spanId === 'string' ? spanKey(traceId, spanId) : null;
        return key === null ? [] : [key];
      });

export const OTLP: Format = {
  id: 'otlp',
  name: 'OTLP/JSON traces',
  suffixes: ['.json', '.jsonl', '.json.gz', '.jsonl.gz'],
  recognises: (opened) =>
    opened.type === 'json' &&
    opened.values.length > 0 &&
    isObject(opened.values[0]) &&
    'resourceSpans' in opened.values[0],
  read: (opened, file, context) =>
    readTrace(
      OTLP.id,
      opened.type === 'json' ? readSpans(opened.values) : { spans: [], broken: [] },
      file,
      context,
    ),
};
