/**
 * AWS X-Ray: service graphs as GetServiceGraph and GetTraceGraph answer them, and traces as BatchGetTraces does. What it
 * counts are the requests that were sampled.
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

const isGraph = ({ Services }: Json): boolean =>
  Array.isArray(Services) && Services.some((service) => isObject(service) && 'ReferenceId' in service);
const areTraces = ({ Traces }: Json): boolean =>
  Array.isArray(Traces) && Traces.some((trace) => isObject(trace) && Array.isArray(trace.Segments));

function readXray(opened: Opened, file: string, context: ReadContext): Read {
  const value = contentOf(opened);
  if (value && areTraces(value)) return readTrace(XRAY.id, segmentSpans(value.Traces), file, context);
  if (value && isGraph(value)) return readServices(value, { format: XRAY.id, file }, context);
  return refuse(file, '', 'holds neither services nor traces of X-Ray');
}

export const XRAY: Format = {
  id: 'xray',
  name: 'AWS X-Ray',
  suffixes: ['.json', '.json.gz'],
  reads:
    'Service graphs (`aws xray get-service-graph`, `get-trace-graph`) with rates, faults and response times, and traces (`batch-get-traces`).',
  recognises: (opened) => {
    const value = contentOf(opened);
    return value !== null && (isGraph(value) || areTraces(value));
  },
  read: readXray,
};
