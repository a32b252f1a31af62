/**
 * What is made to go wrong in the real shop shows where it lies and as what it is: a queue that fills, one instance of
 * three, a slow wire, an empty pool. And it shows nowhere else.
 */
import { expect, it } from 'vitest';
import { hopOf, spreadOf } from '../../src/analysis/index.ts';
import { type Distribution, mean, type Reading } from '../../src/graph/index.ts';
import { bothSides, meanGap } from '../../src/panels/live/figures.ts';
import { dropped, lookThrough, prometheus, type Sight, shop } from './shop.ts';
import { EDGES, type System } from './system/index.ts';
import { oneSystem } from './system/one-system.ts';

const VISIT = 6_000;
/** What differs by less is as it was: twenty processes share the machine's cores. The faults are thrice that, or more. */
const NOISE = 200;

/** Milliseconds; a query is slow while it holds a connection. */
const FAULT = { consumer: 1_000, instance: 600, wire: 600, query: 700 };
/**
 * What is surely seen of one: Prometheus' rate() extends a sum to the ends of the window, but not back beyond where it
 * would have been 0, so that one that was near 0 until the fault comes out some percent too small.
 */
const atLeast = (fault: number) => 0.9 * fault;

const running = oneSystem();
const QUEUE = 'rabbitmq (orders)';
const CALLS = Object.values(shop().edges).flatMap(({ id, kind }) => (kind === 'call' ? [id] : []));

const PATHS = ['service graph', 'services', 'traces'] as const;
type Sights = Record<(typeof PATHS)[number], Sight>;

/** What one visit looks like. */
async function look({ visit, jaeger, ...system }: System): Promise<Sights> {
  const { from, to } = await visit(VISIT);
  const see = (url: string) =>
    lookThrough(prometheus(url), system.chalklineUrl, { at: to, window: to - from + 1_500 });
  const [graph, services] = await Promise.all([see(system.prometheusUrl), see(system.servicesUrl)]);
  return { 'service graph': graph, services, traces: dropped('traces.json', await jaeger(from, to)) };
}

let usual: Promise<Sights> | undefined;
/** What it looks like while nothing is wrong. */
function usually(system: System): Promise<Sights> {
  usual ??= look(system);
  return usual;
}

async function during(system: System, ...[part, fault]: Parameters<System['inject']>): Promise<Sights> {
  await system.inject(part, fault);
  const sights = await look(system);
  await system.inject(part, { delay: 0, slowQuery: 0 });
  return sights;
}

const meanOf = (reading: Reading | undefined): number => mean(reading?.value as Distribution) ?? Number.NaN;
const meanAt = (sight: Sight, edge: string, side: Reading['side']) => meanOf(sight.of(edge, 'latency', side));

/** The difference between an edge's ends, as the inspector has it. */
const gapOf = ({ readings, of }: Sight, edge: string) =>
  meanGap(
    bothSides(
      readings.filter(({ subject }) => subject.id === edge),
      of(edge, 'latency', 'caller') ?? null,
    ),
  ) as number;

it('a slow consumer is a wait at the queue, and HTTP is as it was', async (context) => {
  const system = running(context);
  const before = await usually(system);
  const sights = await during(system, 'worker', { delay: FAULT.consumer });
  for (const path of PATHS) {
    const [then, now] = [before[path], sights[path]];
    expect(meanAt(now, `${QUEUE} → worker`, 'callee'), path).toBeGreaterThan(atLeast(FAULT.consumer));
    for (const edge of CALLS)
      expect(meanAt(now, edge, 'caller'), `${edge} by ${path}`).toBeLessThan(
        meanAt(then, edge, 'caller') + NOISE,
      );
    if (path === 'services') continue;
    expect(meanOf(then.ofNode(QUEUE, 'queue wait')), path).toBeLessThan(NOISE);
    expect(meanOf(now.ofNode(QUEUE, 'queue wait')), path).toBeGreaterThan(1_000);
    const hop = hopOf(
      shop(),
      { type: 'node', id: QUEUE },
      {
        best: ({ type, id }, metric) =>
          (type === 'edge' ? now.of(id, metric) : now.ofNode(id, metric)) ?? null,
        of: (subject) => now.readings.filter((each) => each.subject.id === subject.id),
        q: 0.5,
      },
    );
    const [publish, wait, process] = hop!.segments.map(({ figure }) => figure?.value);
    expect(publish, path).toBeLessThan(NOISE);
    expect(wait, path).toBeGreaterThan(600);
    expect(process, path).toBeGreaterThan(atLeast(FAULT.consumer));
  }
  // RabbitMQ itself says what lies there
  expect(before.services.ofNode(QUEUE, 'queue depth')!.value).toBeLessThan(3);
  expect(sights.services.ofNode(QUEUE, 'queue depth')!.value).toBeGreaterThan(10);
});

