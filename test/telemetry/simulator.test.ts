import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Board,
  type Distribution,
  mean,
  quantile,
  type Reading,
  readingSchema,
} from '../../src/graph/index.ts';
import { createSource, type Fault } from '../../src/telemetry/index.ts';
import { strikeOf } from '../../src/telemetry/simulator/fault.ts';
import { initialState, step } from '../../src/telemetry/simulator/model.ts';
import { systemOf } from '../../src/telemetry/simulator/system.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { boardOf } from './boards.ts';
import { notebook, stillClock } from './environment.ts';

const SHOP = boardOf(
  {
    browser: 'client',
    gateway: 'gateway',
    cart: { kind: 'service', instances: 4 },
    stock: 'service',
    db: 'database',
    orders: 'queue',
    packer: 'worker',
  },
  'browser → gateway',
  'gateway → cart',
  'gateway → stock',
  'cart → db: query',
  'cart → orders: publish',
  'orders → packer: consume',
);

/** Everything said in the last of so many seconds. */
function watch(board: Board, { fault = null, seconds = 30, healed = 0, seed = 7 } = {} as Watch): Reading[] {
  const clock = stillClock();
  const book = notebook(() => board);
  const simulator = createSource({ id: 'sim', type: 'simulator', name: 'Simulator', seed }, clock.env);
  simulator.setFault(fault);
  simulator.start(book.host);
  clock.pass(seconds * 1000);
  simulator.setFault(null);
  clock.pass(healed * 1000);
  simulator.stop();
  const latest = Math.max(...book.readings.map((reading) => reading.at));
  return book.readings.filter((reading) => reading.at === latest);
}
type Watch = { fault?: Fault | null; seconds?: number; healed?: number; seed?: number };

type Asked = { side?: Reading['side']; instance?: string | null };
const find = (
  readings: Reading[],
  id: string,
  metric: string,
  { side = null, instance = null }: Asked = {},
) =>
  readings.find(
    (each) =>
      each.subject.id === id && each.metric === metric && each.side === side && each.instance === instance,
  )!;
const p95 = (
  readings: Reading[],
  id: string,
  side: Reading['side'] = 'caller',
  instance: string | null = null,
) => quantile(find(readings, id, 'latency', { side, instance }).value as Distribution, 0.95)!.value;
const number = (readings: Reading[], id: string, metric: string) =>
  find(readings, id, metric).value as number;

const well = watch(SHOP);

describe('what is told', () => {
  test('every edge has latency of both sides, rate and errors; every inner node its processor', () => {
    for (const id of Object.keys(SHOP.edges)) {
      expect(p95(well, id)).toBeGreaterThan(p95(well, id, 'callee'));
      expect(number(well, id, 'rate')).toBeGreaterThan(0);
      expect(number(well, id, 'errors')).toBeLessThan(0.02);
    }
    for (const id of ['gateway', 'cart', 'stock', 'db', 'packer', 'orders'])
      expect(number(well, id, 'cpu')).toBeGreaterThan(0);
    expect(number(well, 'orders', 'queue depth')).toBeGreaterThan(0);
    expect(find(well, 'browser', 'cpu')).toBeUndefined();
  });

  test('all of it is labelled as simulated, and is a valid reading', () => {
    for (const reading of well) {
      expect(reading.provenance).toEqual({ source: 'sim', label: 'Simulator', simulated: true });
      expect(readingSchema.safeParse(reading).error).toBeUndefined();
    }
  });

  test('several instances are told apart', () => {
    const told = (id: string, metric: string) =>
      well
        .filter((each) => each.subject.id === id && each.metric === metric && each.instance !== null)
        .map((each) => each.instance);
    const names = ['cart-1', 'cart-2', 'cart-3', 'cart-4'];
    for (const metric of ['latency', 'rate']) expect(told('gateway-cart', metric)).toEqual(names);
    expect(told('cart', 'cpu')).toEqual(names);
    expect(told('db', 'cpu')).toEqual([]);
    const shares = names.map((instance) => find(well, 'gateway-cart', 'rate', { instance }).value as number);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(number(well, 'gateway-cart', 'rate'), 6);
    expect(find(well, 'gateway-cart', 'latency', { side: 'caller' }).instances).toBe(4);
  });

  test('the same seed tells the same, another seed something else', () => {
    expect(watch(SHOP)).toEqual(well);
    expect(p95(watch(SHOP, { seed: 8 }), 'browser-gateway')).not.toBe(p95(well, 'browser-gateway'));
  });

  test('figures move smoothly', () => {
    const before = p95(watch(SHOP, { seconds: 29 }), 'gateway-cart');
    const after = p95(well, 'gateway-cart');
    expect(after).not.toBe(before);
    expect(after / before).toBeGreaterThan(0.9);
    expect(after / before).toBeLessThan(1.1);
  });
});

