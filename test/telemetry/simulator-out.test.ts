/** The simulated system with parts taken out: what goes with them, what stays, and what comes back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ACTIONS,
  type Board,
  type Distribution,
  type Out,
  quantile,
  type Reading,
} from '../../src/graph/index.ts';
import { createSource, type Fault } from '../../src/telemetry/index.ts';
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
    printer: 'worker',
  },
  'browser → gateway',
  'gateway → cart',
  'gateway → stock',
  'cart → db: query',
  'stock → db: query',
  'cart → orders: publish',
  'orders → packer: consume',
  'orders → printer: consume',
);

const node = (id: string) => ({ type: 'node', id }) as const;
const edge = (id: string) => ({ type: 'edge', id }) as const;

/** What is told after a while with the fault, and then with these parts out. */
function watch(out: Out[], fault: Fault | null = null, board: Board = SHOP, unit = 60_000) {
  const clock = stillClock();
  const book = notebook(() => board);
  const simulator = createSource({ id: 'sim', type: 'simulator', name: 'Simulator', seed: 7 }, clock.env);
  simulator.setFault(fault);
  simulator.start(book.host);
  clock.pass(unit);
  simulator.setOut(out);
  clock.pass(2 * unit);
  const latest = Math.max(...book.readings.map((reading) => reading.at));
  const during = book.readings.filter((reading) => reading.at === latest);
  simulator.setOut([]);
  simulator.setFault(null);
  clock.pass(4 * unit);
  simulator.stop();
  const end = Math.max(...book.readings.map((reading) => reading.at));
  return { during, after: book.readings.filter((reading) => reading.at === end) };
}
const find = (readings: Reading[], id: string, metric: string, instance: string | null = null) =>
  readings.find(
    (each) =>
      each.subject.id === id &&
      each.metric === metric &&
      each.side !== 'callee' &&
      each.instance === instance,
  );
const p95 = (readings: Reading[], id = 'browser-gateway') =>
  quantile(find(readings, id, 'latency')!.value as Distribution, 0.95)!.value;
const number = (readings: Reading[], id: string, metric: string) =>
  find(readings, id, metric)?.value as number | undefined;

const well = watch([]).during;
const slow: Fault = { type: 'slow service', node: 'db', by: 500 };

test('a stub takes along what is only reached through it, and nothing else', () => {
  const { during } = watch([{ part: node('cart'), action: 'stubbed' }]);
  expect(find(during, 'cart-db-query', 'rate')).toBeUndefined();
  expect(find(during, 'cart', 'cpu')).toBeUndefined();
  expect(number(during, 'stock-db-query', 'rate')).toBeGreaterThan(1);
  expect(p95(during)).toBeLessThan(p95(well));
  expect(number(during, 'browser-gateway', 'errors')).toBeLessThan(0.02);
});

test('a fault behind a stub is not felt; one that is reached in another way, too, still is', () => {
  // too little to fill anybody's pool: then half the calls would not be half the trouble
  const slow: Fault = { type: 'slow service', node: 'db', by: 60 };
  const both: Out[] = [node('cart'), node('stock')].map((part) => ({ part, action: 'stubbed' }));
  expect(p95(watch(both, slow).during)).toBeLessThan(p95(well));
  expect(p95(watch(both.slice(1), slow).during)).toBeGreaterThan(p95(well) + 40);
});

test('what is bypassed or put back as it was does no harm, and all else goes on', () => {
  for (const action of ['bypassed', 'restored'] as const) {
    const { during } = watch([{ part: node('db'), action }], slow);
    expect(p95(during)).toBeLessThan(p95(well) * 1.1);
    expect(number(during, 'cart-db-query', 'rate')).toBeGreaterThan(1);
  }
  const link: Fault = { type: 'slow link', edge: 'gateway-cart', by: 400 };
  expect(p95(watch([], link).during)).toBeGreaterThan(p95(well) + 200);
  const { during } = watch([{ part: edge('gateway-cart'), action: 'bypassed' }], link);
  expect(p95(during)).toBeLessThan(p95(well) * 1.1);
  expect(number(during, 'cart-db-query', 'rate')).toBeGreaterThan(1);
});

test('who needs what is stopped gets errors', () => {
  expect(
    number(watch([{ part: node('gateway'), action: 'stopped' }]).during, 'browser-gateway', 'errors'),
  ).toBe(1);
  const { during } = watch([{ part: edge('cart-db-query'), action: 'stopped' }]);
  expect(number(during, 'gateway-cart', 'errors')).toBeGreaterThan(0.5);
});

