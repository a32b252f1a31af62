/** The last spans, as Jaeger's API writes traces: what a person saves from its page with "download JSON". */
import { KIND, type Span } from './span.ts';

/** Spans kept. */
const MOST = 20_000;

const kept: Span[] = [];

export function keep(spans: readonly Span[]): void {
  kept.push(...spans);
  kept.splice(0, kept.length - MOST);
}

/** The traces that began between two times (milliseconds since 1970). */
export function jaegerJson(from: number, to: number): string {
  const traces = Map.groupBy(kept, ({ traceId }) => traceId);
  const data = [...traces]
    .filter(([, spans]) => {
      const began = Math.min(...spans.map(({ start }) => Number(start / 1_000_000n)));
      return began >= from && began <= to;
    })
    .map(([traceID, spans]) => {
      const byInstance = new Map(spans.map((span) => [span.instance, span]));
      const idOf = (instance: string) => `p${[...byInstance.keys()].indexOf(instance) + 1}`;
      const processes = [...byInstance].map(([instance, { service: serviceName, resource }]) => {
        return [idOf(instance), { serviceName, tags: tagsOf(resource) }] as const;
      });
      return {
        traceID,
        spans: spans.map((span) => spanJson(span, idOf(span.instance))),
        processes: Object.fromEntries(processes),
        warnings: null,
      };
    });
  return JSON.stringify({ data, total: 0, limit: 0, offset: 0, errors: null });
}

function spanJson(span: Span, processID: string) {
  const { traceId: traceID, spanId: spanID, parentSpanId, name, kind, start, end, failed, attributes } = span;
  const kindName = Object.entries(KIND).find(([, number]) => number === kind)?.[0];
  return {
    traceID,
    spanID,
    processID,
    operationName: name,
    references: parentSpanId ? [{ refType: 'CHILD_OF', traceID, spanID: parentSpanId }] : [],
    // Jaeger counts in microseconds.
    startTime: Number(start / 1000n),
    duration: Number((end - start) / 1000n),
    tags: [
      ...tagsOf(attributes),
      ...(kindName ? [tag('span.kind', kindName)] : []),
      ...(failed ? [tag('error', true)] : []),
    ],
    logs: [],
    warnings: null,
  };
}

const tagsOf = (attributes: Record<string, unknown>) =>
  Object.entries(attributes).map(([key, value]) => tag(key, value));

function tag(key: string, value: unknown) {
  const type = typeof value === 'number' ? 'int64' : typeof value === 'boolean' ? 'bool' : 'string';
  return { key, type, value };
}
