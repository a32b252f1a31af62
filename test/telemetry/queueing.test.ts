import { describe, expect, test } from 'vitest';
import { quantile } from '../../src/graph/index.ts';
import { erlangC, waiting } from '../../src/telemetry/simulator/queueing.ts';
import { histogramOf, normalCdf } from '../../src/telemetry/simulator/shape.ts';

describe('M/M/c', () => {
  test.each([
    // c, offered load, probability of waiting: by the closed formula, as in published Erlang C tables
    [1, 0.5, 0.5],
    [2, 1, 1 / 3],
    [3, 2, 4 / 9],
    [10, 8, 0.4092],
    [5, 4, 0.5541],
  ])('%i servers at %f erlangs make %f wait', (servers, load, expected) => {
    expect(erlangC(servers, load)).toBeCloseTo(expected, 4);
  });

  test('one server waits as M/M/1 does: ρ / (1 − ρ) holding times', () => {
    expect(waiting(1, 0.8, 10).mean).toBeCloseTo((0.8 / 0.2) * 10, 9);
  });

  test('nobody waits without load, everybody at full load', () => {
    expect(erlangC(4, 0)).toBe(0);
    expect(erlangC(4, 4)).toBe(1);
  });
});

describe('shape', () => {
  test.each([
    [0, 0.5],
    [1, 0.8413447],
    [-1.96, 0.0249979],
    [3, 0.9986501],
  ])('normal distribution at %f', (z, expected) => expect(normalCdf(z)).toBeCloseTo(expected, 5));

  test('a histogram holds all requests, has their mean, and buckets at most a fifth wide', () => {
    const made = histogramOf([{ count: 1000, moments: { mean: 80, variance: 40 ** 2 } }]);
    if (made.type !== 'histogram') throw new Error('not a histogram');
    const { bounds, counts } = made;
    expect(counts.reduce((a, b) => a + b)).toBeCloseTo(1000, 6);
    const mean = counts.reduce(
      (sum, count, i) => sum + count * Math.sqrt((bounds[i] ?? 0) * (bounds[i - 1] ?? 0)),
      0,
    );
    expect(mean / 1000 / 80).toBeCloseTo(1, 1);
    for (let i = 1; i < bounds.length - 1; i++) expect(bounds[i]! / bounds[i - 1]!).toBeLessThan(1.2);
    expect(quantile(made, 0.5)!.value).toBeCloseTo(80 / Math.sqrt(1.25), 0);
  });
});
