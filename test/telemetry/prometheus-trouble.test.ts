/** What goes wrong with figures, each case made from a recorded answer: wrong is never shown, and 0 is never made up. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readingSchema } from '../../src/graph/index.ts';
import { createSource } from '../../src/telemetry/index.ts';
import type { Answers, Dialect } from '../../src/telemetry/prometheus/dialects/dialect.ts';
import { DIALECTS } from '../../src/telemetry/prometheus/dialects/index.ts';
import { boardOf } from './boards.ts';
import { notebook } from './environment.ts';
import { bindAnswers, linesOf, listen, recorded } from './prometheus-heard.ts';
import { seriesOf, startServer } from './prometheus-server.ts';

const BOARD = boardOf(
  { orders: 'service', payment: 'service', postgres: 'database' },
  'orders → payment',
  'orders → postgres: query',
);

type Told = [Dialect, readonly string[], Answers];
/** The recorded answers, with one of them told otherwise. */
async function lines(
  key: string,
  change: (value: number, labels: Readonly<Record<string, string>>) => number | null,
) {
  const told = (await recorded('otel')).map(([dialect, names, answers]): Told => {
    const changed = (answers[key] ?? []).flatMap((series) => {
      const value = change(series.value, series.labels);
      return value === null ? [] : [{ ...series, value }];
    });
    return [dialect, names, key in answers ? { ...answers, [key]: changed } : answers];
  });
  return linesOf((await bindAnswers(BOARD, ...told)).readings);
}
const payment = (all: readonly string[]) =>
  all.filter((line) => line.startsWith('orders-payment') && !line.includes('@'));

describe('figures', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])(
    'a count of %s is no rate; what is sound stays',
    async (value) => {
      // Whether the callee counted the same is not known either: its stopwatch stays at its node.
      expect(payment(await lines('client 0 count', () => value))).toEqual([
        'orders-payment latency caller 1,3,1,0 of 1',
      ]);
      expect(await lines('pool count', () => value)).not.toContainEqual(expect.stringContaining('pool use'));
    },
  );

  test('a sum that is no number leaves the histogram without one', async () => {
    const told = (await recorded('otel')).map(
      ([dialect, names, answers]): Told => [dialect, names, { ...answers, 'client 0 sum': [] }],
    );
    const { readings } = await bindAnswers(BOARD, ...told);
    const caller = readings.find(
      ({ subject, side }) => subject.id === 'orders-payment' && side === 'caller',
    )!;
    expect(caller.value).not.toHaveProperty('sum');
  });

  test('after a reset a bucket may lag behind the one below it: it counts nothing, not less', async () => {
    const told = await lines('client 0 bucket', (value, { le }) => (le === '50' ? 0 : value));
    expect(payment(told)).toContain('orders-payment latency caller 1,0,4,0 of 1');
  });

  test('counters are only ever asked for as rates, which know of resets; levels as means', async () => {
    for (const [dialect, names] of [...(await recorded('otel')), ...(await recorded('istio'))])
      for (const query of Object.values(listen(dialect, names).questions))
        expect(query).toMatch(/\((?:rate|avg_over_time)\([^)]*\[10000ms\]\)/);
  });

  test('a counter that vanished brings nothing', async () => {
    expect(payment(await lines('client 0 count', () => null))).not.toContainEqual(
      expect.stringContaining('rate'),
    );
    expect(payment(await lines('client 0 bucket', () => null))).not.toContainEqual(
      expect.stringContaining('latency caller'),
    );
  });

  test('a pool without a limit has no share in use', async () => {
    expect(await lines('pool max', () => null)).not.toContainEqual(expect.stringContaining('pool use'));
    expect(await lines('pool max', () => 0)).not.toContainEqual(expect.stringContaining('pool use'));
  });
});

