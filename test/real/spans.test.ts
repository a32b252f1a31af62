/**
 * What real traces measure is what a slow walk over their JSON gives: own time, critical path, clocks, and
 * both sides of each call.
 */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { observe, otlpSpans, type Span, tallySpans } from '../../src/formats/index.ts';
import { jaegerSpans } from '../../src/formats/jaeger/format.ts';
import { alignClocks } from '../../src/formats/trace/clocks.ts';
import { treeOf } from '../../src/formats/trace/tree.ts';
import { zipkinSpans } from '../../src/formats/zipkin/format.ts';
import { type Metric, mean, type Reading } from '../../src/graph/index.ts';
import { entriesOf, familyOf, holderAt, isAwaited, ownTicks, piecesOf, type Spec } from '../formats/spans.ts';

const DATA = '../shared/data';
const READERS = { jaeger: jaegerSpans, zipkin: zipkinSpans, otlp: (json: unknown) => otlpSpans([json]) };

function spansIn(format: keyof typeof READERS, file: string): Span[] {
  const bytes = readFileSync(`${DATA}/${file}`);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { spans, broken } = READERS[format](JSON.parse(text));
  expect(broken).toEqual([]);
  return spans;
}

/** As plain numbers, nanoseconds since the first of them began. */
function specsOf(spans: readonly Span[]): Spec[] {
  const first = spans.reduce((a, b) => (b.start < a.start ? b : a)).start;
  return spans.map((span) => ({
    ...{ id: span.key, service: span.service ?? '', name: span.name },
    // A query is waited for, whatever kind its span says it is of.
    kind: span.attributes.has('db.system') || span.attributes.has('db.system.name') ? 'client' : span.kind,
    ...(span.parent === null ? {} : { parent: span.parent }),
    ...{ start: Number(span.start - first), end: Number(span.end - first), detached: span.detached },
  }));
}

const TRACES = [
  ['jaeger', 'deathstarbench/ms_collecter/traces-1695947455229.json'],
  ['jaeger', 'jaeger-ui/testTrace.json'],
  ['jaeger', 'jaeger-ui/testTraceNormal.json'],
  ['jaeger', 'jaeger-ui/trace-flamegraph.json'],
  ['jaeger', 'jaeger-ui/traceWithOverlappingChildrenLongerThanParent.json'],
  ['jaeger', 'jaeger-ui/traceWithThreeShortOverlappingChildren.json'],
  ['zipkin', 'zipkin/ascend.json'],
  ['zipkin', 'zipkin/messaging.json'],
  ['zipkin', 'zipkin/skew.json'],
  ['zipkin', 'zipkin/yelp.json'],
  ['otlp', 'recorded-lab/otlp-baseline.json.gz'],
  ['otlp', 'recorded-lab/otlp-fault-catalog-250ms.json.gz'],
] as const;

describe.each(TRACES)('%s, %s', (format, file) => {
  const leftOut = `${file} left out: ../shared/data is not here`;
  const isHere = existsSync(`${DATA}/${file}`);

  test('own times and critical paths', (context) => {
    if (!isHere) context.skip(leftOut);
    const all = spansIn(format, file);
    const spans = alignClocks(all, treeOf(all).parentOf).spans;
    const tally = tallySpans(all);
    const expected = { own: new Map<string, number[]>(), path: new Map<string, number>(), total: 0 };
    for (const trace of Map.groupBy(spans, ({ key }) => key.split('/')[0]).values()) {
      const family = familyOf(specsOf(trace));
      for (const entry of entriesOf(family)) {
        // A fragment's first span is a request only where it says so.
        if (entry.parent && !family.parentOf(entry) && entry.kind === 'internal') continue;
        expected.own.set(entry.service!, [
          ...(expected.own.get(entry.service!) ?? []),
          ownTicks(entry, family),
        ]);
      }
      for (const root of family.specs) {
        const parent = family.parentOf(root);
        if (parent ? !isAwaited(root, parent) : root.parent && root.kind !== 'server') continue;
        if (parent || root.kind === 'consumer') continue;
        for (const [at, length] of piecesOf(root, family)) {
          const { service } = holderAt(root, at, family);
          expected.path.set(service!, (expected.path.get(service!) ?? 0) + length);
          expected.total += length;
        }
      }
    }
    const own = new Map<string, number[]>();
    for (const { key, metric, durations } of tally.series)
      if (metric === 'own time' && durations.type === 'samples') {
        const service = key.replace('service ', '');
        own.set(service, [...(own.get(service) ?? []), ...durations.values]);
      }
    const sorted = (map: Map<string, number[]>, scale: number) =>
      [...map]
        .map(([name, values]) => [
          name,
          values.map((value) => Math.round(value * scale)).sort((a, b) => a - b),
        ])
        .sort();
    expect(sorted(own, 1e6)).toEqual(sorted(expected.own, 1));
    const { times, total } = tally.paths.answers;
    expect(total * 1e6).toBeCloseTo(expected.total, 0);
    const path = new Map<string, number>();
    for (const [name, time] of times) {
      const service = /service (.*?)(?: → .*)?$/.exec(name)![1]!;
      path.set(service, (path.get(service) ?? 0) + time);
    }
    for (const [service, time] of expected.path) expect((path.get(service) ?? 0) * 1e6).toBeCloseTo(time, 0);
    expect(path.size).toBe(expected.path.size);
  });

  test('both sides of an edge speak of the same calls', (context) => {
    if (!isHere) context.skip(leftOut);
    let count = 0;
    const provenance = { source: file, label: file, simulated: false };
    const { edges, readings } = observe(spansIn(format, file), { provenance }, { newId: () => `${count++}` });
    for (const { id } of Object.values(edges)) {
      const [caller, callee] = (['caller', 'callee'] as const).map((side) =>
        readings.find((each) => each.subject.id === id && each.metric === 'latency' && each.side === side),
      );
      if (caller && callee) expect(caller.samples).toBe(callee.samples);
    }
  });
});

