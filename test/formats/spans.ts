/**
 * Spans made by hand and by chance, and what they measure worked out beside the reader: moment by moment,
 * from the definitions, with no regard for speed. Ticks are milliseconds, so that sums are exact.
 */
import fc from 'fast-check';
import type { Span } from '../../src/formats/index.ts';
import type { SpanKind } from '../../src/formats/trace/span.ts';

export type Spec = {
  id: string;
  parent?: string;
  service?: string;
  kind?: SpanKind;
  name?: string;
  /** Ticks. */
  start: number;
  end: number;
  host?: string | null;
  instance?: string | null;
  failed?: boolean;
  detached?: boolean;
  attributes?: Record<string, string>;
};

export const TICK = 1_000_000n;
/** Far from 1970, where nanoseconds no longer fit in a number. */
const EPOCH = 1_700_000_000_000n * TICK;

/** All on one clock unless they say otherwise. */
export const spanOf = (spec: Spec, trace = 't'): Span => ({
  ...{ key: `${trace}/${spec.id}`, parent: spec.parent === undefined ? null : `${trace}/${spec.parent}` },
  ...{ links: [], service: spec.service ?? 'a', instance: spec.instance ?? null },
  host: spec.host === undefined ? 'host' : spec.host,
  ...{ name: spec.name ?? 'op', kind: spec.kind ?? 'internal', failed: spec.failed ?? false },
  ...{ start: EPOCH + BigInt(spec.start) * TICK, end: EPOCH + BigInt(spec.end) * TICK },
  ...{ detached: spec.detached ?? false, attributes: new Map(Object.entries(spec.attributes ?? {})) },
});

export const ticksOf = (span: Span): [start: number, end: number] => [
  Number(span.start - EPOCH) / Number(TICK),
  Number(span.end - EPOCH) / Number(TICK),
];

const kinds = fc.constantFrom<SpanKind>('internal', 'server', 'client', 'consumer', 'producer');
const services = fc.constantFrom('a', 'b', 'c');
/** A tree of up to 12 spans whose children begin and end where they like. */
export const anyTrace: fc.Arbitrary<Spec[]> = fc
  .array(
    fc.record({
      up: fc.nat(),
      service: services,
      kind: kinds,
      start: fc.nat(40),
      length: fc.nat(30),
      detached: fc.boolean(),
      alone: fc.nat(9),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((all) =>
    all.map(({ up, start, length, alone, detached, ...rest }, i) => ({
      ...{ ...rest, id: `s${i}`, start, end: start + length },
      // One in ten begins a tree of its own, one in ten that has a parent is not waited for.
      ...(i === 0 || alone === 0 ? {} : { parent: `s${up % i}`, detached: detached && alone === 1 }),
    })),
  );

type Family = { specs: Spec[]; parentOf(spec: Spec): Spec | undefined; childrenOf(spec: Spec): Spec[] };
export const familyOf = (specs: Spec[]): Family => ({
  specs,
  parentOf: (spec) => specs.find(({ id }) => id === spec.parent),
  childrenOf: (spec) => specs.filter(({ parent }) => parent === spec.id),
});

const isWaiting = ({ kind }: Spec) => kind === 'client' || kind === 'producer';
export const isAwaited = (child: Spec, parent: Spec): boolean =>
  !child.detached &&
  child.kind !== 'consumer' &&
  !(parent.kind === 'producer' && parent.service !== child.service);

/** The spans by which requests enter a service. */
export const entriesOf = ({ specs, parentOf }: Family): Spec[] =>
  specs.filter((spec) => {
    if (isWaiting(spec)) return false;
    const parent = parentOf(spec);
    if (!parent || parent.service !== spec.service || spec.kind === 'consumer') return true;
    return spec.kind === 'server' && isWaiting(parent);
  });

/** The pieces of a span's time between which nothing begins or ends. */
export function piecesOf({ start, end }: Spec, { specs }: Family): [at: number, length: number][] {
  const times = specs.flatMap((spec) => [spec.start, spec.end]).filter((time) => time > start && time < end);
  const sorted = [...new Set([start, ...times, end])].sort((x, y) => x - y);
  return sorted.slice(1).map((time, i) => [sorted[i]!, time - sorted[i]!]);
}

/** How long nothing that its service waits for is under way. */
export function ownTicks(entry: Spec, family: Family): number {
  const { childrenOf } = family;
  const isAway = (at: number, inside: Spec): boolean =>
    childrenOf(inside).some((child) => {
      if (!isAwaited(child, inside)) return false;
      if (child.service === entry.service && !isWaiting(child)) return isAway(at, child);
      return child.start <= at && at < child.end;
    });
  return piecesOf(entry, family).reduce((own, [at, length]) => own + (isAway(at, entry) ? 0 : length), 0);
}

/** Whose a moment is on the critical path of a root, asked from the end backwards for this one moment. */
export function holderAt(root: Spec, at: number, { childrenOf }: Family): Spec {
  let [span, from, to] = [root, root.start, root.end];
  for (;;) {
    const within: { child: Spec; from: number; to: number }[] = [];
    for (const child of childrenOf(span)) {
      const cut = { child, from: Math.max(child.start, from), to: Math.min(child.end, to) };
      if (isAwaited(child, span) && cut.from < cut.to) within.push(cut);
    }
    let until = to;
    let found: (typeof within)[number] | undefined;
    for (;;) {
      const before = within.filter((each) => each.to <= until);
      const last = Math.max(...before.map((each) => each.to));
      found = before
        .filter((each) => each.to === last)
        .reduce<typeof found>((a, b) => (a && a.from <= b.from ? a : b), undefined);
      if (!found || at >= found.to) return span;
      if (at >= found.from) break;
      until = found.from;
    }
    [span, from, to] = [found.child, found.from, found.to];
  }
}
