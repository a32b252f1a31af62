import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Distribution, mean, mergeDistributions, quantile, totalCount } from '../../src/graph/index.ts';
import { distributionArbitrary } from '../arbitraries/board.ts';

const histogram = (bounds: (number | null)[], counts: number[]): Distribution => ({
  type: 'histogram',
  bounds,
  counts,
});
const samples = (...values: number[]): Distribution => ({ type: 'samples', values });

/**
 * As Prometheus documents histogram_quantile for classic histograms (prometheus.io/docs, querying/functions):
 * linear within a bucket; the lowest bucket starts at 0 when its bound is above 0, else its bound is the
 * answer; a quantile in the +Inf bucket is the upper bound of the second highest; no observations: no answer.
 */
describe('histogram quantiles are those of Prometheus', () => {
  test.each([
    ['the middle of the first bucket starts at 0', [10, 20, null], [100, 0, 0], 0.5, 5],
    ['a rank on a bound is that bound', [10, 20, null], [50, 50, 0], 0.5, 10],
    ['half way into the second bucket', [10, 20, null], [50, 50, 0], 0.75, 15],
    ['the highest of all', [10, 20, null], [50, 50, 0], 1, 20],
    ['empty buckets between are passed over', [10, 20, 40, null], [50, 0, 50, 0], 0.9, 36],
    ['counts may be rates', [100, 200, 400, null], [0.5, 0.25, 0.25, 0], 0.95, 360],
    ['in the open bucket: its lower bound', [10, 20, null], [50, 0, 50], 0.99, 20],
    ['all in the open bucket', [10, 20, null], [0, 0, 7], 0.5, 20],
    ['a first bucket that ends at 0 answers its bound', [0, 10, null], [10, 0, 0], 0.5, 0],
    ['a first bucket below 0 likewise', [-5, 10, null], [10, 0, 0], 0.3, -5],
    ['from below 0 on, linear', [-10, 10, null], [0, 10, 0], 0.5, 0],
    ['the documented example: 0.9 of 10 s', [0.1, 0.5, 1, 2, null], [10, 10, 60, 15, 5], 0.9, 1 + 10 / 15],
  ])('%s', (_, bounds, counts, q, expected) => {
    expect(quantile(histogram(bounds, counts), q)!.value).toBeCloseTo(expected, 10);
  });

  test('no observations, or none below the open bucket that is the only one: no answer', () => {
    expect(quantile(histogram([10, null], [0, 0]), 0.5)).toBeNull();
    expect(quantile(histogram([], []), 0.5)).toBeNull();
    expect(quantile(histogram([null], [5]), 0.5)).toBeNull();
  });

  test('the lowest is where the first observations are, not in an empty bucket before them', () => {
    expect(quantile(histogram([10, 20, null], [0, 5, 0]), 0)).toEqual({ value: 10, low: 10, high: 20 });
  });

  test('the bounds say how much is known', () => {
    expect(quantile(histogram([10, 20, null], [50, 50, 0]), 0.75)).toEqual({ value: 15, low: 10, high: 20 });
    expect(quantile(histogram([10, null], [0, 4]), 0.5)).toEqual({
      value: 10,
      low: 10,
      high: Number.POSITIVE_INFINITY,
    });
  });
});

/** numpy.percentile(…, method='linear'), the type 7 of Hyndman and Fan (1996). */
describe('sample quantiles are of type 7', () => {
  test.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[1, 2, 3, 4, 5], 0.25, 2],
    [[10, 7, 4, 3, 2, 1], 0.5, 3.5],
    [[15, 20, 35, 40, 50], 0.4, 29],
    [[15, 20, 35, 40, 50], 0.95, 48],
    [[7], 0.99, 7],
    [[1, 9], 0, 1],
    [[1, 9], 1, 9],
  ])('%j at %d is %d', (values, q, expected) => {
    const sorted = values.toSorted((a, b) => a - b);
    expect(quantile(samples(...sorted), q)!.value).toBeCloseTo(expected, 10);
  });

  test('none of nothing', () => expect(quantile(samples(), 0.5)).toBeNull());
});

test('quantiles that the source computed are given as they are, others not at all', () => {
  const given: Distribution = { type: 'quantiles', points: [{ q: 0.95, value: 12 }] };
  expect(quantile(given, 0.95)).toEqual({ value: 12, low: 12, high: 12 });
  expect(quantile(given, 0.9)).toBeNull();
  expect(totalCount(given)).toBeNull();
});

test('outside of 0 to 1 there is no quantile', () => {
  for (const q of [-0.1, 1.1, Number.NaN])
    for (const each of [samples(1, 2), histogram([1, null], [1, 1])]) expect(quantile(each, q)).toBeNull();
});

test('a quantile lies between its bounds and never falls as q rises', () => {
  const q = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(distributionArbitrary, q, q, (distribution, a, b) => {
      if (distribution.type === 'quantiles') return;
      const [low, high] = [quantile(distribution, Math.min(a, b)), quantile(distribution, Math.max(a, b))];
      expect(low === null).toBe(high === null);
      if (!low || !high) return;
      const slack = 1e-9 * Math.max(1, Math.abs(high.value));
      expect(low.value).toBeLessThanOrEqual(high.value + slack);
      expect(low.value).toBeGreaterThanOrEqual(low.low - slack);
      expect(low.value).toBeLessThanOrEqual(low.high + slack);
    }),
  );
});

