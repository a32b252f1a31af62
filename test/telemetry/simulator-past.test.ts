/** What the simulator remembers, asked for as any source is. */
import { describe, expect, test } from 'vitest';
import { type Distribution, type Frame, quantile, type Reading, subjectKey } from '../../src/graph/index.ts';
import { createSource } from '../../src/telemetry/index.ts';
import { boardOf } from './boards.ts';
import { notebook, stillClock } from './environment.ts';

const SHOP = boardOf(
  {
    browser: 'client',
    shop: { kind: 'service', instances: 3 },
    db: 'database',
    orders: 'queue',
    packer: 'worker',
  },
  'browser → shop',
  'shop → db: query',
  'shop → orders: publish',
  'orders → packer: consume',
);

function running() {
  const clock = stillClock();
  const book = notebook(() => SHOP);
  const simulator = createSource({ id: 'sim', type: 'simulator', name: 'Simulator', seed: 7 }, clock.env);
  simulator.start(book.host);
  return { clock, book, simulator };
}

const { signal } = new AbortController();
const p95 = (readings: readonly Reading[], id: string): number => {
  const reading = readings.find(
    ({ subject, metric, side, instance }) =>
      subject.id === id && metric === 'latency' && side === 'caller' && instance === null,
  )!;
  return quantile(reading.value as Distribution, 0.95)!.value;
};

describe('what the simulator remembers', () => {
  test('is what it said: a moment over one step has the very readings that were emitted', async () => {
    const { clock, book, simulator } = running();
    clock.pass(20_000);
    const at = clock.env.now() - 5000;
    const outcome = await simulator.history!({ from: at, to: at, step: 1000, window: 1000 }, signal);
    const said = book.readings.filter((reading) => reading.at === at);
    const [frame] = (outcome as { value: Frame[] }).value;
    expect(frame!.readings).toHaveLength(said.length);
    expect(new Set(frame!.readings.map((each) => JSON.stringify(each)))).toEqual(
      new Set(said.map((each) => JSON.stringify(each))),
    );
  });

  test('keeps what went before a fault apart from what came after it', async () => {
    const { clock, simulator } = running();
    clock.pass(60_000);
    const before = clock.env.now();
    simulator.setFault({ type: 'slow service', node: 'db', by: 400 });
    clock.pass(60_000);
    const to = clock.env.now();
    const outcome = await simulator.history!({ from: before, to, step: 60_000, window: 30_000 }, signal);
    const [well, ill] = (outcome as { value: Frame[] }).value;
    expect(p95(ill!.readings, 'shop-db-query')).toBeGreaterThan(10 * p95(well!.readings, 'shop-db-query'));
    for (const reading of well!.readings) expect(reading).toMatchObject({ at: before, window: 30_000 });
  });

  test('is nothing before it began, nothing of what was not asked for, and half an hour at most', async () => {
    const { clock, simulator } = running();
    const began = clock.env.now();
    clock.pass(40 * 60_000);
    const asked = { type: 'edge', id: 'shop-db-query' } as const;
    const outcome = await simulator.history!(
      { from: began - 60_000, to: clock.env.now(), step: 60_000, window: 60_000 },
      signal,
      new Set([subjectKey(asked)]),
    );
    const frames = (outcome as { value: Frame[] }).value;
    expect(frames).toHaveLength(42);
    expect(frames.slice(0, 9).flatMap(({ readings }) => readings)).toEqual([]);
    for (const { readings } of frames.slice(-28)) expect(readings.length).toBeGreaterThan(0);
    expect(
      frames.flatMap(({ readings }) => readings).every(({ subject }) => subject.id === 'shop-db-query'),
    ).toBe(true);
  });
});