describe('life of the source', () => {
  test('first readings on start, then one step a second, none after stop', () => {
    const clock = stillClock();
    const book = notebook(() => SHOP);
    const simulator = createSource({ id: 'sim', type: 'simulator', name: '', seed: 1 }, clock.env);
    simulator.start(book.host);
    const first = book.readings.length;
    expect(first).toBeGreaterThan(0);
    expect(book.last()).toMatchObject({ state: 'live', simulated: true, label: 'Simulator' });
    clock.pass(3000);
    expect(book.readings.length).toBe(4 * first);
    simulator.stop();
    clock.pass(3000);
    expect(book.readings.length).toBe(4 * first);
    expect(clock.pending()).toBe(0);
  });

  test('a board that takes long gets its readings in slices, all of them within the step', () => {
    const ids = Array.from({ length: 600 }, (_, i) => `n${i}`);
    const board = boardOf(
      Object.fromEntries(ids.map((id) => [id, 'service' as const])),
      ...ids.slice(1).map((id, i) => `n${Math.floor(i / 3)} → ${id}`),
    );
    const clock = stillClock();
    const book = notebook(() => board);
    let looked = 0;
    // At each of the first looks at the clock 20 ms have gone by: whatever can be put off is put off.
    const env = { ...clock.env, now: () => clock.env.now() + 20 * Math.min(30, looked++) };
    const simulator = createSource({ id: 'sim', type: 'simulator', name: '', seed: 1 }, env);
    simulator.start(book.host);
    const early = book.readings.length;
    clock.pass(0);
    simulator.stop();
    expect(early).toBe(0);
    const told = new Set(
      book.readings.filter((each) => each.metric === 'rate').map((each) => each.subject.id),
    );
    expect(told.size).toBe(599);
    expect(new Set(book.readings.map((each) => each.at)).size).toBe(1);
  });

  test('an edge drawn while it runs is told of at the next step', () => {
    let board = SHOP;
    const clock = stillClock();
    const book = notebook(() => board);
    const simulator = createSource({ id: 'sim', type: 'simulator', name: '', seed: 1 }, clock.env);
    simulator.start(book.host);
    board = boardOf({ a: 'client', b: 'service' }, 'a → b');
    book.readings.length = 0;
    clock.pass(1000);
    simulator.stop();
    expect(new Set(book.readings.map((each) => each.subject.id))).toEqual(new Set(['a-b', 'b']));
  });
});

describe('faults', () => {
  test('a slow service shows on every edge into it and up its callers, not beside it', () => {
    const ill = watch(SHOP, { fault: { type: 'slow service', node: 'cart', by: 250 } });
    for (const side of ['caller', 'callee'] as const) {
      expect(p95(ill, 'gateway-cart', side)).toBeGreaterThan(p95(well, 'gateway-cart', side) + 200);
      expect(p95(ill, 'browser-gateway', side)).toBeGreaterThan(p95(well, 'browser-gateway', side) + 150);
    }
    for (const id of ['gateway-stock', 'cart-db-query', 'cart-orders-publish'])
      expect(p95(ill, id)).toBe(p95(well, id));
  });

  test('a slow link shows on the caller side only, and up its callers', () => {
    const ill = watch(SHOP, { fault: { type: 'slow link', edge: 'cart-db-query', by: 250 } });
    expect(p95(ill, 'cart-db-query')).toBeGreaterThan(p95(well, 'cart-db-query') + 200);
    expect(p95(ill, 'cart-db-query', 'callee')).toBe(p95(well, 'cart-db-query', 'callee'));
    expect(p95(ill, 'gateway-cart', 'callee')).toBeGreaterThan(p95(well, 'gateway-cart', 'callee') + 100);
  });

  test('a slow link is in the mean time between its two ends, and in no part', () => {
    const gap = (readings: Reading[]) => {
      const meanOf = (side: Reading['side']) =>
        mean(find(readings, 'gateway-cart', 'latency', { side }).value as Distribution)!;
      return meanOf('caller') - meanOf('callee');
    };
    const ill = watch(SHOP, { fault: { type: 'slow link', edge: 'gateway-cart', by: 200 } });
    expect(gap(well)).toBeLessThan(2);
    expect(gap(ill)).toBeCloseTo(200, -1);
  });

  test('an exhausted pool makes requests wait, up to a limit, and turns some away', () => {
    const ill = watch(SHOP, { fault: { type: 'exhausted pool', node: 'cart' }, seconds: 90 });
    expect(number(ill, 'cart', 'pool use')).toBe(1);
    expect(p95(ill, 'gateway-cart')).toBeGreaterThan(3000);
    expect(p95(ill, 'gateway-cart')).toBeLessThan(15_000);
    expect(number(ill, 'gateway-cart', 'errors')).toBeGreaterThan(0.05);
    expect(p95(ill, 'cart-db-query')).toBeCloseTo(p95(watch(SHOP, { seconds: 90 }), 'cart-db-query'), 6);
  });

  test.each(['packer', 'orders'])('a slow consumer (%s) shows in the queue, which drains again', (node) => {
    const fault: Fault = { type: 'slow consumer', node };
    const early = number(watch(SHOP, { fault, seconds: 20 }), 'orders', 'queue depth');
    const late = number(watch(SHOP, { fault, seconds: 60 }), 'orders', 'queue depth');
    expect(late).toBeGreaterThan(1.5 * early);
    const ill = watch(SHOP, { fault, seconds: 60 });
    const wait = quantile(find(ill, 'orders', 'queue wait').value as Distribution, 0.5)!.value;
    expect(wait).toBeGreaterThan(5000);
    expect(p95(ill, 'gateway-cart')).toBeCloseTo(p95(watch(SHOP, { seconds: 60 }), 'gateway-cart'), 6);
    const after = number(watch(SHOP, { fault, seconds: 60, healed: 120 }), 'orders', 'queue depth');
    expect(after).toBeLessThan(2 * number(well, 'orders', 'queue depth'));
  });

  test('a slow instance is the one that stands out; the median of all stays', () => {
    const ill = watch(SHOP, { fault: { type: 'slow instance', node: 'cart', instance: 2, by: 300 } });
    expect(p95(ill, 'gateway-cart', 'callee', 'cart-3')).toBeGreaterThan(300);
    for (const name of ['cart-1', 'cart-2', 'cart-4'])
      expect(p95(ill, 'gateway-cart', 'callee', name)).toBeLessThan(
        2 * p95(well, 'gateway-cart', 'callee', name),
      );
    const median = (readings: Reading[]) =>
      quantile(find(readings, 'gateway-cart', 'latency', { side: 'caller' }).value as Distribution, 0.5)!
        .value;
    expect(p95(ill, 'gateway-cart')).toBeGreaterThan(250);
    expect(median(ill)).toBeLessThan(2 * median(well));
  });
});

