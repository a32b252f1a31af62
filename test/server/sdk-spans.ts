/** Two spans as an OpenTelemetry SDK hands them to its exporter: a call of 24 ms, answered in 20. */
import { type HrTime, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

const TRACE = '0af7651916cd43dd8448eb211c80319c';

export function sdkSpans(now = Date.now()): ReadableSpan[] {
  const at = (ms: number): HrTime => [Math.floor(ms / 1000), (ms % 1000) * 1e6];
  const span = (service: string, kind: SpanKind, spanId: string, from: number, to: number): ReadableSpan => {
    const context = { traceId: TRACE, spanId, traceFlags: 1 };
    return {
      ...{ name: 'GET /orders', kind, startTime: at(from), endTime: at(to), duration: at(to - from) },
      ...{ status: { code: SpanStatusCode.UNSET }, attributes: { 'http.request.method': 'GET' }, links: [] },
      ...{ events: [], ended: true, droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
      resource: resourceFromAttributes({ 'service.name': service, 'service.instance.id': `${service}-7` }),
      instrumentationScope: { name: 'test' },
      spanContext: () => context,
      ...(kind === SpanKind.SERVER && {
        parentSpanContext: { traceId: TRACE, spanId: 'b7ad6b7169203331', traceFlags: 1 },
      }),
    } as ReadableSpan;
  };
  return [
    span('gateway', SpanKind.CLIENT, 'b7ad6b7169203331', now - 24, now),
    span('orders', SpanKind.SERVER, '00f067aa0ba902b7', now - 22, now - 2),
  ];
}
