/**
 * Traces that nobody here wrote give the graph that their own spans state. What they state is worked out
 * beside the reader by walking the JSON, in as few lines as will do.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Read, readFile } from '../../src/formats/index.ts';
import { quantile, type Reading } from '../../src/graph/index.ts';

const DATA = '../shared/data';
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON, walked freely on purpose
type Json = any;

function read(path: string): Extract<Read, { ok: true }> {
  let count = 0;
  const bytes = new Uint8Array(readFileSync(path));
  const result = readFile({ name: path.split('/').at(-1)!, bytes }, { newId: () => `id-${count++}`, now: 0 });
  if (!result.ok) throw new Error(`${path}: ${JSON.stringify(result.faults)}`);
  return result;
}

const isCarrier = (kind: string) => kind === 'queue' || kind === 'topic';

/** Services drawn, and pairs of them, a queue or topic between two counting as their connection. */
function drawn({ board }: Extract<Read, { ok: true }>) {
  const services = Object.values(board.nodes).filter(({ kind }) => kind === 'service' || kind === 'worker');
  const isService = new Set(services.map(({ id }) => id));
  const name = (id: string) => board.nodes[id]!.name;
  const edges = Object.values(board.edges);
  const pairs = edges.flatMap(({ source, target }) => {
    if (!isService.has(source)) return [];
    if (isService.has(target)) return [`${name(source)} → ${name(target)}`];
    if (!isCarrier(board.nodes[target]!.kind)) return [];
    return edges
      .filter((next) => next.source === target)
      .map((next) => `${name(source)} → ${name(next.target)}`);
  });
  return { services: services.map((node) => node.name).sort(), pairs: [...new Set(pairs)].sort() };
}

type Raw = { id: string; parent: string | undefined; service: string };

/** Services of all spans, and pairs of services whose spans are parent and child. */
function stated(spans: Raw[]) {
  const serviceOf = new Map(spans.map(({ id, service }) => [id, service]));
  const pairs = spans.flatMap(({ parent, service }) => {
    const caller = serviceOf.get(parent ?? '');
    return caller === undefined || caller === service ? [] : [`${caller} → ${service}`];
  });
  return { services: [...new Set(serviceOf.values())].sort(), pairs: [...new Set(pairs)].sort() };
}

function jaegerSpans(json: Json): Raw[] {
  const content = json.data ?? json;
  return [content].flat().flatMap((trace: Json) =>
    trace.spans.map((span: Json) => {
      const [parent] = span.references ?? [];
      return {
        id: span.traceID + span.spanID,
        parent: parent && parent.traceID + parent.spanID,
        service: (span.process ?? trace.processes[span.processID]).serviceName,
      };
    }),
  );
}

type OtlpSpan = Raw & { kind: number; name: string; ms: number; attributes: Record<string, string> };

function otlpSpans(documents: Json[]): OtlpSpan[] {
  return documents.flatMap((json) =>
    json.resourceSpans.flatMap(({ resource, scopeSpans }: Json) =>
      scopeSpans.flatMap(({ spans }: Json) =>
        spans.map((span: Json) => ({
          id: (span.traceId + span.spanId).toLowerCase(),
          parent: (span.traceId + span.parentSpanId).toLowerCase(),
          service:
            resource.attributes.find(({ key }: Json) => key === 'service.name')?.value.stringValue ??
            'unknown service',
          kind: span.kind,
          name: span.name,
          ms: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
          attributes: Object.fromEntries(
            (span.attributes ?? []).map(({ key, value }: Json) => [key, String(Object.values(value)[0])]),
          ),
        })),
      ),
    ),
  );
}

