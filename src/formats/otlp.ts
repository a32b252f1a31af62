/**
 * OTLP/JSON: spans as OpenTelemetry sends them (opentelemetry-proto, trace/v1), one request a file or one a
 * line as the collector's file exporter writes. Times are nanoseconds; kinds are numbers or their names.
 * Tempo answers with the same under other names: `batches`, and ids in base64; Jaeger's third API puts it into
 * `result`. Libraries of protobuf write names with underscores where they are asked to keep them.
 */
import type { Fault } from '../graph/index.ts';
import { type Format, isObject } from './format.ts';
import { readTrace } from './trace/file.ts';
import {
  attributesOf,
  hexOf,
  hostOf,
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

type Resource = Pick<Span, 'service' | 'instance' | 'host'>;
type Json = Record<string, unknown>;

const UNDERSCORED: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['resourceSpans', 'scopeSpans', 'instrumentationLibrarySpans', 'traceId', 'spanId', 'parentSpanId'],
    ...['startTimeUnixNano', 'endTimeUnixNano', 'stringValue', 'intValue', 'boolValue', 'doubleValue'],
  ].map((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
);
/** What a field is called in this object: as JSON has it, or as the protobuf itself. */
const named = (json: Json, name: string): string =>
  !(name in json) && UNDERSCORED[name]! in json ? UNDERSCORED[name]! : name;
const at = (json: Json, name: string): unknown => json[named(json, name)];

/** `{stringValue: "x"}` and its like, of the kinds that fit in one word. */
const anyValue = (value: unknown): unknown =>
  isObject(value)
    ? (at(value, 'stringValue') ??
      at(value, 'intValue') ??
      at(value, 'boolValue') ??
      at(value, 'doubleValue'))
    : undefined;

/** The spans of export requests, one a value: OTLP/JSON as it was sent, or as Tempo answers. */
export function otlpSpans(values: readonly unknown[]): SpanFile {
  const file: SpanFile = { spans: [], broken: [] };
  values.forEach((value, line) => {
    const [content, inside] = contentOf(value);
    const place = values.length > 1 ? `line ${line + 1}: ${inside}` : inside;
    for (const [resourceSpans, path] of listAt(content, place, file)) {
      const attributes = attributesOf(
        isObject(resourceSpans.resource) ? resourceSpans.resource.attributes : null,
        anyValue,
      );
      const resource = {
        service: attributes.get('service.name') || null,
        instance: instanceOf(attributes),
        host: hostOf(attributes),
      };
      // Before OTLP 0.16 scopes were called instrumentation libraries.
      const fields = ['scopeSpans', 'instrumentationLibrarySpans'].map((name) => named(resourceSpans, name));
      for (const [scope, scopePath] of fields.flatMap((field) => [
        ...listAt(resourceSpans[field], `${path}.${field}`, file),
      ]))
        for (const [json, spanPath] of listAt(scope.spans, `${scopePath}.spans`, file)) {
          const span = spanOf(json, resource, spanPath);
          if ('reason' in span) file.broken.push(span);
          else file.spans.push(span);
        }
    }
  });
  return file;
}

/**
 * Tempo's answer for one trace is `{batches}`, in its second version `{trace: {resourceSpans}}`; Jaeger's
 * `{result: {resourceSpans}}`.
 */
function contentOf(value: unknown): [content: unknown, path: string] {
  if (!isObject(value)) return [value, 'resourceSpans'];
  const inner = WRAPPED.find((name) => isObject(value[name]));
  const [holder, path] = inner ? [value[inner] as Json, `${inner}.`] : [value, ''];
  const field = 'batches' in holder ? 'batches' : named(holder, 'resourceSpans');
  return [holder[field], `${path}${field}`];
}
const WRAPPED = ['trace', 'result'];

/** The objects of a list with their paths; what isn't one is noted. An absent list is an empty one. */
function* listAt(list: unknown, path: string, file: SpanFile): Generator<[item: Json, path: string]> {
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

function spanOf(json: Json, resource: Resource, path: string): Span | Fault {
  const [traceId, spanId] = [hexOf(at(json, 'traceId')), hexOf(at(json, 'spanId'))];
  const parentSpanId = hexOf(at(json, 'parentSpanId'));
  if (traceId === null) return { path: `${path}.traceId`, reason: 'must be text' };
  const key = spanId === null ? null : spanKey(traceId, spanId);
  if (key === null) return { path: `${path}.spanId`, reason: 'must be a span id' };
  const start = nanoseconds(at(json, 'startTimeUnixNano'), 1n);
  if (start === null) return { path: `${path}.startTimeUnixNano`, reason: 'must be nanoseconds since 1970' };
  const end = nanoseconds(at(json, 'endTimeUnixNano'), 1n);
  if (end === null || end < start)
    return {
      path: `${path}.endTimeUnixNano`,
      reason: 'must be nanoseconds since 1970, not before the start',
    };
  const attributes = attributesOf(json.attributes, anyValue);
  const code = isObject(json.status) ? json.status.code : undefined;
  return {
    key,
    parent: parentSpanId === null ? null : spanKey(traceId, parentSpanId),
    links: linksOf(json.links),
    ...resource,
    name: typeof json.name === 'string' ? json.name : '',
    kind: kindOf(json.kind),
    start,
    end,
    failed: code === 2 || code === 'STATUS_CODE_ERROR' || saysFailed(attributes),
    detached: false,
    attributes,
  };
}

const linksOf = (links: unknown): string[] =>
  !Array.isArray(links)
    ? []
    : links.filter(isObject).flatMap((link) => {
        const [trace, span] = [hexOf(at(link, 'traceId')), hexOf(at(link, 'spanId'))];
        const key = trace === null || span === null ? null : spanKey(trace, span);
        return key === null ? [] : [key];
      });

function isOtlp(value: unknown): boolean {
  if (!isObject(value)) return false;
  const inner = WRAPPED.find((name) => isObject(value[name]));
  if (inner) return isOtlp(value[inner]);
  return (
    named(value, 'resourceSpans') in value || (Array.isArray(value.batches) && value.batches.every(isObject))
  );
}

export const OTLP: Format = {
  id: 'otlp',
  name: 'OTLP/JSON or Tempo traces',
  suffixes: ['.json', '.jsonl', '.ndjson', '.json.gz', '.jsonl.gz'],
  reads:
    'Spans as OTLP/JSON says them, in one document or one a line (the file exporter of the OpenTelemetry collector), and as Tempo and Jaeger’s third API answer with them. Parts, traffic and latencies come from the spans alone.',
  recognises: (opened) => opened.type === 'json' && opened.values.length > 0 && isOtlp(opened.values[0]),
  read: (opened, file, context) =>
    readTrace(
      OTLP.id,
      opened.type === 'json' ? otlpSpans(opened.values) : { spans: [], broken: [] },
      file,
      context,
    ),
};
