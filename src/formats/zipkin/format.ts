/**
 * Zipkin's JSON, version 2 and version 1: a list of spans, or a list of traces that are lists of spans, as
 * its API answers. Times are microseconds. The two sides of a call may share one span id.
 *
 *   JSON ─► halves (what one side of a call reported; a version 1 span may hold both) ─► spans
 */
import type { Fault } from '../../graph/index.ts';
import { type Format, isObject } from '../format.ts';
import { readTrace } from '../trace/file.ts';
import {
  nanoseconds,
  placed,
  type Span,
  type SpanFile,
  type SpanKind,
  spanKey,
  unlessLoopback,
} from '../trace/span.ts';
import { endpointOf, type Half, joined, meaningOf } from './half.ts';
import { halvesOfV1, isV1 } from './v1.ts';

type Json = Record<string, unknown>;

/** The spans of an answer of Zipkin's API, of either version. */
export function zipkinSpans(value: unknown): SpanFile {
  const halves: Half[] = [];
  const broken: Fault[] = [];
  for (const [json, path] of spansIn(value)) {
    const found = isObject(json) ? halvesOf(json, path) : { path, reason: 'must be an object' };
    if ('reason' in found) broken.push(found);
    else halves.push(...found);
  }
  return { spans: placed(spansOf(halves)), broken };
}

function* spansIn(value: unknown): Generator<[json: unknown, path: string]> {
  if (!Array.isArray(value)) {
    yield [value, 'span'];
    return;
  }
  for (const [i, item] of value.entries())
    if (Array.isArray(item)) for (const [j, json] of item.entries()) yield [json, `${i}.${j}`];
    else yield [item, String(i)];
}

function halvesOf(json: Json, path: string): Half[] | Fault {
  const { traceId, id, parentId } = json;
  if (typeof traceId !== 'string') return { path: `${path}.traceId`, reason: 'must be text' };
  const key = typeof id === 'string' ? spanKey(traceId, id) : null;
  if (key === null) return { path: `${path}.id`, reason: 'must be a span id' };
  const parent = typeof parentId === 'string' ? spanKey(traceId, parentId) : null;
  const known = { key, parent, name: typeof json.name === 'string' ? json.name : '' };
  return isV1(json) ? halvesOfV1(json, known, path) : halfOfV2(json, known, path);
}

function halfOfV2(json: Json, known: Pick<Half, 'key' | 'parent' | 'name'>, path: string): Half[] | Fault {
  // What began elsewhere, or is not finished, may have neither.
  const start = nanoseconds(json.timestamp ?? 0, 1000n);
  if (start === null) return { path: `${path}.timestamp`, reason: 'must be microseconds since 1970' };
  const duration = nanoseconds(json.duration ?? 0, 1000n);
  if (duration === null) return { path: `${path}.duration`, reason: 'must be microseconds, not negative' };
  const kind =
    KINDS.find((each) => each.toUpperCase() === json.kind) ?? (json.shared === true ? 'server' : 'internal');
  const isMoment = kind === 'producer' || kind === 'consumer';
  const untimed = start === 0n || ((json.duration ?? null) === null && !isMoment);
  const [local, remote] = [endpointOf(json.localEndpoint), endpointOf(json.remoteEndpoint)];
  const tags = isObject(json.tags) ? Object.entries(json.tags) : [];
  return [
    {
      ...{ ...known, kind, start, end: untimed ? start : start + duration, untimed, local },
      ...meaningOf(tags, { kind, local, remote }),
    },
  ];
}
const KINDS: readonly SpanKind[] = ['server', 'client', 'producer', 'consumer'];

/** Reports of one side are put together; where both sides share an id, the callee's is the caller's child. */
function spansOf(halves: readonly Half[]): Span[] {
  const byKey = Map.groupBy(halves, ({ key }) => key);
  const sides = new Map<string, { caller: Half | undefined; callee: Half | undefined }>();
  for (const [key, shared] of byKey) {
    const [answering, asking] = [shared.filter(isAnswer), shared.filter((half) => !isAnswer(half))];
    sides.set(key, { caller: joined(asking), callee: joined(answering) });
  }
  /** Who is meant by a parent's id: of two sides the one that is the child's own service, else the callee. */
  const causeOf = ({ parent, local }: Half): string | null => {
    const { caller, callee } = sides.get(parent ?? '') ?? {};
    if (parent === null || !caller || !callee) return parent;
    return caller.local.service === local.service && callee.local.service !== local.service
      ? parent
      : ofCallee(parent);
  };
  const spans = [...sides].flatMap(([key, { caller, callee }]) => [
    ...(caller ? [spanOf(caller, key, causeOf(caller))] : []),
    ...(callee ? [spanOf(callee, caller ? ofCallee(key) : key, caller ? key : causeOf(callee))] : []),
  ]);
  return withinTheirs(spans);
}

/** Work inside a service need not say again whose it is: it is its parent's. */
function withinTheirs(spans: readonly Span[]): Span[] {
  const byKey = new Map(spans.map((span) => [span.key, span]));
  const ownerOf = (span: Span) => {
    const seen = new Set<Span>();
    let above: Span | undefined = span;
    while (above && !above.service && above.kind === 'internal' && !seen.has(above)) {
      seen.add(above);
      above = byKey.get(above.parent ?? '');
    }
    return above;
  };
  return spans.map((span) => {
    const owner = span.service === null ? ownerOf(span) : undefined;
    return owner?.service
      ? { ...span, service: owner.service, instance: owner.instance, host: owner.host }
      : span;
  });
}

/** The key of the callee's side of a shared id. */
const ofCallee = (key: string) => `${key} answer`;
const isAnswer = ({ kind }: Half) => kind === 'server' || kind === 'consumer';

function spanOf({ local, ...half }: Half, key: string, parent: string | null): Span {
  // Zipkin knows no instances; the address tells them apart as well.
  const address = unlessLoopback(local.address);
  const place = { service: local.service, instance: address, host: address };
  return { ...half, key, parent, links: [], detached: false, ...place };
}

function recognisesZipkin(value: unknown): boolean {
  const [item]: unknown[] = Array.isArray(value) ? value : [value];
  const [first]: unknown[] = Array.isArray(item) ? item : [item];
  return isObject(first) && 'traceId' in first && 'id' in first;
}

export const ZIPKIN: Format = {
  id: 'zipkin',
  name: 'Zipkin trace',
  suffixes: ['.json', '.json.gz'],
  reads: 'Spans of Zipkin’s versions 2 and 1: a trace, or a list of traces as its API answers with them.',
  recognises: (opened) =>
    opened.type === 'json' && opened.values.length === 1 && recognisesZipkin(opened.values[0]),
  read: (opened, file, context) =>
    readTrace(
      ZIPKIN.id,
      opened.type === 'json' ? zipkinSpans(opened.values[0]) : { spans: [], broken: [] },
      file,
      context,
    ),
};