test('whatever becomes of an answer, what is shown is a sound reading of something drawn', async () => {
  const files = await Promise.all(['istio', 'linkerd', 'otel'].map(recorded));
  const all = files.flat();
  const board = boardOf(
    Object.fromEntries(
      ['web', 'api', 'frontend', 'cart', 'orders', 'payment', 'gateway', 'catalog'].map((name) => [
        name,
        'service',
      ]),
    ),
    'web → api',
    'frontend → cart',
    'orders → payment',
    'gateway → catalog',
  );
  const trouble = fc.record({
    at: fc.nat(),
    value: fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -3, 0, 1e300, null),
    label: fc.constantFrom(
      'le',
      'service_name',
      'pod',
      'reporter',
      'instance',
      'deployment',
      'server_address',
    ),
    told: fc.constantFrom(undefined, '', 'x', 'NaN', '-1', '__proto__'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(trouble, { minLength: 1, maxLength: 40 }), async (troubles) => {
      const told = all.map(([dialect, names, answers]): Told => {
        const changed = Object.entries(answers).map(([key, series]) => {
          const copy = [...series];
          for (const { at, value, label, told } of troubles) {
            const i = at % (copy.length + 1);
            const one = copy[i];
            if (!one) continue;
            const { [label]: _, ...labels } = one.labels;
            copy[i] = {
              labels: told === undefined ? labels : { ...labels, [label]: told },
              value: value ?? one.value,
            };
            if (value === null) copy.splice(i, 1);
          }
          return [key, copy] as const;
        });
        return [dialect, names, Object.fromEntries(changed)];
      });
      const { readings } = await bindAnswers(board, ...told);
      for (const reading of readings) {
        expect(readingSchema.safeParse(reading).success, JSON.stringify(reading)).toBe(true);
        expect(reading.subject.id in (reading.subject.type === 'node' ? board.nodes : board.edges)).toBe(
          true,
        );
        if (reading.metric === 'errors') expect(reading.value).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 60 },
  );
});

describe('clocks', () => {
  test('a server that is ahead is asked in its own time; when its clock is set right that is noticed', async () => {
    const server = await startServer();
    let ahead = 30_000;
    let now = 1_700_000_000_000;
    server.state.clock = () => (now + ahead) / 1000;
    server.state.answer = (query) =>
      query.includes('request_total') ? [seriesOf({ client: 'orders', server: 'payment' }, '1')] : [];
    const tasks: { task: () => void; at: number }[] = [];
    const env = {
      now: () => now,
      schedule(task: () => void, after: number) {
        const entry = { task, at: now + after };
        tasks.push(entry);
        return () => void tasks.splice(tasks.indexOf(entry) >>> 0, 1);
      },
      fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
      server: '',
    };
    const pass = (ms: number) => {
      now += ms;
      for (const entry of tasks.filter(({ at }) => at <= now)) {
        tasks.splice(tasks.indexOf(entry), 1);
        entry.task();
      }
    };
    const book = notebook(() => BOARD);
    const source = createSource(
      { id: 'p', type: 'prometheus', name: '', url: server.url, interval: 10_000, window: 10_000 },
      env,
    );
    source.start(book.host);
    await vi.waitFor(() => expect(book.readings.length).toBeGreaterThan(0));
    expect(book.last()!.remarks!.join()).toContain("Its clock is 30.0 s ahead of this machine's");
    expect(book.readings[0]!.at).toBe(now);
    expect(Number(server.asked[0]!.time) * 1000).toBe(now + ahead);
    ahead = 200;
    pass(61_000);
    await vi.waitFor(() => expect(book.readings.at(-1)!.at).toBe(now));
    await vi.waitFor(() => expect(book.last()!.remarks!.join()).not.toContain('clock'));
    expect(Number(server.asked.at(-1)!.time) * 1000).toBe(now);
    source.stop();
    await server.close();
  });
});

test('each dialect finds its metrics among all that a server has', async () => {
  for (const file of ['istio', 'linkerd', 'otel'])
    for (const [dialect, names] of await recorded(file)) {
      const pattern = new RegExp(`^(?:${dialect.metrics})$`);
      expect(names.filter((name) => pattern.test(name)).length).toBe(names.length);
      const others = ['up', 'prometheus_http_request_duration_seconds_bucket', 'http_requests_total'];
      expect(others.filter((name) => pattern.test(name))).toEqual([]);
      expect(dialect.listen(others, { window: 1, only: null })).toBeNull();
    }
  expect(new Set(DIALECTS.map(({ name }) => name)).size).toBe(DIALECTS.length);
});
