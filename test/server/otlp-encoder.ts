/** The same spans as OTLP/JSON and as protobuf, the latter by protobufjs: a second opinion on what pbf reads. */
import protobuf from 'protobufjs';

export type Attributes = Record<string, string | number | boolean>;
export type TestSpan = {
  /** Hex: 32 and 16 digits. */
  trace: string;
  id: string;
  parent?: string;
  links?: { trace: string; id: string }[];
  service: string;
  instance?: string;
  name: string;
  /** As OTLP numbers them: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  kind: number;
  start: bigint;
  end: bigint;
  failed?: boolean;
  attributes?: Attributes;
};

const field = (id: number, type: string, rule?: 'repeated') => ({ id, type, ...(rule && { rule }) });
const message = (fields: Record<string, ReturnType<typeof field>>, oneofs = {}) => ({ fields, oneofs });
/** Field numbers of opentelemetry-proto, trace/v1 and common/v1, with those that are not read here. */
const root = protobuf.Root.fromJSON({
  nested: {
    Request: message({ resourceSpans: field(1, 'ResourceSpans', 'repeated') }),
    ResourceSpans: message({
      resource: field(1, 'Resource'),
      scopeSpans: field(2, 'ScopeSpans', 'repeated'),
      schemaUrl: field(3, 'string'),
    }),
    Resource: message({ attributes: field(1, 'KeyValue', 'repeated') }),
    ScopeSpans: message({
      scope: field(1, 'Scope'),
      spans: field(2, 'Span', 'repeated'),
      schemaUrl: field(3, 'string'),
    }),
    Scope: message({ name: field(1, 'string'), version: field(2, 'string') }),
    Span: message({
      traceId: field(1, 'bytes'),
      spanId: field(2, 'bytes'),
      traceState: field(3, 'string'),
      parentSpanId: field(4, 'bytes'),
      name: field(5, 'string'),
      kind: field(6, 'int32'),
      startTimeUnixNano: field(7, 'fixed64'),
      endTimeUnixNano: field(8, 'fixed64'),
      attributes: field(9, 'KeyValue', 'repeated'),
      droppedAttributesCount: field(10, 'uint32'),
      events: field(11, 'Event', 'repeated'),
      links: field(13, 'Link', 'repeated'),
      status: field(15, 'Status'),
      flags: field(16, 'fixed32'),
    }),
    Event: message({ timeUnixNano: field(1, 'fixed64'), name: field(2, 'string') }),
    Link: message({ traceId: field(1, 'bytes'), spanId: field(2, 'bytes'), traceState: field(3, 'string') }),
    Status: message({ message: field(2, 'string'), code: field(3, 'int32') }),
    KeyValue: message({ key: field(1, 'string'), value: field(2, 'AnyValue') }),
    AnyValue: message(
      {
        stringValue: field(1, 'string'),
        boolValue: field(2, 'bool'),
        intValue: field(3, 'int64'),
        doubleValue: field(4, 'double'),
        arrayValue: field(5, 'ArrayValue'),
      },
      { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue', 'arrayValue'] } },
    ),
    ArrayValue: message({ values: field(1, 'AnyValue', 'repeated') }),
    Response: message({ partialSuccess: field(1, 'PartialSuccess') }),
    PartialSuccess: message({ rejectedSpans: field(1, 'int64'), errorMessage: field(2, 'string') }),
    RpcStatus: message({ code: field(1, 'int32'), message: field(2, 'string') }),
  },
});

/** A message by name, for what is decoded or built by hand. */
export const typeOf = (name: string): protobuf.Type => root.lookupType(name);

const anyValue = (value: string | number | boolean) => {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
};

const attributesOf = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));

/** One resource for each service and instance, as SDKs send them; a collector puts many into one request. */
export function requestOf(spans: readonly TestSpan[]) {
  const groups = Map.groupBy(spans, ({ service, instance }) => JSON.stringify([service, instance]));
  return {
    resourceSpans: [...groups.values()].map((own) => {
      const { service, instance } = own[0]!;
      const about: Attributes = { 'telemetry.sdk.language': 'nodejs', 'service.name': service };
      if (instance !== undefined) about['service.instance.id'] = instance;
      return {
        resource: { attributes: attributesOf(about) },
        scopeSpans: [{ scope: { name: 'test', version: '1' }, spans: own.map(spanOf) }],
        schemaUrl: 'https://opentelemetry.io/schemas/1.27.0',
      };
    }),
  };
}

function spanOf({
  trace,
  id,
  parent,
  links = [],
  name,
  kind,
  start,
  end,
  failed,
  attributes = {},
}: TestSpan) {
  return {
    ...{ traceId: trace, spanId: id, traceState: 'a=b', name, kind },
    ...(parent && { parentSpanId: parent }),
    ...{ startTimeUnixNano: String(start), endTimeUnixNano: String(end) },
    attributes: attributesOf({ 'thread.id': 1, ...attributes }),
    events: [{ timeUnixNano: String(start), name: 'something' }],
    links: links.map((link) => ({ traceId: link.trace, spanId: link.id })),
    status: failed ? { code: 2, message: 'no' } : {},
  };
}

export const asJson = (spans: readonly TestSpan[]): string => JSON.stringify(requestOf(spans));

export function asProtobuf(spans: readonly TestSpan[]): Buffer {
  const request = requestOf(spans);
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  const packed = {
    resourceSpans: request.resourceSpans.map((resourceSpans) => ({
      ...resourceSpans,
      scopeSpans: resourceSpans.scopeSpans.map((scopeSpans) => ({
        ...scopeSpans,
        spans: scopeSpans.spans.map((span) => ({
          ...span,
          ...{ traceId: bytes(span.traceId), spanId: bytes(span.spanId) },
          ...('parentSpanId' in span && { parentSpanId: bytes(String(span.parentSpanId)) }),
          links: span.links.map((link) => ({ traceId: bytes(link.traceId), spanId: bytes(link.spanId) })),
        })),
      })),
    })),
  };
  const type = typeOf('Request');
  return Buffer.from(type.encode(type.fromObject(packed)).finish());
}