const faultOn = (board: Board): fc.Arbitrary<Fault | null> => {
  const nodes = Object.keys(board.nodes);
  const edges = Object.keys(board.edges);
  const by = fc.integer({ min: 0, max: 5000 });
  const choices: fc.Arbitrary<Fault | null>[] = [fc.constant(null)];
  if (nodes.length > 0) {
    const node = fc.constantFrom(...nodes);
    choices.push(
      fc.record({ type: fc.constant('slow service' as const), node, by }),
      fc.record({ type: fc.constantFrom('exhausted pool' as const, 'slow consumer' as const), node }),
      fc.record({ type: fc.constant('slow instance' as const), node, by, instance: fc.nat(20) }),
    );
  }
  if (edges.length > 0)
    choices.push(fc.record({ type: fc.constant('slow link' as const), edge: fc.constantFrom(...edges), by }));
  return fc.oneof(...choices);
};

describe('any board, cycles and all', () => {
  const anyCase = boardArbitrary({ nodes: 12, edges: 24 }).chain((board) =>
    fc.record({ board: fc.constant(board), fault: faultOn(board), seed: fc.integer(), ticks: fc.nat(20) }),
  );

  test('every edge is told of; all numbers are finite and none is negative', () => {
    fc.assert(
      fc.property(anyCase, ({ board, fault, seed, ticks }) => {
        const readings = watch(board, { fault, seed, seconds: ticks });
        const told = new Set(
          readings.filter((each) => each.metric === 'latency').map((each) => each.subject.id),
        );
        expect([...told].sort()).toEqual(Object.keys(board.edges).sort());
        for (const { value } of readings) {
          const numbers = typeof value === 'number' ? [value] : (value as { counts: number[] }).counts;
          expect(numbers.filter((each) => !(Number.isFinite(each) && each >= 0))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('what arrives is what starts here and what the edges bring; queues obey Little’s law', () => {
    fc.assert(
      fc.property(anyCase, ({ board, fault, seed, ticks }) => {
        const system = systemOf(board, seed);
        let state = initialState(system);
        let flow = step(system, state, strikeOf(system, fault)).flow;
        for (let i = 0; i <= ticks; i++) ({ flow, state } = step(system, state, strikeOf(system, fault)));
        system.parts.forEach((part, i) => {
          const brought = part.into
            .filter((link) => !link.cut)
            .reduce((sum, link) => sum + flow.links[link.index]!.rate, 0);
          const { arrivals, queue } = flow.parts[i]!;
          expect(arrivals).toBeGreaterThanOrEqual(brought * (1 - 1e-9));
          if (part.entry === 0) expect(arrivals).toBeCloseTo(brought, 6);
          if (!queue) return;
          const taken = part.out
            .filter((link) => link.delivery && !link.cut)
            .reduce((sum, link) => sum + flow.links[link.index]!.rate, 0);
          expect(queue.depth / Math.max(1, queue.depth)).toBeCloseTo(
            (taken * queue.wait.mean) / 1000 / Math.max(1, queue.depth),
            6,
          );
        });
      }),
      { numRuns: 60 },
    );
  });
});