it('one slow instance of three is a skew, and says which', async (context) => {
  const system = running(context);
  const before = await usually(system);
  const sights = await during(system, 'catalog-2', { delay: FAULT.instance });
  for (const path of PATHS) {
    // what serves says by itself how long it took, not to whom
    const id = path === 'services' ? 'catalog' : 'gateway → catalog';
    const spread = ({ readings }: Sight) =>
      spreadOf(
        readings.filter(({ subject }) => subject.id === id),
        'latency',
        0.5,
      )!;
    expect(spread(before[path]).figures.length, path).toBe(3);
    expect(spread(before[path]).skew, path).toBeLessThan(3);
    const { figures, skew } = spread(sights[path]);
    expect(figures.map(({ instance }) => instance).sort(), path).toEqual([
      'catalog-1',
      'catalog-2',
      'catalog-3',
    ]);
    expect(figures[0]!.instance, path).toBe('catalog-2');
    expect(skew, path).toBeGreaterThan(5);
  }
});

it('a slow wire is a gap between its ends, and not a slow service', async (context) => {
  const system = running(context);
  const before = await usually(system);
  await system.slowLink(FAULT.wire);
  const sights = await look(system);
  await system.slowLink(0);
  const wire = 'gateway → cart';
  for (const path of PATHS) {
    const [then, now] = [before[path], sights[path]];
    expect(gapOf(then, wire), path).toBeLessThan(NOISE);
    expect(gapOf(now, wire), path).toBeGreaterThan(atLeast(FAULT.wire));
    expect(meanAt(now, wire, 'callee'), path).toBeLessThan(meanAt(then, wire, 'callee') + NOISE);
    for (const edge of CALLS) {
      if (edge === wire || !now.of(edge, 'latency', 'callee')) continue;
      expect(gapOf(now, edge), `${edge} by ${path}`).toBeLessThan(NOISE);
    }
  }
});

it('an empty pool is requests that wait for a connection', async (context) => {
  const system = running(context);
  const before = await usually(system);
  const sights = await during(system, 'orders', { slowQuery: FAULT.query });
  for (const path of ['service graph', 'services'] as const) {
    const figure = (of: Sights, service: string, metric: 'pool waiting' | 'pool use') =>
      of[path].ofNode(service, metric)!.value;
    expect(figure(before, 'orders', 'pool waiting'), path).toBeLessThan(1);
    expect(figure(sights, 'orders', 'pool waiting'), path).toBeGreaterThan(2);
    expect(figure(sights, 'orders', 'pool use'), path).toBeGreaterThan(0.5);
    expect(figure(sights, 'catalog', 'pool waiting'), path).toBeLessThan(1);
  }
  for (const path of PATHS) {
    const at = (of: Sights, edge: string) => meanAt(of[path], edge, 'caller');
    expect(at(sights, 'orders → postgres'), path).toBeGreaterThan(atLeast(FAULT.query));
    // Waiting for a connection comes on top of what the query takes.
    expect(at(sights, 'gateway → orders'), path).toBeGreaterThan(at(sights, 'orders → postgres') + 200);
    expect(at(sights, 'catalog → postgres'), path).toBeLessThan(at(before, 'catalog → postgres') + NOISE);
  }
  expect(sights.traces.edges).toEqual([...EDGES].sort());
});
