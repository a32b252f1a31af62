/** Spans recorded from a running shop, pushed batch by batch, beside the same spans read as one file. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { observe, otlpSpans, type Span } from '../../src/formats/index.ts';
import { type Observed, quantile, type Reading, totalCount } from '../../src/graph/index.ts';
import { createGatherer } from '../../src/server/push/gather.ts';
import { MOST } from '../../src/server/push/limits.ts';
import { look } from '../../src/server/push/look.ts';
import { createRing, MEMORY } from '../../src/server/push/ring.ts';

const FOLDER = '../shared/data/recorded-lab';
const NOW = 1_700_000_000_000;
const BUCKET_WIDTH = 2 ** (1 / 8);
/** As the recording says of itself, without nginx, which sends no spans. */
const EDGES = [
  'cart query redis',
  'catalog query postgresql',
  'catalog query redis',
  'gateway call cart',
  'gateway call catalog',
  'gateway call orders',
  'orders call catalog',
  'orders consume worker',
  'orders publish orders',
  'orders query postgresql',
  'worker query postgresql',
];

/** In batches of a second and a service each, as SDKs send them. */
function pushed(spans: readonly Span[]): Observed {
  const ring = createRing(MOST);
  const gatherer = createGatherer(ring, MEMORY, MOST);
  const batches = Map.groupBy(spans, ({ end, service }) => `${end / 1_000_000_000n} ${service}`);
  let now = NOW;
  for (const [, batch] of [...batches].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const span of batch) gatherer.add(span, now);
    gatherer.tick((now += 200));
  }
  gatherer.tick((now += 20_000));
  const { nodes, edges, frames } = look(
    ring,
    { from: now, to: now, step: 1, window: MEMORY, only: null },
    now,
  );
  const provenance = { source: '', label: '', simulated: false };
  return {
    nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
    edges: Object.fromEntries(edges.map((edge) => [edge.id, edge])),
    readings: frames[0]!.readings.map((figure): Reading => ({ ...figure, provenance })),
  };
}

const nameOf = ({ nodes, edges }: Observed, id: string): string => {
  const { source, target, kind } = edges[id]!;
  return `${nodes[source]!.name} ${kind} ${nodes[target]!.name}`;
};

/** Latencies of edges as a whole, by name and side. */
const latencies = (observed: Observed) =>
  new Map(
    observed.readings.flatMap(({ subject, metric, instance, operation, side, value }) =>
      subject.type === 'edge' && metric === 'latency' && instance === null && operation === undefined
        ? [[`${nameOf(observed, subject.id)} ${side}`, value as Exclude<typeof value, number>] as const]
        : [],
    ),
  );

test.for(['otlp-baseline.json.gz', 'otlp-fault-catalog-250ms.json.gz'])(
  '%s: the same edges, and latencies within a bucket of the file’s own',
  (file, context) => {
    if (!existsSync(`${FOLDER}/${file}`)) context.skip(`${file} left out: ../shared/data is not here`);
    const packed = readFileSync(`${FOLDER}/${file}`);
    const requests = gunzipSync(packed)
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const shift = BigInt(NOW) * 1_000_000n;
    const { spans } = otlpSpans(requests);
    const last = spans
      .map(({ end }) => end)
      .sort((a, b) => (a < b ? -1 : 1))
      .at(-1)!;
    const recent = spans.map((span) => ({
      ...span,
      start: span.start - last + shift,
      end: span.end - last + shift,
    }));
    const live = pushed(recent);
    expect(
      Object.keys(live.edges)
        .map((id) => nameOf(live, id))
        .sort(),
    ).toEqual(EDGES);
    let n = 0;
    const read = observe(
      recent,
      { provenance: { source: '', label: '', simulated: false } },
      { newId: () => `${n++}` },
    );
    const [ours, theirs] = [latencies(live), latencies(read)];
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
    for (const [name, exact] of theirs) {
      const own = ours.get(name)!;
      expect(totalCount(own), name).toBe(totalCount(exact));
      if (exact.type !== 'samples') continue;
      for (const q of [0.5, 0.95, 0.99]) {
        const value = exact.values[Math.ceil(q * exact.values.length) - 1]!;
        const found = quantile(own, q)!.value;
        expect(Math.max(found / value, value / found), `${name} p${q * 100}`).toBeLessThan(
          BUCKET_WIDTH * 1.000001,
        );
      }
    }
  },
);
