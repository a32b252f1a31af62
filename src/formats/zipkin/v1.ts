/**
 * Zipkin's first version: a span says what happened by annotations (cs client sent, cr client received,
 * sr server received, ss server sent, ms message sent, mr message received), each with the endpoint that
 * saw it, and may hold both sides of a call. Tags are `binaryAnnotations`; sa and ca name the other end.
 */
import type { Fault } from '../../graph/index.ts';
import { isObject } from '../format.ts';
import { nanoseconds, type SpanKind } from '../trace/span.ts';
import { type Endpoint, endpointOf, type Half, meaningOf } from './half.ts';

type Json = Record<string, unknown>;
type Mark = { at: bigint; endpoint: Endpoint };

/** Only version 1 tells the endpoint with each annotation. */
export const isV1 = (json: Json): boolean =>
  Array.isArray(json.binaryAnnotations) ||
  (Array.isArray(json.annotations) && json.annotations.some((each) => isObject(each) && 'endpoint' in each));

const SIDES: readonly { kind: SpanKind; begins: string; ends: string | null; other: string }[] = [
  { kind: 'client', begins: 'cs', ends: 'cr', other: 'sa' },
  { kind: 'server', begins: 'sr', ends: 'ss', other: 'ca' },
  { kind: 'producer', begins: 'ms', ends: null, other: 'ma' },
  { kind: 'consumer', begins: 'mr', ends: null, other: 'ma' },
];

const LOCAL = { kind: 'internal', begins: '', ends: '', other: '' } as const;

export function halvesOfV1(
  json: Json,
  known: Pick<Half, 'key' | 'parent' | 'name'>,
  path: string,
): Half[] | Fault {
  const marks = new Map<string, Mark>();
  const annotations = Array.isArray(json.annotations) ? json.annotations.filter(isObject) : [];
  for (const { timestamp, value, endpoint } of annotations) {
    const at = nanoseconds(timestamp, 1000n);
    if (at !== null && typeof value === 'string') marks.set(value, { at, endpoint: endpointOf(endpoint) });
  }
  const tags = Array.isArray(json.binaryAnnotations) ? json.binaryAnnotations.filter(isObject) : [];
  const stated = SIDES.filter(({ begins, ends }) => marks.has(begins) || (ends !== null && marks.has(ends)));
  const named = SIDES.find(({ other }) => tags.some(({ key }) => key === other));
  const sides = stated.length > 0 ? stated : [named ?? LOCAL];
  const halves = sides.flatMap(({ kind, begins, ends, other }): Half[] => {
    const [from, to] = [marks.get(begins), marks.get(ends ?? '')];
    const mark = from ?? to;
    const own = nanoseconds(json.timestamp, 1000n);
    const duration = nanoseconds(json.duration, 1000n);
    // The span's own times are those of the side that began it.
    const start = from?.at ?? (sides[0]!.kind === kind ? own : null);
    const end =
      to?.at ??
      (start !== null && sides[0]!.kind === kind && duration !== null ? start + duration : null) ??
      // a message is sent, or is taken up, in a moment
      (ends === null ? start : null);
    if (start !== null && end !== null && end < start) return [];
    const untimed = !start || end === null;
    const isNear = ({ key, endpoint }: Json) => !OTHERS.has(key) && isObject(endpoint);
    const local = mark?.endpoint ?? endpointOf(tags.find(isNear)?.endpoint);
    const isOwn = (endpoint: Endpoint) => sides.length === 1 || endpoint.service === local.service;
    const meant = tags.filter(({ key, endpoint }) => !OTHERS.has(key) && isOwn(endpointOf(endpoint)));
    const remote = endpointOf(tags.find(({ key }) => key === other)?.endpoint);
    const entries = meant.map(({ key, value }) => [typeof key === 'string' ? key : '', value] as const);
    const at = start ?? end ?? 0n;
    return [
      {
        ...{ ...known, kind, start: at, end: untimed ? at : end, untimed, local },
        ...meaningOf(entries, { kind, local, remote }),
      },
    ];
  });
  return halves.length > 0
    ? halves
    : { path: `${path}.annotations`, reason: 'must not say that it ended before it began' };
}

const OTHERS: ReadonlySet<unknown> = new Set(['sa', 'ca', 'ma']);
