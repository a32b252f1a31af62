/**
 * OTLP's protobuf (opentelemetry-proto, collector/trace/v1) → the same plain objects that its JSON parses to, with only
 * those fields and attributes that a graph is drawn from; and the two small answers the other way.
 */
import { PbfReader, PbfWriter } from 'pbf';
import { isKept } from '../../formats/index.ts';
import { MOST } from './limits.ts';

/** Bytes that are no such message, or a message of more than may be. */
export class Malformed extends Error {}
export class TooMany extends Error {}

/** Text of an attribute or name kept at most, bytes: what is longer is cut. */
const LONGEST_TEXT = 4096;

type Field<T> = (field: number, into: T, reader: Reader) => void;
/** `left`: resources, scopes and spans that may still be made; two bytes are enough for one. */
type Reader = { pbf: PbfReader; buffer: Buffer; left: number };

/**
 * @param most resources, scopes and spans in all
 * @throws Malformed where the bytes are no ExportTraceServiceRequest, TooMany where it holds more than `most`
 */
export function decodeRequest(buffer: Buffer, most: number): Request {
  const reader: Reader = { pbf: new PbfReader(buffer), buffer, left: most };
  const request: Request = { resourceSpans: [] };
  try {
    readUpTo(buffer.length, requestField, request, reader);
  } catch (error) {
    // pbf and Buffer throw errors of their own where the bytes end too early.
    throw error instanceof TooMany ? error : new Malformed((error as Error).message);
  }
  return request;
}

/** What OTLP/JSON parses to, as far as it is read here. */
export type Request = { resourceSpans: ResourceSpans[] };
export type ResourceSpans = { resource: object; scopeSpans: ScopeSpans[] };
export type ScopeSpans = { spans: PlainSpan[] };

/** pbf believes the lengths it reads: a message must end where it said, and within the one around it. */
function readUpTo<T>(end: number, field: Field<T>, into: T, reader: Reader): T {
  const { pbf } = reader;
  let number: number;
  while ((number = pbf.nextField(end)) !== 0) field(number, into, reader);
  if (pbf.pos !== end) throw new Malformed('a field runs over the end of its message');
  return into;
}

const WRONG_TYPE = new Malformed('a field is not of the type that it must be');

/** The end of the length-delimited field that begins here. */
function endOf({ pbf, buffer }: Reader): number {
  if (pbf.type !== 2) throw WRONG_TYPE;
  const end = pbf.readVarint() + pbf.pos;
  if (end > buffer.length) throw new Malformed('a field runs over the end of the body');
  return end;
}

const message = <T>(field: Field<T>, into: T, reader: Reader): T =>
  readUpTo(endOf(reader), field, into, reader);

function text(reader: Reader): string {
  const { pbf, buffer } = reader;
  const end = endOf(reader);
  const value = buffer.toString('utf8', pbf.pos, Math.min(end, pbf.pos + LONGEST_TEXT));
  pbf.pos = end;
  return value;
}

function hex(reader: Reader): string {
  const { pbf, buffer } = reader;
  const end = endOf(reader);
  const value = buffer.toString('hex', pbf.pos, Math.min(end, pbf.pos + LONGEST_TEXT));
  pbf.pos = end;
  return value;
}

function varint({ pbf }: Reader, isSigned = false): number {
  if (pbf.type !== 0) throw WRONG_TYPE;
  return pbf.readVarint(isSigned);
}

function double({ pbf }: Reader): number {
  if (pbf.type !== 1) throw WRONG_TYPE;
  return pbf.readDouble();
}

/** Nanoseconds since 1970 are beyond what a number holds. */
function time({ pbf, buffer }: Reader): bigint {
  if (pbf.type !== 1) throw WRONG_TYPE;
  const value = buffer.readBigUInt64LE(pbf.pos);
  pbf.pos += 8;
  return value;
}

/** A message in a list of which there could be as many as the body has bytes. */
function item<T>(field: Field<T>, into: T, reader: Reader): T {
  if (--reader.left < 0) throw new TooMany();
  return message(field, into, reader);
}

