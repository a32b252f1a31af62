/** Intervals against known truths: what was drawn from a distribution with a known ratio, many times over. */
import { describe, expect, it } from 'vitest';
import { neededFor, ratioInterval } from '../../src/analysis/index.ts';
import type { Distribution } from '../../src/graph/index.ts';
import {
  buckets,
  DEFAULT_BUCKETS,
  DISTRIBUTIONS,
  draw,
  histogramOf,
  newSeed,
  uniformFrom,
} from './chance.ts';

const QUANTILES = [0.5, 0.95, 0.99];
const TRUTH = 1.7;
const seed = newSeed();
const of = (what: string) => `${what}, seed ${seed}`;

type Tally = { q: number; n: number; name: string; asked: number; held: number; bounded: number };

/** How often the interval holds the truth, by distribution, size and quantile. */
function coverage(sizes: readonly number[], times: number, as: (values: number[]) => Distribution): Tally[] {
  const uniform = uniformFrom(seed);
  return Object.entries(DISTRIBUTIONS).flatMap(([name, one]) =>
    sizes.flatMap((n) => {
      const tallies = QUANTILES.map((q): Tally => ({ q, n, name, asked: times, held: 0, bounded: 0 }));
      for (let i = 0; i < times; i++) {
        const before = as(draw(one, uniform, n));
        const after = as(draw(one, uniform, n, TRUTH));
        for (const tally of tallies) {
          const found = ratioInterval(before, after, tally.q, { before: n, after: n })!;
          if (found.low <= TRUTH && TRUTH <= found.high) tally.held++;
          if (found.low > 0 && found.high < Infinity) tally.bounded++;
        }
      }
      return tallies;
    }),
  );
}

const share = (tallies: readonly Tally[]) =>
  tallies.reduce((sum, each) => sum + each.held, 0) / tallies.reduce((sum, each) => sum + each.asked, 0);
const asSamples = (values: number[]): Distribution => ({ type: 'samples', values: [...values] });

describe('intervals at 95 %', () => {
  it('of samples hold the truth 93 to 97 times of 100, whatever the distribution', () => {
    const tallies = coverage([30, 100, 300, 1000, 5000], 400, asSamples);
    const enough = tallies.filter(({ n, q }) => n > 1.5 * neededFor(q));
    for (const q of QUANTILES) {
      const found = share(enough.filter((each) => each.q === q));
      expect(found, of(`p${q * 100}`)).toBeGreaterThan(0.93);
      expect(found, of(`p${q * 100}`)).toBeLessThan(0.97);
    }
    for (const each of tallies)
      expect(each.held / each.asked, of(`${each.name} p${each.q * 100} of ${each.n}`)).toBeGreaterThan(0.915);
  });

  it('are open rather than wrong where too few were measured, and not where enough were', () => {
    for (const { q, n, bounded, asked } of coverage([30, 60, 200, 400], 20, asSamples))
      expect(bounded > asked / 2, `p${q * 100} of ${n}`).toBe(n > neededFor(q));
  });

  it('of fine buckets hold it 93 to 97 times of 100', { timeout: 120_000 }, () => {
    // hardly anything is quicker or slower
    const fine = buckets(1.002).filter((bound) => bound === null || (bound > 0.5 && bound < 1000));
    const tallies = coverage([100, 300], 600, (values) => histogramOf(values, fine));
    const enough = tallies.filter(({ n, q }) => n > 1.5 * neededFor(q));
    expect(share(enough), of('fine buckets')).toBeGreaterThan(0.93);
    expect(share(enough), of('fine buckets')).toBeLessThan(0.97);
  });

  it.each([
    ['a fifth wide', buckets(1.2)],
    ['as clients have them', DEFAULT_BUCKETS],
  ])('of buckets %s hold it at least 93 times of 100', (_, bounds) => {
    for (const each of coverage([30, 300, 3000], 200, (values) => histogramOf(values, bounds)))
      expect(each.held / each.asked, of(`${each.name} p${each.q * 100} of ${each.n}`)).toBeGreaterThan(0.93);
  });

  it('hold it where one is measured far oftener, or spreads far more, than the other', () => {
    const uniform = uniformFrom(seed);
    // exp(−0.01 … 0.01) around 50, whose median is 50; the exponential's is 30 ln 2
    const narrow = () => 50 * Math.exp(0.02 * (uniform() - 0.5));
    let held = 0;
    const times = 1500;
    for (let i = 0; i < times; i++) {
      const before = asSamples(draw(DISTRIBUTIONS.exponential!, uniform, 60));
      const after = asSamples(draw(narrow, uniform, 900));
      const found = ratioInterval(before, after, 0.5, { before: null, after: null })!;
      const truth = 50 / (30 * Math.LN2);
      if (found.low <= truth && truth <= found.high) held++;
    }
    expect(held / times, of('unlike')).toBeGreaterThan(0.93);
    expect(held / times, of('unlike')).toBeLessThan(0.97);
  });
});