test('clocks of Zipkin’s own examples are set right', (context) => {
  for (const [file, moved, furthest] of [
    // The call begins 65.441 ms after its answer and is 0.962 ms longer: half of that on the way out.
    ['zipkin/skew.json', 2, 65.922],
    ['zipkin/ascend.json', 2, null],
  ] as const) {
    if (!existsSync(`${DATA}/${file}`)) context.skip(`${file} left out: ../shared/data is not here`);
    const spans = spansIn('zipkin', file);
    const found = alignClocks(spans, treeOf(spans).parentOf);
    expect(found.moved).toBe(moved);
    if (furthest !== null) expect(Number(found.furthest) / 1e6).toBeCloseTo(furthest, 3);
    const { parentOf, byKey } = treeOf(found.spans);
    for (const span of byKey.values()) {
      const parent = parentOf(span);
      if (!parent || span.kind !== 'server') continue;
      expect(span.start).toBeGreaterThanOrEqual(parent.start);
      expect(span.end).toBeLessThanOrEqual(parent.end);
    }
  }
});

test('the two sides of a shared id are joined by an edge in Zipkin’s own examples', (context) => {
  for (const file of ['zipkin/ascend.json', 'zipkin/skew.json', 'zipkin/yelp.json']) {
    if (!existsSync(`${DATA}/${file}`)) context.skip(`${file} left out: ../shared/data is not here`);
    const json: { id: string; kind?: string; localEndpoint: { serviceName: string } }[] = JSON.parse(
      readFileSync(`${DATA}/${file}`, 'utf8'),
    );
    const { parts, hops } = tallySpans(zipkinSpans(json).spans);
    const services = new Set(json.map(({ localEndpoint }) => localEndpoint.serviceName));
    const drawn = [...parts.values()].filter(({ kind }) => kind === 'service').map(({ name }) => name);
    expect(new Set(drawn), file).toEqual(services);
    for (const halves of Map.groupBy(json, ({ id }) => id).values()) {
      const of = (kind: string) => halves.find((half) => half.kind === kind)?.localEndpoint.serviceName;
      const [caller, callee] = [of('CLIENT'), of('SERVER')];
      if (caller === undefined || callee === undefined || caller === callee) continue;
      expect([...hops.keys()], file).toContain(`service ${caller} → service ${callee} call`);
    }
  }
});

describe('the recorded lab', () => {
  const sightOf = (file: string) => {
    let count = 0;
    const provenance = { source: file, label: file, simulated: false };
    const sight = observe(
      spansIn('otlp', `recorded-lab/${file}`),
      { provenance },
      { newId: () => `${count++}` },
    );
    const name = (id: string) => sight.nodes[id]!.name;
    const of = ({ type, id }: Reading['subject']) =>
      type === 'node' ? name(id) : `${name(sight.edges[id]!.source)} → ${name(sight.edges[id]!.target)}`;
    return (subject: string, metric: Metric, side: Reading['side'] = null) => {
      const found = sight.readings.find(
        (each) =>
          of(each.subject) === subject &&
          each.metric === metric &&
          each.side === side &&
          each.instance === null,
      )!;
      return typeof found.value === 'number' ? found.value : mean(found.value)!;
    };
  };

  test('a service made slow has it in its own time, and its callers do not', (context) => {
    if (!existsSync(`${DATA}/recorded-lab`))
      context.skip('recorded-lab left out: ../shared/data is not here');
    const [calm, slow] = [sightOf('otlp-baseline.json.gz'), sightOf('otlp-fault-catalog-250ms.json.gz')];
    const rise = (subject: string, metric: Metric, side?: Reading['side']) =>
      slow(subject, metric, side) - calm(subject, metric, side);
    expect(rise('catalog', 'own time')).toBeGreaterThan(150);
    for (const service of ['gateway', 'orders', 'cart', 'worker'])
      expect(Math.abs(rise(service, 'own time'))).toBeLessThan(10);
    expect(rise('orders', 'latency', 'callee')).toBeGreaterThan(150);
    expect(slow('catalog', 'critical path')).toBeGreaterThan(0.8);
    expect(calm('catalog', 'critical path')).toBeLessThan(0.5);
    const gap = (of: typeof calm) =>
      of('gateway → catalog', 'latency', 'caller') - of('gateway → catalog', 'latency', 'callee');
    expect(Math.abs(gap(slow) - gap(calm))).toBeLessThan(5);
  });
});