const requestField: Field<Request> = (field, request, reader) => {
  if (field === 1)
    request.resourceSpans.push(item(resourceSpansField, { resource: {}, scopeSpans: [] }, reader));
};

const resourceSpansField: Field<ResourceSpans> = (field, resourceSpans, reader) => {
  if (field === 1) resourceSpans.resource = message(resourceField, { attributes: [] }, reader);
  else if (field === 2) resourceSpans.scopeSpans.push(item(scopeSpansField, { spans: [] }, reader));
};

const resourceField: Field<{ attributes: KeyValue[] }> = (field, resource, reader) => {
  if (field === 1) attribute(resource.attributes, reader);
};

const scopeSpansField: Field<ScopeSpans> = (field, scopeSpans, reader) => {
  if (field === 2) scopeSpans.spans.push(item(spanField, emptySpan(), reader));
};

type KeyValue = { key: string; value: unknown };
type PlainSpan = {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: bigint;
  endTimeUnixNano: bigint;
  attributes: KeyValue[];
  links: { traceId: string; spanId: string }[];
  status: { code: number };
};
const emptySpan = (): PlainSpan => ({
  ...{ traceId: '', spanId: '', parentSpanId: '', name: '', kind: 0 },
  ...{ startTimeUnixNano: 0n, endTimeUnixNano: 0n, attributes: [], links: [], status: { code: 0 } },
});

const spanField: Field<PlainSpan> = (field, span, reader) => {
  if (field === 1) span.traceId = hex(reader);
  else if (field === 2) span.spanId = hex(reader);
  else if (field === 4) span.parentSpanId = hex(reader);
  else if (field === 5) span.name = text(reader);
  else if (field === 6) span.kind = varint(reader);
  else if (field === 7) span.startTimeUnixNano = time(reader);
  else if (field === 8) span.endTimeUnixNano = time(reader);
  else if (field === 9) attribute(span.attributes, reader);
  else if (field === 13 && span.links.length < MOST.links)
    span.links.push(message(linkField, { traceId: '', spanId: '' }, reader));
  else if (field === 15) message(statusField, span.status, reader);
};

const linkField: Field<{ traceId: string; spanId: string }> = (field, link, reader) => {
  if (field === 1) link.traceId = hex(reader);
  else if (field === 2) link.spanId = hex(reader);
};

const statusField: Field<{ code: number }> = (field, status, reader) => {
  if (field === 3) status.code = varint(reader);
};

/** What nobody will ask for is not even decoded: files have millions of attributes. */
function attribute(list: KeyValue[], reader: Reader): void {
  const end = endOf(reader);
  const found = readUpTo(end, keyValueField, { key: '', value: undefined as unknown }, reader);
  if (found.value !== undefined) list.push(found);
}

const keyValueField: Field<KeyValue> = (field, pair, reader) => {
  if (field === 1) pair.key = text(reader);
  // The key comes first by custom only.
  else if (field === 2 && (pair.key === '' || isKept(pair.key)))
    pair.value = message(anyValueField, {}, reader);
};

const anyValueField: Field<Record<string, unknown>> = (field, value, reader) => {
  if (field === 1) value.stringValue = text(reader);
  else if (field === 2) value.boolValue = varint(reader) !== 0;
  else if (field === 3) value.intValue = varint(reader, true);
  else if (field === 4) value.doubleValue = double(reader);
};

/** ExportTraceServiceResponse: empty when all spans were taken. */
export function encodeResponse(rejected: number, why: string): Uint8Array {
  const pbf = new PbfWriter();
  if (rejected > 0)
    pbf.writeMessage(
      1,
      (_, inner) => {
        inner.writeVarintField(1, rejected);
        inner.writeStringField(2, why);
      },
      null,
    );
  return pbf.finish();
}

/** google.rpc.Status, as OTLP wants refusals told. */
export function encodeStatus(code: number, why: string): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeVarintField(1, code);
  pbf.writeStringField(2, why);
  return pbf.finish();
}
