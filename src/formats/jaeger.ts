/**
 * Jaeger's JSON: the query API's answer, what the UI downloads, and what tools made of either. Times are
 * microseconds. References may carry whole spans inside each other; only their ids are looked at.
 */
import type { Fault } from '../graph/index.ts';
import { type Format, isObject } from './format.ts';
import { readTrace } from './trace/file.ts';
import {
  attributesOf,
  hostOf,
  instanceOf,
  nanoseconds,
  type Span,
  type SpanFile,
  type SpanKind,
  saysFailed,
  spanKey,
} from './trace/span.ts';

type Json = Record<string, unknown>;

const KINDS: readonly SpanKind[] = ['server', 'client', 'producer', 'consumer'];

/** `{data: [trace]}`, `{data: trace}`, `[trace]` or a trace. */
const contentOf = (value: unknown): { path: string; content: unknown } =>
  isObject(value) && 'data' in value ? { path: 'data', content: value.data } : { path: '', content: value };

/** A span with its own process, as Jaeger keeps them in Elasticsearch. */
const isAlone = (value: unknown): boolean =>
  isObject(value) && typeof value.spanID === 'string' && !('spans' in value);

/** One value; or spans, one a line, with or without what Elasticsearch says of each. */
function valueIn(values: readonly unknown[]): unknown {
  const bare = values.map((value) => (isObject(value) && isObject(value._source) ? value._source : value));
  return values.length === 1 && bare[0] === values[0] ? values[0] : bare;
}

function recognisesJaeger(value: unknown): boolean {
  const { path, content } = contentOf(value);
  if (content === null) return path !== '' && isObject(value) && 'errors' in value;
  if (Array.isArray(content) && content.length === 0) return path !== '';
  const first = Array.isArray(content) ? content[0] : content;
  return isObject(first) && ('spans' in first || 'traceID' in first);
}

/** The spans of whatever Jaeger, or a tool around it, answers with. */
export function jaegerSpans(value: unknown): SpanFile {
  const { path, content } = contentOf(value);
  const file: SpanFile = { spans: [], broken: [] };
  if (content === null && isObject(value)) {
    const [error] = Array.isArray(value.errors) ? value.errors.filter(isObject) : [];
    const said = typeof error?.msg === 'string' ? `: ${error.msg}` : '';
    file.broken.push({ path: 'errors', reason: `Jaeger answered with an error${said}` });
    return file;
  }
  const traces = Array.isArray(content) ? content : [content];
  traces.forEach((trace: unknown, index) => {
    const at = [path, Array.isArray(content) ? String(index) : ''].filter((part) => part !== '').join('.');
    if (isAlone(trace)) {
      const span = spanOf(trace, {}, at || 'span');
      if ('reason' in span) file.broken.push(span);
      else file.spans.push(span);
      return;
    }
    const inside = at === '' ? 'spans' : `${at}.spans`;
    if (!isObject(trace) || !Array.isArray(trace.spans)) {
      file.broken.push({ path: inside, reason: 'must be a list of spans' });
      return;
    }
    trace.spans.forEach((json: unknown, i) => {
      const span = spanOf(json, trace, `${inside}.${i}`);
      if ('reason' in span) file.broken.push(span);
      else file.spans.push(span);
    });
  });
  return file;
}

function spanOf(json: unknown, trace: Json, path: string): Span | Fault {
  if (!isObject(json)) return { path, reason: 'must be an object' };
  const traceId = json.traceID ?? trace.traceID;
  if (typeof traceId !== 'string') return { path: `${path}.traceID`, reason: 'must be text' };
  const key = typeof json.spanID === 'string' ? spanKey(traceId, json.spanID) : null;
  if (key === null) return { path: `${path}.spanID`, reason: 'must be a span id' };
  const start = nanoseconds(json.startTime, 1000n);
  if (start === null) return { path: `${path}.startTime`, reason: 'must be microseconds since 1970' };
  const duration = nanoseconds(json.duration, 1000n);
  if (duration === null) return { path: `${path}.duration`, reason: 'must be microseconds, not negative' };
  const process = processOf(json, trace);
  const attributes = attributesOf(json.tags);
  const stated = attributes.get('span.kind')?.toLowerCase();
  const resource = attributesOf(process?.tags);
  return {
    key,
    ...causesOf(json, traceId),
    service: typeof process?.serviceName === 'string' && process.serviceName ? process.serviceName : null,
    instance: instanceOf(resource),
    host: hostOf(resource),
    name: typeof json.operationName === 'string' ? json.operationName : '',
    kind: KINDS.find((kind) => kind === stated) ?? 'internal',
    start,
    end: start + duration,
    failed: saysFailed(attributes),
    attributes,
  };
}

function processOf(json: Json, trace: Json): Json | null {
  if (isObject(json.process)) return json.process;
  const { processes } = trace;
  const id = json.processID;
  if (typeof id !== 'string' || !isObject(processes) || !Object.hasOwn(processes, id)) return null;
  const process = processes[id];
  return isObject(process) ? process : null;
}

/** A CHILD_OF of the same trace is the parent before a FOLLOWS_FROM is; what else is named is a link. */
function causesOf(json: Json, trace: string): Pick<Span, 'parent' | 'links' | 'detached'> {
  const references = Array.isArray(json.references) ? json.references.filter(isObject) : [];
  const keyed = references.flatMap(({ refType, traceID, spanID }) => {
    const from = typeof traceID === 'string' ? traceID : trace;
    const key = typeof spanID === 'string' ? spanKey(from, spanID) : null;
    return key === null ? [] : [{ key, refType, own: spanKey(from, '1') === spanKey(trace, '1') }];
  });
  const cause =
    keyed.find(({ own, refType }) => own && refType === 'CHILD_OF') ?? keyed.find(({ own }) => own) ?? null;
  const links = keyed.filter((each) => each !== cause).map(({ key }) => key);
  if (cause) return { parent: cause.key, links, detached: cause.refType === 'FOLLOWS_FROM' };
  const parent = typeof json.parentSpanID === 'string' ? spanKey(trace, json.parentSpanID) : null;
  return { parent, links, detached: false };
}

export const JAEGER: Format = {
  id: 'jaeger',
  name: 'Jaeger trace',
  suffixes: ['.json', '.json.gz'],
  reads:
    'Traces as Jaeger’s API answers with them and as its page downloads them: one or many; spans one a line, as Elasticsearch keeps them.',
  recognises: (opened) =>
    opened.type === 'json' &&
    (opened.values.length === 1 || isAlone((valueIn(opened.values.slice(0, 2)) as unknown[])[0])) &&
    recognisesJaeger(valueIn(opened.values)),
  read: (opened, file, context) =>
    readTrace(
      JAEGER.id,
      opened.type === 'json' ? jaegerSpans(valueIn(opened.values)) : { spans: [], broken: [] },
      file,
      context,
    ),
};
