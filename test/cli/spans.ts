/** Spans as Jaeger tells of them, written by hand. */
type Call = {
  from: string;
  /** A service that tells of itself; or what `tags` of the caller's span say. */
  to?: string;
  tags?: Record<string, string>;
  /** Of the callee, µs. */
  duration?: number;
};

/** A trace file of these calls, each made `times` times. */
export function jaegerOf(calls: readonly Call[], times = 1): string {
  const services = [...new Set(calls.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to])))];
  const process = (service: string) => `p${services.indexOf(service)}`;
  const span = (spanID: string, service: string, duration: number, tags: object, parent?: string) => ({
    ...{ traceID: '1', spanID, operationName: 'op', duration, logs: [], processID: process(service) },
    startTime: 1_700_000_000_000_000,
    references: parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: '1', spanID: parent }],
    tags: Object.entries(tags).map(([key, value]) => ({ key, type: 'string', value })),
  });
  const spans = calls.flatMap(({ from, to, tags = {}, duration = 500 }, i) =>
    Array.from({ length: times }, (_, n) => {
      const id = `${i}x${n}`;
      const made = span(id, from, duration + 100, { 'span.kind': 'client', ...tags });
      return to === undefined
        ? [made]
        : [made, span(`${id}s`, to, duration + (n % 7), { 'span.kind': 'server' }, id)];
    }).flat(),
  );
  const processes = Object.fromEntries(
    services.map((service) => [process(service), { serviceName: service, tags: [] }]),
  );
  return JSON.stringify({ data: [{ traceID: '1', spans, processes }] });
}