const textOf = (path: string) =>
  (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString('utf8');

function documentsOf(path: string): Json[] {
  const text = textOf(path);
  if (path.endsWith('.txt'))
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  return [JSON.parse(text)];
}

const filesIn = (folder: string, pattern: RegExp) =>
  existsSync(`${DATA}/${folder}`)
    ? readdirSync(`${DATA}/${folder}`)
        .filter((file) => pattern.test(file))
        .map((file) => `${DATA}/${folder}/${file}`)
    : [];

const traces = [
  ...filesIn('deathstarbench/ms_collecter', /^traces.*\.json$/),
  ...filesIn('jaeger-ui', /^(?!dependencies).*\.json(\.txt)?$/),
  ...filesIn('recorded-lab', /^otlp-.*\.json\.gz$/),
  ...filesIn('otlp-proto', /^trace\.json$/),
];

test('the services and connections of real traces are those their spans state', (context) => {
  if (traces.length === 0) context.skip('real traces left out: ../shared/data is not here');
  for (const path of traces) {
    const documents = documentsOf(path);
    const spans: Raw[] = 'resourceSpans' in documents[0] ? otlpSpans(documents) : jaegerSpans(documents[0]);
    expect(drawn(read(path)), path).toEqual(stated(spans));
  }
});

/** The lab's own note of its edges, less the one to which no span belongs. */
const LAB = [
  'cart -query-> cache redis',
  'catalog -query-> cache redis',
  'catalog -query-> database postgresql',
  'gateway -call-> service cart',
  'gateway -call-> service catalog',
  'gateway -call-> service orders',
  'orders -call-> service catalog',
  'orders -consume-> worker worker',
  'orders -publish-> queue orders',
  'orders -query-> database postgresql',
  'worker -query-> database postgresql',
];

describe.each(['otlp-baseline', 'otlp-fault-catalog-250ms'])('the recorded lab, %s', (file) => {
  const path = `${DATA}/recorded-lab/${file}.json.gz`;
  const isHere = existsSync(path);
  const leftOut = 'recorded-lab left out: ../shared/data is not here';

  test('has the edges of its ground truth', (context) => {
    if (!isHere) context.skip(leftOut);
    const { board } = read(path);
    const edges = Object.values(board.edges).map(({ source, target, kind }) => {
      const to = board.nodes[target]!;
      return `${board.nodes[source]!.name} -${kind}-> ${to.kind} ${to.name}`;
    });
    expect(edges.sort()).toEqual(LAB);
    expect(Object.keys(board.nodes)).toHaveLength(8);
  });

  test('has the latencies that its spans took', (context) => {
    if (!isHere) context.skip(leftOut);
    const result = read(path);
    const spans = otlpSpans(documentsOf(path));
    const byId = new Map(spans.map((span) => [span.id, span]));
    const parentOf = (span: OtlpSpan) => byId.get(span.parent ?? '');
    const answers = (caller: string, callee: string) =>
      spans.filter(
        (span) => span.service === callee && span.kind === 2 && parentOf(span)?.service === caller,
      );
    const of = (service: string, test: (span: OtlpSpan) => boolean) =>
      spans.filter((span) => span.service === service && test(span));
    const queries = (service: string, system: string) =>
      of(
        service,
        ({ attributes }) => attributes['db.system.name'] === system && 'db.query.text' in attributes,
      );
    const expected: [from: string, to: string, side: Reading['side'], spans: OtlpSpan[]][] = [
      ['gateway', 'service catalog', 'callee', answers('gateway', 'catalog')],
      ['gateway', 'service catalog', 'caller', answers('gateway', 'catalog').map((span) => parentOf(span)!)],
      ['orders', 'service catalog', 'callee', answers('orders', 'catalog')],
      ['catalog', 'cache redis', 'caller', queries('catalog', 'redis')],
      ['worker', 'database postgresql', 'caller', queries('worker', 'postgresql')],
      ['orders', 'queue orders', 'caller', of('orders', ({ kind }) => kind === 4)],
      ['orders', 'worker worker', 'callee', of('worker', ({ kind }) => kind === 5)],
    ];
    const { nodes, edges } = result.board;
    for (const [from, to, side, measured] of expected) {
      const edge = Object.values(edges).find(({ source, target }) => {
        const end = nodes[target]!;
        return nodes[source]!.name === from && `${end.kind} ${end.name}` === to;
      })!;
      const reading = result.readings.find(
        (each) => each.subject.id === edge.id && each.metric === 'latency' && each.side === side,
      )!;
      expect(reading.samples, `${from} → ${to}`).toBe(measured.length);
      expect(measured.length).toBeGreaterThanOrEqual(50);
      const sorted = measured.map(({ ms }) => ms).sort((a, b) => a - b);
      const rank = 0.95 * (sorted.length - 1);
      const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
      const p95 = low + (high - low) * (rank % 1);
      expect(quantile(reading.value as Exclude<Reading['value'], number>, 0.95)!.value).toBeCloseTo(p95, 9);
    }
  });
});