test('a stopped consumer leaves its messages to the others, or lying', () => {
  const one = watch([{ part: node('packer'), action: 'stopped' }]).during;
  expect(find(one, 'orders-packer-consume', 'rate')).toBeUndefined();
  expect(number(one, 'orders-printer-consume', 'rate')).toBeGreaterThan(
    1.5 * number(well, 'orders-printer-consume', 'rate')!,
  );
  const out: Out[] = [node('packer'), node('printer')].map((part) => ({ part, action: 'stopped' }));
  const { during, after } = watch(out);
  expect(number(during, 'orders', 'queue depth')).toBeGreaterThan(1000);
  expect(number(after, 'orders', 'queue depth')).toBeLessThan(100);
});

test('a stopped instance is not heard of, and its siblings do its work', () => {
  const fault: Fault = { type: 'slow instance', node: 'cart', instance: 1, by: 800 };
  const guilty = watch(
    [{ part: { type: 'instance', id: 'cart', instance: 'cart-2' }, action: 'stopped' }],
    fault,
  );
  expect(p95(guilty.during)).toBeLessThan(p95(well) * 1.1);
  const told = guilty.during.filter(
    ({ subject, metric }) => subject.id === 'gateway-cart' && metric === 'rate',
  );
  expect(told.map(({ instance }) => instance)).toEqual([null, 'cart-1', 'cart-3', 'cart-4']);
  const other = watch(
    [{ part: { type: 'instance', id: 'cart', instance: 'cart-1' }, action: 'stopped' }],
    fault,
  );
  expect(p95(other.during)).toBeGreaterThan(p95(well) + 300);
});

test('a group goes with its members, a setting with what it is the cause of', () => {
  const grouped: Board = {
    ...SHOP,
    groups: { data: { id: 'data', name: 'data' } },
    nodes: { ...SHOP.nodes, db: { ...SHOP.nodes.db!, group: 'data' } },
  };
  const { during } = watch([{ part: { type: 'group', id: 'data' }, action: 'restored' }], slow, grouped);
  expect(p95(during)).toBeLessThan(p95(well) * 1.1);
  const pool: Fault = { type: 'exhausted pool', node: 'stock' };
  const restored = (key: string) =>
    p95(watch([{ part: { type: 'config', id: 'stock', key }, action: 'restored' }], pool).during);
  expect(restored('maximumPoolSize')).toBeLessThan(p95(well) * 1.1);
  expect(restored('log.level')).toBeGreaterThan(p95(well) * 2);
});

test('put back, all is as it was', () => {
  for (const { part, action } of [
    { part: node('cart'), action: 'stubbed' },
    { part: edge('gateway-stock'), action: 'stopped' },
  ] as Out[]) {
    const { after } = watch([{ part, action }], slow);
    expect(p95(after) / p95(well)).toBeGreaterThan(0.85);
    expect(p95(after) / p95(well)).toBeLessThan(1.15);
  }
});

test('with anything out of any board, all numbers are finite and none is negative', () => {
  fc.assert(
    fc.property(
      boardArbitrary({ nodes: 8, edges: 14 }),
      fc.array(fc.nat(), { maxLength: 3 }),
      fc.nat(),
      (board, picks, n) => {
        const parts = [
          ...Object.keys(board.nodes).map(node),
          ...Object.keys(board.edges).map(edge),
          ...Object.keys(board.groups).map((id) => ({ type: 'group', id }) as const),
          ...Object.values(board.nodes).map(
            ({ id, name }) => ({ type: 'instance', id, instance: `${name}-1` }) as const,
          ),
        ];
        if (parts.length === 0) return;
        const out = picks.map((pick) => ({
          part: parts[pick % parts.length]!,
          action: ACTIONS[(pick + n) % ACTIONS.length]!,
        }));
        for (const { value, samples } of watch(out, null, board, 1000).during) {
          const all = typeof value === 'number' ? [value] : value.type === 'histogram' ? value.counts : [];
          for (const each of [...all, samples ?? 0]) {
            expect(Number.isFinite(each)).toBe(true);
            expect(each).toBeGreaterThanOrEqual(0);
          }
        }
      },
    ),
    { numRuns: 30, endOnFailure: true },
  );
});
