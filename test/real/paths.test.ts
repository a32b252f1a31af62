/**
 * One system, seen along every path that Chalkline has to see one by: all see the same edges, and the same requests
 * have taken the same time. The traces, where each request is told by itself, are what the others are held against.
 */
import { describe, expect, it, type TestContext } from 'vitest';
import { type Distribution, mean, quantile, type Reading, type SourceConfig } from '../../src/graph/index.ts';
import { discover, machine } from '../../src/telemetry/index.ts';
import { drop, dropped, inWords, lookThrough, PUSHED, prometheus, type Sight } from './shop.ts';
import { EDGES } from './system/index.ts';
import { oneSystem } from './system/one-system.ts';

/** Chalkline's server keeps what is pushed in slots of ten seconds: the visit begins with one. Milliseconds. */
const SLOT = 10_000;
const VISIT = 8_000;

const running = oneSystem();
const sorted = [...EDGES].sort();
let names = 0;
const newId = () => `id-${names++}`;

type Path = 'service graph' | 'services' | 'pushed' | 'traces';
let looked: Promise<{ sights: Record<Path, Sight>; jaeger: string; log: string }> | undefined;

/** What one visit to the shop looks like along every path. */
function look(context: TestContext) {
  const system = running(context);
  looked ??= (async () => {
    const { from, to, log } = await system.visit(VISIT, SLOT);
    // Prometheus needs a scrape from before the first request.
    const stretch = { at: to, window: to - from + 1_500 };
    const since = from - (from % SLOT);
    const see = (config: SourceConfig, when = stretch) => lookThrough(config, system.chalklineUrl, when);
    const [graph, services, pushed] = await Promise.all([
      see(prometheus(system.prometheusUrl)),
      see(prometheus(system.servicesUrl)),
      see(PUSHED, { at: to, window: to - since }),
    ]);
    const jaeger = await system.jaeger(from, to);
    const traces = dropped('traces.json', jaeger);
    return { sights: { 'service graph': graph, services, pushed, traces }, jaeger, log };
  })();
  return looked;
}

it('sees the same twelve edges along every path, and nothing else', async (context) => {
  const { sights } = await look(context);
  for (const [path, { edges, status }] of Object.entries(sights)) {
    expect(edges, path).toEqual(sorted);
    expect(status.unbound, path).toEqual([]);
  }
});

it('draws them by itself from each', async (context) => {
  const system = running(context);
  const { jaeger } = await look(context);
  await system.open();
  const drawn = async (config: SourceConfig) => {
    const found = await discover(config, newId, { ...machine, server: system.chalklineUrl });
    if (!found.ok) throw new Error(found.reason);
    return inWords(found.value.graph);
  };
  expect(await drawn(prometheus(system.prometheusUrl)), 'service graph').toEqual(sorted);
  expect(await drawn(prometheus(system.servicesUrl)), 'services').toEqual(sorted);
  expect(await drawn(PUSHED), 'pushed').toEqual(sorted);
  expect(inWords(drop('traces.json', jaeger).board), 'traces').toEqual(sorted);
});

/** How far a path may be from the traces. */
type Bounds = {
  /** By which share of itself a mean may differ, */
  mean: number;
  /** and by how many milliseconds more; so may the bounds of a bucket. */
  slack: number;
  /** How many requests may have been timed quite differently. */
  ranks: number;
};
const PATHS: Record<Exclude<Path, 'traces'>, Bounds> = {
  // Made of the same spans, which Jaeger's JSON cuts to microseconds; Prometheus extends each bucket to the window by
  // itself, so that a request at the edge of two may count for either.
  'service graph': { mean: 0.001, slack: 0.002, ranks: 1 },
  pushed: { mean: 0.001, slack: 0.002, ranks: 0 },
  // Timed by stopwatches of their own beside those of the spans; a busy machine may halt a process in between.
  services: { mean: 0.1, slack: 1, ranks: 2 },
};

