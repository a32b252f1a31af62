/** Spans as OTLP/JSON brings them, made flat. */

/** What OTLP calls kinds 2 to 5. */
export const KIND = { server: 2, client: 3, producer: 4, consumer: 5 } as const;

export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  /** Nanoseconds since 1970. */
  start: bigint;
  end: bigint;
  failed: boolean;
  attributes: Record<string, unknown>;
  /** What the resource says of itself. */
  resource: Record<string, unknown>;
  service: string;
  instance: string;
}

type KeyValue = { key: string; value: Record<string, unknown> };
type OtlpSpan = {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
  attributes?: KeyValue[];
};
export type Otlp = {
  resourceSpans: { resource: { attributes: KeyValue[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
};

export function spansOf({ resourceSpans }: Otlp): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const of = plain(resource.attributes);
    const [service, instance] = [String(of['service.name']), String(of['service.instance.id'])];
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ traceId, spanId, parentSpanId = '', name, kind, ...rest }) => ({
        ...{ traceId, spanId, parentSpanId, name, kind, service, instance, resource: of },
        start: BigInt(rest.startTimeUnixNano),
        end: BigInt(rest.endTimeUnixNano),
        failed: rest.status?.code === 2,
        attributes: plain(rest.attributes ?? []),
      }));
  });
}

const plain = (attributes: KeyValue[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

export const secondsOf = ({ start, end }: Pick<Span, 'start' | 'end'>): number => Number(end - start) / 1e9;
