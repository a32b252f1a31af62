/**
 * One span of Jaeger's → a span. Times are microseconds. What its protobuf is as JSON has other names for the same: ids in
 * base64, times in words, a value by its type. References may carry whole spans inside each other; only their ids are
 * looked at.
 */
import type { Fault } from '../../graph/index.ts';
import { isObject } from '../format.ts';
import {
  attributesOf,
  hexOf,
  hostOf,
  instanceOf,
  nanoseconds,
  type Span,
  type SpanKind,
  saysFailed,
  spanKey,
} from '../trace/span.ts';

type Json = Record<string, unknown>;

const KINDS: readonly SpanKind[] = ['server', 'client', 'producer', 'consumer'];

/** As a library writes Jaeger's protobuf in JSON (model.proto). */
export const isProto = (json: Json): boolean =>
  typeof json.spanId === 'string' && ('operationName' in json || isObject(json.process));

export function spanOf(json: unknown, trace: Json, path: string): Span | Fault {
  if (!isObject(json)) return { path, reason: 'must be an object' };
  const traceId = hexOf(json.traceID ?? json.traceId ?? trace.traceID);
  if (traceId === null) return { path: `${path}.traceID`, reason: 'must be text' };
  const spanId = hexOf(json.spanID ?? json.spanId);
  const key = spanId === null ? null : spanKey(traceId, spanId);
  if (key === null) return { path: `${path}.spanID`, reason: 'must be a span id' };
  const start = momentOf(json.startTime ?? 0);
  if (start === null) return { path: `${path}.startTime`, reason: 'must be microseconds since 1970' };
  const duration = spellOf(json.duration ?? 0);
  if (duration === null) return { path: `${path}.duration`, reason: 'must be microseconds, not negative' };
  const untimed = start === 0n || (json.duration ?? null) === null;
  const process = processOf(json, trace);
  const attributes = tagsOf(json);
  const stated = attributes.get('span.kind')?.toLowerCase();
  const resource = tagsOf(process ?? {});
  return {
    key,
    ...causesOf(json, traceId),
    service: typeof process?.serviceName === 'string' && process.serviceName ? process.serviceName : null,
    instance: instanceOf(resource),
    host: hostOf(resource),
    name: typeof json.operationName === 'string' ? json.operationName : '',
    kind: KINDS.find((kind) => kind === stated) ?? 'internal',
    start,
    end: untimed ? start : start + duration,
    ...(untimed && { untimed }),
    failed: saysFailed(attributes),
    attributes,
  };
}

/** `2017-01-26T16:46:31.639875Z`, to the nanosecond. */
const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z$/;
/** `0.000100s` */
const SECONDS = /^(\d{1,9})(?:\.(\d{1,9}))?s$/;
const fraction = (digits = '') => BigInt(digits.padEnd(9, '0'));

function momentOf(value: unknown): bigint | null {
  const [, seconds, digits] = typeof value === 'string' ? (DATE.exec(value) ?? []) : [];
  if (seconds === undefined) return nanoseconds(value, 1000n);
  const at = Date.parse(`${seconds}Z`);
  return at >= 0 ? BigInt(at) * 1_000_000n + fraction(digits) : null;
}

function spellOf(value: unknown): bigint | null {
  const [, seconds, digits] = typeof value === 'string' ? (SECONDS.exec(value) ?? []) : [];
  return seconds === undefined
    ? nanoseconds(value, 1000n)
    : BigInt(seconds) * 1_000_000_000n + fraction(digits);
}

/** A list of tags; in Elasticsearch also an object, in which dots are written as `@` (option tags-as-fields). */
function tagsOf({ tags, tag }: Json): Map<string, string> {
  const listed = Array.isArray(tags) ? tags.filter(isObject) : [];
  const fields = isObject(tag) ? Object.entries(tag) : [];
  return attributesOf([
    ...listed.map(({ key, value, vStr, vBool, vInt64, vFloat64 }) => ({
      key,
      value: value ?? vStr ?? vBool ?? vInt64 ?? vFloat64,
    })),
    ...fields.map(([key, value]) => ({ key: key.replaceAll('@', '.'), value })),
  ]);
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
  const keyed = references.flatMap((reference) => {
    const from = hexOf(reference.traceID ?? reference.traceId) ?? trace;
    const spanId = hexOf(reference.spanID ?? reference.spanId);
    const key = spanId === null ? null : spanKey(from, spanId);
    // Protobuf leaves out what is 0, which CHILD_OF is.
    const refType = reference.refType ?? 'CHILD_OF';
    return key === null ? [] : [{ key, refType, own: spanKey(from, '1') === spanKey(trace, '1') }];
  });
  const cause =
    keyed.find(({ own, refType }) => own && refType === 'CHILD_OF') ?? keyed.find(({ own }) => own) ?? null;
  const links = keyed.filter((each) => each !== cause).map(({ key }) => key);
  if (cause) return { parent: cause.key, links, detached: cause.refType === 'FOLLOWS_FROM' };
  const parent = typeof json.parentSpanID === 'string' ? spanKey(trace, json.parentSpanID) : null;
  return { parent, links, detached: false };
}
