/**
 * Pushed spans: from a protobuf body in gzip into the ring of histograms, beside protobufjs, which merely unpacks and
 * decodes the same bodies; and what is held after an hour of traffic, by a clock that is simulated.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { otlpSpans, type Span } from '../src/formats/index.ts';
import { createGatherer } from '../src/server/push/gather.ts';
import { MOST } from '../src/server/push/limits.ts';
import { decodeRequest } from '../src/server/push/protobuf.ts';
import { createRing, MEMORY } from '../src/server/push/ring.ts';
import { trimmed } from '../src/server/push/span.ts';
import { asProtobuf, requestOf, type TestSpan, typeOf } from '../test/server/otlp-encoder.ts';
import { visit } from '../test/server/shop.ts';
import { median, type Row, row } from './row.ts';

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Services that the gateway asks, and that ask their database: 38 edges, by instance and operation. */
const SERVICES = 19;
const INSTANCES = 3;
const OPERATIONS = 4;
/** Traces in one body: a collector sends 8,192 spans at once, unless told otherwise. */
const TRACES = 1500;
const SPANS = TRACES * 4;
const ROUNDS = 30;
/** Traffic of the hour, in seconds of a simulated clock, and what it may take. */
const SPANS_PER_SECOND = 500;
const HOUR = 3600;
const MOST_MEGABYTES = 128;

export const ingestRows = async (): Promise<Row[]> => [speed(), hour()];

const START = 1_700_000_000_000;

/** What HTTP instrumentation says besides what a graph is drawn from. */
const ABOUT = {
  'url.full': 'http://orders.shop.svc.cluster.local:8080/orders/8f14e45f?expand=items',
  'url.scheme': 'http',
  'http.response.status_code': 200,
  'network.protocol.version': '1.1',
  'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
  'client.address': '10.42.0.17',
  'thread.name': 'worker-7',
};

function traces(from: number, count: number, end: number): TestSpan[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const service = `service-${n % SERVICES}`;
    return visit({
      ...{ n, end, service, instance: `${service}-${n % INSTANCES}`, operation: `GET /${n % OPERATIONS}` },
      ...{ took: 2 + (n % 997) / 10, failed: n % 101 === 0 },
    });
  })
    .flat()
    .map((span) => ({ ...span, attributes: { ...span.attributes, ...ABOUT } }));
}

function createIngest() {
  const ring = createRing(MOST);
  const gatherer = createGatherer(ring, MEMORY, MOST);
  return {
    ring,
    gatherer,
    take(packed: Buffer, now: number): void {
      const { spans } = otlpSpans([decodeRequest(gunzipSync(packed), MOST.items)]);
      for (const span of spans) gatherer.add(trimmed(span, MOST), now);
    },
  };
}

/** Spans a second on one core: ours to the end, the peer's merely decoded. */
function speed(): Row {
  const bodies = Array.from({ length: ROUNDS }, (_, i) =>
    gzipSync(asProtobuf(traces(i * TRACES, TRACES, START))),
  );
  const type = typeOf('Request');
  const [ours, peer]: [number[], number[]] = [[], []];
  const { take, gatherer } = createIngest();
  bodies.forEach((body, i) => {
    const now = START + i * 60_000;
    ours.push(
      seconds(() => {
        take(body, now);
        gatherer.tick(now + 5000);
      }),
    );
    peer.push(seconds(() => type.decode(gunzipSync(body))));
  });
  const rate = (taken: readonly number[]) => SPANS / median(taken);
  return row(
    {
      ...{ name: 'pushed spans: into histograms, one core', ours: rate(ours), peer: rate(peer) },
      ...{ peerName: 'protobufjs, decoding', unit: '/s' },
    },
    { text: '≥ 0.2 × peer', holds: (_, ratio) => ratio >= 0.2 },
  );
}

function seconds(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

/** Heap that an hour of traffic leaves taken, beside what its spans would take. */
function hour(): Row {
  const { gatherer, ring } = createIngest();
  const before = heap();
  for (let second = 0; second < HOUR; second++) {
    const now = START + second * 1000;
    for (const span of secondOf(second)) gatherer.add(span, now);
    gatherer.tick(now);
  }
  const ours = heap() - before;
  const minute = Array.from({ length: 60 }, (_, second) => secondOf(HOUR + second));
  const peer = (heap() - before - ours) * 60;
  // Read only so that both are still held when the heap is measured.
  const isHeld = ring.size().lines > 0 && gatherer.size().spans > 0 && minute.length === 60;
  return row(
    {
      ...{ name: `an hour of ${SPANS_PER_SECOND} pushed spans a second: heap`, ours, peer },
      ...{ peerName: 'the spans kept', unit: 'MB' },
    },
    { text: `≤ ${MOST_MEGABYTES}`, holds: () => isHeld && ours <= MOST_MEGABYTES },
  );
}

/** The spans that come in one second of the hour, as they are after decoding. */
function secondOf(second: number): Span[] {
  const count = SPANS_PER_SECOND / 4;
  const spans = traces(second * count, count, START + second * 1000);
  return otlpSpans([requestOf(spans)]).spans.map((span) => trimmed(span, MOST));
}

/** MB in use when all that is not held has been collected. */
function heap(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