describe('merging', () => {
  const counts = fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 });
  const alike = fc.oneof(
    counts.map((list) => histogram([10, 100, null], list)),
    fc.array(fc.nat(100), { maxLength: 5 }).map((list) => samples(...list.sort((a, b) => a - b))),
  );
  const group = fc.array(alike, { minLength: 1, maxLength: 5 });

  test('the order does not matter, nor the grouping, and counts add up', () => {
    fc.assert(
      fc.property(group, fc.nat(5), (list, cut) => {
        const merged = mergeDistributions(list);
        expect(mergeDistributions(list.toReversed())).toEqual(merged);
        if (!merged) return;
        expect(totalCount(merged)).toBe(list.reduce((sum, each) => sum + totalCount(each)!, 0));
        const parts = [list.slice(0, cut), list.slice(cut)].filter((part) => part.length > 0);
        expect(mergeDistributions(parts.map((part) => mergeDistributions(part)!))).toEqual(merged);
      }),
    );
  });

  test('one alone stays as it is', () => {
    fc.assert(
      fc.property(distributionArbitrary, (each) => {
        expect(mergeDistributions([each])).toEqual(each);
      }),
    );
  });

  test('numbers are never invented', () => {
    const points: Distribution = { type: 'quantiles', points: [{ q: 0.5, value: 1 }] };
    expect(mergeDistributions([])).toBeNull();
    expect(mergeDistributions([points, points])).toBeNull();
    expect(mergeDistributions([samples(1), points])).toBeNull();
    expect(mergeDistributions([histogram([1, null], [1, 1]), samples(1)])).toBeNull();
    expect(mergeDistributions([histogram([1, null], [1, 1]), histogram([2, null], [1, 1])])).toBeNull();
    expect(mergeDistributions([histogram([1, null], [1, 1]), histogram([1, 2, null], [1, 1, 1])])).toBeNull();
  });

  test('buckets of one grid are added, whatever part of it each histogram holds', () => {
    const low = { ...histogram([1, 2, 4], [0, 3, 1]), sum: 7 } as Distribution;
    const high = { ...histogram([4, 8, null], [0, 2, 1]), sum: 40 } as Distribution;
    const both = { ...histogram([1, 2, 4, 8, null], [0, 3, 1, 2, 1]), sum: 47 };
    expect(mergeDistributions([low, high])).toEqual(both);
    expect(mergeDistributions([high, low])).toEqual(both);
    // what lies in (0, 4] may be anywhere in it
    expect(mergeDistributions([low, histogram([4, 8], [1, 0])])).toBeNull();
    const grid = fc.integer({ min: 0, max: 20 });
    const part = fc.tuple(grid, fc.array(fc.nat(9), { maxLength: 10 })).map(([from, list]) =>
      histogram(
        [from, ...list.map((_, i) => from + i + 1)].map((exponent) => 2 ** (exponent / 8)),
        [0, ...list],
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const merged = mergeDistributions(parts)!;
        expect(totalCount(merged)).toBe(parts.reduce((sum, each) => sum + totalCount(each)!, 0));
        expect(mergeDistributions(parts.toReversed())).toEqual(merged);
      }),
    );
  });

  test('an open last bucket is one, written null or Infinity', () => {
    const open = histogram([1, Number.POSITIVE_INFINITY], [1, 1]);
    expect(mergeDistributions([histogram([1, null], [2, 3]), open])).toEqual(histogram([1, null], [3, 4]));
  });

  test('a million samples are pooled', () => {
    const many = samples(...Array.from({ length: 100_000 }, () => 1));
    expect(totalCount(mergeDistributions(Array.from({ length: 10 }, () => many))!)).toBe(1_000_000);
    const huge: Distribution = { type: 'samples', values: new Array(1_000_000).fill(2) };
    expect(totalCount(mergeDistributions([huge, samples(1)])!)).toBe(1_000_001);
  });
});

describe('means', () => {
  test('of samples, of histograms with a sum, and of nothing else', () => {
    expect(mean(samples(10, 20, 60))).toBe(30);
    expect(mean({ ...histogram([10, null], [1, 3]), sum: 80 } as Distribution)).toBe(20);
    expect(mean(histogram([10, null], [1, 3]))).toBeNull();
    expect(mean(samples())).toBeNull();
    expect(mean({ type: 'quantiles', points: [{ q: 0.5, value: 3 }] })).toBeNull();
  });

  test('sums are added when all have one', () => {
    const a = { ...histogram([10, null], [1, 3]), sum: 80 } as Distribution;
    expect(mergeDistributions([a, a])).toEqual({ ...histogram([10, null], [2, 6]), sum: 160 });
    expect(mergeDistributions([a, histogram([10, null], [1, 3])])).toEqual(histogram([10, null], [2, 6]));
  });
});
