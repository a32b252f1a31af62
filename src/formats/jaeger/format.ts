/**
 * Jaeger's JSON: the query API's answer, what the UI downloads, spans as they are kept in Elasticsearch or sent through
 * Kafka, and what tools made of either.
 *
 *   JSON ─► traces, or spans each for itself ─► span by span (span.ts)
 */
import { type Format, isObject } from '../format.ts';
import { readTrace } from '../trace/file.ts';
import { placed, type SpanFile } from '../trace/span.ts';
import { isProto, spanOf } from './span.ts';

/** `{data: [trace]}`, `{data: trace}`, `[trace]` or a trace; `{hits: {hits: [span]}}` as Elasticsearch answers. */
function contentOf(value: unknown): { path: string; content: unknown } {
  if (!isObject(value)) return { path: '', content: value };
  if (isObject(value.hits) && Array.isArray(value.hits.hits))
    return { path: 'hits.hits', content: value.hits.hits.map(bareOf) };
  return 'data' in value ? { path: 'data', content: value.data } : { path: '', content: value };
}

/** A span with its own process, as Jaeger keeps them in Elasticsearch and sends them through Kafka. */
const isAlone = (value: unknown): boolean =>
  isObject(value) && !('spans' in value) && (typeof value.spanID === 'string' || isProto(value));

const bareOf = (value: unknown): unknown =>
  isObject(value) && isObject(value._source) ? value._source : value;

/** One value; or spans or traces, one a line, with or without what Elasticsearch says of each. */
function valueIn(values: readonly unknown[]): unknown {
  const bare = values.map(bareOf);
  if (values.length === 1 && bare[0] === values[0]) return values[0];
  return bare.flatMap((value) => contentOf(value).content);
}

function recognisesJaeger(value: unknown): boolean {
  const { path, content } = contentOf(value);
  if (content === null) return path !== '' && isObject(value) && 'errors' in value;
  if (Array.isArray(content) && content.length === 0) return path !== '';
  const first = Array.isArray(content) ? content[0] : content;
  if (!isObject(first)) return false;
  return 'traceID' in first || isProto(first) || (Array.isArray(first.spans) && !areForeign(first.spans));
}

/** Others, too, put spans into `spans`; theirs have no such ids. */
const areForeign = ([first]: readonly unknown[]): boolean =>
  isObject(first) && !('spanID' in first || 'traceID' in first || isProto(first));

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
  return { ...file, spans: placed(file.spans) };
}

export const JAEGER: Format = {
  id: 'jaeger',
  name: 'Jaeger trace',
  suffixes: ['.json', '.json.gz'],
  reads:
    'Traces as Jaeger’s API answers with them and as its page downloads them: one or many; single spans, as Elasticsearch keeps and answers them and as Jaeger’s protobuf is written in JSON.',
  recognises: (opened) => opened.type === 'json' && recognisesJaeger(valueIn(opened.values.slice(0, 2))),
  read: (opened, file, context) =>
    readTrace(
      JAEGER.id,
      opened.type === 'json' ? jaegerSpans(valueIn(opened.values)) : { spans: [], broken: [] },
      file,
      context,
    ),
};
