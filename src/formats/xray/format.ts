/**
 * AWS X-Ray: service graphs as GetServiceGraph and GetTraceGraph answer them, and traces as BatchGetTraces does. What it
 * counts are the requests that were sampled. Segments by themselves are what services send to its daemon.
 */
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { readTrace } from '../trace/file.ts';
import { readServices } from './graph.ts';
import { segmentSpans } from './segments.ts';

type Json = Record<string, unknown>;

const contentOf = (opened: Opened): Json | null => {
  const value = opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : null;
  return isObject(value) ? value : null;
};

/** Segments, one a line or in a list, or as the text that PutTraceSegments takes. */
function looseIn(opened: Opened): unknown[] {
  if (opened.type !== 'json') return [];
  const all = opened.values.flatMap((value) => {
    if (isObject(value) && Array.isArray(value.TraceSegmentDocuments)) return value.TraceSegmentDocuments;
    return value;
  });
  return all.some(isSegment) ? all.filter((each) => !isHeader(each)) : [];
}

/** The id of a trace begins with its version, and when it began. */
const isSegment = (value: unknown): boolean =>
  typeof value === 'string'
    ? /^\s*\{.*"trace_id"\s*:\s*"1-/s.test(value)
    : isObject(value) && typeof value.trace_id === 'string' && /^1-[\da-f]{8}-/.test(value.trace_id);

/** What stands before each segment that the daemon is sent. */
const isHeader = (value: unknown): boolean =>
  isObject(value) && value.format === 'json' && !('trace_id' in value);

const isGraph = ({ Services }: Json): boolean =>
  Array.isArray(Services) && Services.some((service) => isObject(service) && 'ReferenceId' in service);
const areTraces = ({ Traces }: Json): boolean =>
  Array.isArray(Traces) && Traces.some((trace) => isObject(trace) && Array.isArray(trace.Segments));

function readXray(opened: Opened, file: string, context: ReadContext): Read {
  const value = contentOf(opened);
  if (value && areTraces(value)) return readTrace(XRAY.id, segmentSpans(value.Traces), file, context);
  const loose = looseIn(opened);
  if (loose.length > 0) {
    const documents = loose.map((Document) => ({ Document }));
    return readTrace(XRAY.id, segmentSpans([{ Segments: documents }]), file, context);
  }
  if (value && isGraph(value)) return readServices(value, { format: XRAY.id, file }, context);
  return refuse(file, '', 'holds neither services nor traces of X-Ray');
}

export const XRAY: Format = {
  id: 'xray',
  name: 'AWS X-Ray',
  suffixes: ['.json', '.json.gz'],
  reads:
    'Service graphs (`aws xray get-service-graph`, `get-trace-graph`) with rates, faults and response times, and traces (`batch-get-traces`), also segments by themselves.',
  recognises: (opened) => {
    const value = contentOf(opened);
    return (value !== null && (isGraph(value) || areTraces(value))) || looseIn(opened).length > 0;
  },
  read: readXray,
};