describe.each(Object.entries(PATHS))('%s', (path, bounds) => {
  it('tells the same latencies as the traces, within its bounds', async (context) => {
    const { sights } = await look(context);
    const sight = sights[path as Path];
    let compared = 0;
    const differences: string[] = [];
    for (const edge of EDGES)
      for (const side of ['caller', 'callee'] as const) {
        const [told, traced] = [sight, sights.traces].map((each) => each.of(edge, 'latency', side));
        if (!told || !traced) continue;
        compared++;
        differences.push(...differ(told, traced, bounds).map((words) => `${edge}, ${side}: ${words}`));
      }
    expect(differences).toEqual([]);
    // all have the caller's side, but for the queue that calls nobody; services know most callees by one caller only
    expect(compared).toBeGreaterThanOrEqual(path === 'services' ? 15 : 17);
  });

  it('counts the same requests', async (context) => {
    const { sights } = await look(context);
    for (const edge of EDGES) {
      const [told, traced] = [sights[path as Path], sights.traces].map((each) => each.of(edge, 'latency'));
      // Prometheus extends what it saw between two scrapes to the whole window: half a scrape at either end.
      const most = path === 'pushed' ? 1 : 1.2;
      const ratio = told!.samples! / traced!.samples!;
      expect(ratio, edge).toBeGreaterThanOrEqual(1);
      expect(ratio, edge).toBeLessThanOrEqual(most);
    }
  });
});

const QUANTILES = [0.5, 0.95, 0.99];

/** What a histogram says otherwise than the single durations that it was made of. */
function differ(told: Reading, traced: Reading, bounds: Bounds): string[] {
  const [histogram, samples] = [told.value as Distribution, traced.value as Distribution];
  if (histogram.type !== 'histogram' || samples.type !== 'samples')
    throw new Error(`a histogram and samples, not ${histogram.type} and ${samples.type}`);
  const { values } = samples;
  const differences: string[] = [];
  const [one, other] = [mean(histogram)!, mean(samples)!];
  if (Math.abs(one - other) > bounds.mean * other + bounds.slack)
    differences.push(`mean ${one}, in traces ${other}`);
  for (const q of QUANTILES) {
    const off = bounds.ranks / values.length;
    const { low } = quantile(histogram, Math.max(0, q - off))!;
    const { high } = quantile(histogram, Math.min(1, q + off))!;
    // the duration that a share of q does not exceed is in the bucket that the histogram names
    const value = values[Math.ceil(q * values.length - 1e-9) - 1]!;
    if (value < low - bounds.slack || value > high + bounds.slack)
      differences.push(`p${q * 100} from ${low} to ${high}, in traces ${value}`);
  }
  return differences;
}

it('tells how long messages wait, where publisher and consumer are both known', async (context) => {
  const { sights } = await look(context);
  const wait = (path: Path) => sights[path].ofNode('rabbitmq (orders)', 'queue wait')!;
  const meanOf = (path: Path) => mean(wait(path).value as Distribution)!;
  expect(meanOf('pushed')).toBeCloseTo(meanOf('traces'), 2);
  expect(wait('pushed').samples).toBe(wait('traces').samples);
  // A message that is taken before its publisher has heard of its arrival waited 0 for the service graph's generators;
  // Chalkline leaves it out of what spans tell.
  const messages = sights.traces.of('rabbitmq (orders) → worker', 'latency')!.samples!;
  const total = wait('traces').samples! * meanOf('traces');
  expect(meanOf('service graph')).toBeCloseTo(total / messages, 2);
  expect(sights.services.ofNode('rabbitmq (orders)', 'queue wait')).toBeUndefined();
});

it("reads nginx's own edge from its log, as nginx has timed it", async (context) => {
  const { sights, log } = await look(context);
  expect(inWords(drop('access.log', log).board)).toEqual(['client → nginx', 'nginx → gateway']);
  const sight = dropped('access.log', log);
  expect(sight.edges).toEqual(['nginx → gateway']);
  const [logged, traced] = [sight, sights.traces].map(
    ({ of }) => of('nginx → gateway', 'latency', 'caller')!,
  );
  expect(logged!.samples).toBe(traced!.samples);
  // nginx's spans are made of another log of the same times, which are whole milliseconds
  expect(differ(logged!, traced!, { mean: 0.001, slack: 0.002, ranks: 0 })).toEqual([]);
});
