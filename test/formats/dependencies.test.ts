/** Jaeger's and Zipkin's answers of who called whom: what is drawn, and what the counts come to. */
import { expect, test } from 'vitest';
import { drop, edgeBetween, hops, opened, readingOf, refused } from './drop.ts';

const read = (value: unknown) => opened('deps.json', JSON.stringify(value));

test('Jaeger counts calls, and not over which time', () => {
  const found = read({
    data: [
      { parent: 'web', child: 'cart', callCount: 12, source: '' },
      { parent: 'cart', child: 'redis', callCount: 30 },
      { parent: 'web', child: 'cart', callCount: 3 },
    ],
    total: 0,
    errors: null,
  });
  expect(found.format).toBe('dependencies');
  expect(hops(found)).toEqual(['cart -query-> redis', 'web -call-> cart']);
  const edge = edgeBetween(found, 'web', 'cart');
  expect(edge.description).toBe('15 calls, as counted in deps.json.');
  expect(edge.origins).toEqual([
    { how: 'observed', from: 'deps.json', at: 'data.0' },
    { how: 'observed', from: 'deps.json', at: 'data.2' },
  ]);
  expect(found.readings).toEqual([]);
  expect(found.repairs[0]!.reason).toMatch(/no rates/);
});

test('Zipkin counts errors, too, and leaves out a count of 0', () => {
  const found = read([
    { parent: 'web', child: 'cart', callCount: 40, errorCount: 10 },
    { parent: 'cart', child: 'ledger', callCount: 5 },
  ]);
  const errors = (from: string, to: string) =>
    readingOf(found, edgeBetween(found, from, to).id, 'errors', null);
  expect(errors('web', 'cart')).toMatchObject({ value: 0.25, samples: 40, window: 0, at: 0 });
  expect(errors('cart', 'ledger')).toMatchObject({ value: 0, samples: 5 });
});

test('SigNoz says how often a second, how many percent failed, and quantiles in nanoseconds', () => {
  const link = { parent: 'web', child: 'cart', callCount: 120, callRate: 0.5, errorRate: 2.5 };
  const found = read([{ ...link, p50: 1.5e6, p95: 12_345_678, p99: 2e7 }]);
  const edge = edgeBetween(found, 'web', 'cart');
  const said = (metric: 'rate' | 'errors' | 'latency') => readingOf(found, edge.id, metric, null);
  expect(said('rate')).toMatchObject({ value: 0.5, samples: 120, window: 240_000 });
  expect(said('errors')).toMatchObject({ value: 0.025 });
  const points = [
    { q: 0.5, value: 1.5 },
    { q: 0.95, value: 12.345678 },
    { q: 0.99, value: 20 },
  ];
  expect(said('latency')).toMatchObject({ value: { type: 'quantiles', points } });
  expect(edge.description).toBeUndefined();
  expect(found.repairs.map(({ reason }) => reason)).toEqual([
    'durations taken for nanoseconds, as SigNoz has them',
  ]);
  expect(read([link, link]).readings).toEqual([]);
});

test('what is broken is left out in words, and other lists are not taken', () => {
  const found = read([
    { parent: 'a', child: 'b', callCount: -1 },
    { parent: 'a' },
    null,
    { parent: '', child: 'b' },
  ]);
  expect(hops(found)).toEqual(['a -call-> b']);
  expect(found.repairs.map(({ path }) => path)).toEqual(['0.callCount', '1', '2', '3']);
  expect(refused('deps.json', '[{"parent":" ","child":"b"}]').path).toBe('0');
  for (const other of [[], {}, { data: [] }, { data: [{ parent: 1, child: 2 }] }])
    expect(drop('deps.json', JSON.stringify(other)).ok).toBe(false);
});

test('links of one edge are counted however many they are', () => {
  const began = performance.now();
  const found = read(Array.from({ length: 100_000 }, () => ({ parent: 'a', child: 'b', callCount: 2 })));
  expect(edgeBetween(found, 'a', 'b').description).toMatch(/^200000 calls/);
  expect(performance.now() - began).toBeLessThan(5000);
});
