import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Comparison,
  compareReadings,
  compareSnapshots,
  comparisonSentence,
  neededFor,
  ratioInterval,
} from '../../src/analysis/index.ts';
import { emptyBoard, type Reading, type Snapshot } from '../../src/graph/index.ts';
import {
  buckets,
  DEFAULT_BUCKETS,
  DISTRIBUTIONS,
  draw,
  histogramOf,
  newSeed,
  poisson,
  uniformFrom,
} from './chance.ts';
import { reading, snapshot } from './reading.ts';

const seed = newSeed();
const uniform = uniformFrom(seed);
const { lognormal } = DISTRIBUTIONS;
const board = {
  ...emptyBoard('b'),
  nodes: {
    a: { id: 'a', kind: 'service' as const, name: 'edge', position: [0, 0] as [number, number] },
    b: { id: 'b', kind: 'service' as const, name: 'catalog', position: [9, 0] as [number, number] },
  },
  edges: { e: { id: 'e', source: 'a', target: 'b', kind: 'call' as const } },
};
const calm = { q: 0.95, load: null };
const sampled = (n: number, scale = 1, change: Partial<Reading> = {}) =>
  reading({
    value: { type: 'samples', values: [...draw(lognormal!, uniform, n, scale)] },
    samples: n,
    ...change,
  });
const bucketed = (n: number, bounds: readonly (number | null)[], scale = 1, change: Partial<Reading> = {}) =>
  reading({ value: histogramOf(draw(lognormal!, uniform, n, scale), bounds), samples: n, ...change });
const kinds = ({ why }: Pick<Comparison, 'why'>) => why.map(({ kind }) => kind);
const rate = (value: number, change: Partial<Reading> = {}) =>
  reading({ metric: 'rate', value, samples: Math.round(value * 60), ...change });
const at = (readings: Reading[], when = 0): Snapshot => ({ ...snapshot(readings), at: when });

describe('a verdict', () => {
  it.each(Object.entries(DISTRIBUTIONS))('is wrongly slower less than 5 times of 100: %s', (_, one) => {
    for (const as of [
      (values: number[]) => ({ type: 'samples' as const, values: [...values] }),
      (values: number[]) => histogramOf(values, DEFAULT_BUCKETS),
    ])
      for (const q of [0.5, 0.95, 0.99]) {
        const verdicts: Record<string, number> = {};
        const sizes = [12, 30, 60, 100, 300];
        for (const n of sizes)
          for (let i = 0; i < 300; i++) {
            const measured = () => reading({ value: as(draw(one, uniform, n)), samples: n });
            const { verdict } = compareReadings(measured(), measured(), { ...calm, q });
            verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
          }
        for (const verdict of ['slower', 'faster'])
          expect((verdicts[verdict] ?? 0) / (300 * sizes.length), `p${q * 100}, seed ${seed}`).toBeLessThan(
            0.05,
          );
      }
  });

  it('is slower, faster or the same where that can be told', () => {
    const before = sampled(5000);
    expect(compareReadings(before, sampled(5000, 2), calm).verdict).toBe('slower');
    expect(compareReadings(before, sampled(5000, 0.4), calm).verdict).toBe('faster');
    const same = compareReadings(before, sampled(5000), calm);
    expect([same.verdict, same.why], `seed ${seed}`).toEqual(['same', []]);
  });

  it('says that there is no interval where only quantiles are known', () => {
    const told = (value: number) => reading({ value: { type: 'quantiles', points: [{ q: 0.95, value }] } });
    const found = compareReadings(told(10), told(80), calm);
    expect(found).toMatchObject({ verdict: "can't tell", ratio: 8, interval: null, means: null });
    expect(kinds(found)).toEqual(['only quantiles']);
  });

  it('of few samples says how many it takes, and goes by the mean or the median where that is enough', () => {
    const once = sampled(20);
    const few = compareReadings(once, once, calm);
    expect([few.verdict, kinds(few)]).toEqual(["can't tell", ['too few samples']]);
    const far = compareReadings(sampled(20), sampled(20, 30), calm);
    expect([far.verdict, kinds(far)]).toEqual(['slower', ['too few samples', 'by the median']]);
    expect(few.why[0]).toMatchObject({ before: 20, after: 20, needed: neededFor(0.95) });
    const some = compareReadings(sampled(40), sampled(40, 9), calm);
    expect([some.verdict, kinds(some)]).toEqual(['slower', ['too few samples', 'by the mean']]);
  });

  it('of coarse buckets says in which one the quantile lies', () => {
    const found = compareReadings(bucketed(3000, DEFAULT_BUCKETS), bucketed(3000, DEFAULT_BUCKETS), calm);
    expect([found.verdict, kinds(found)]).toEqual(["can't tell", ['coarse buckets']]);
    expect(found.why[0]).toMatchObject({ bounds: [50, 100] });
    expect(found.interval).toEqual([0.5, 2]);
    const slower = compareReadings(bucketed(3000, DEFAULT_BUCKETS), bucketed(3000, DEFAULT_BUCKETS, 6), calm);
    expect(slower.verdict).toBe('slower');
    const ofMeans = compareReadings(
      bucketed(3000, DEFAULT_BUCKETS),
      bucketed(3000, DEFAULT_BUCKETS, 1.4),
      calm,
    );
    expect(kinds(ofMeans), `seed ${seed}`).toContain('by the mean');
  });

  it('at another load says so, and can’t tell where the load may be all there is to it', () => {
    const load = { before: 10, after: 30, ratio: 3 };
    const little = compareReadings(sampled(5000), sampled(5000, 2), { ...calm, load });
    expect([little.verdict, kinds(little)]).toEqual(["can't tell", ['other load']]);
    const much = compareReadings(sampled(5000), sampled(5000, 9), { ...calm, load });
    expect([much.verdict, kinds(much)]).toEqual(['slower', ['other load']]);
    const ofMeans = compareReadings(sampled(40), sampled(40, 30), { ...calm, load });
    expect([ofMeans.verdict, kinds(ofMeans)]).toEqual([
      'slower',
      ['too few samples', 'by the mean', 'other load'],
    ]);
    const despite = compareReadings(sampled(5000), sampled(5000, 0.5), { ...calm, load });
    expect([despite.verdict, kinds(despite)]).toEqual(['faster', ['other load']]);
  });

  it('of errors is by their difference; of rates by counts; of gauges without an interval', () => {
    const errors = (value: number, samples: number) => reading({ metric: 'errors', value, samples });
    expect(compareReadings(errors(0, 900), errors(0.05, 900), calm)).toMatchObject({
      verdict: 'higher',
      ratio: null,
    });
    expect(compareReadings(errors(0.001, 9000), errors(0.001, 9000), calm).verdict).toBe('same');
    expect(compareReadings(errors(0, 20), errors(0.05, 20), calm).verdict).toBe("can't tell");
    expect(compareReadings(rate(50), rate(52), calm).verdict).toBe('same');
    expect(compareReadings(rate(50), rate(90), calm).verdict).toBe('higher');
    expect(compareReadings(rate(0.1), rate(0.2), calm).verdict).toBe("can't tell");
    const pool = (value: number) => reading({ metric: 'pool use', value });
    const full = compareReadings(pool(0.4), pool(0.95), calm);
    expect([full.verdict, kinds(full), full.difference?.interval]).toEqual([
      'higher',
      ['single figures'],
      null,
    ]);
    expect(compareReadings(pool(0.4), pool(0.43), calm).verdict).toBe('same');
  });
});

describe('a ratio', () => {
  const values = fc.array(fc.double({ min: 0.01, max: 1e4, noNaN: true }), { minLength: 2, maxLength: 120 });
  const as = (list: number[], by = 1) => ({
    type: 'samples' as const,
    values: list.map((value) => value * by).sort((a, b) => a - b),
  });
  const q = fc.constantFrom(0.5, 0.9, 0.95, 0.99);
  const counts = { before: null, after: null };

  it('turned around is its inverse, does not depend on the unit, and lies in its interval', () => {
    fc.assert(
      fc.property(values, values, q, fc.double({ min: 0.01, max: 100, noNaN: true }), (a, b, at, by) => {
        const there = ratioInterval(as(a), as(b), at, counts)!;
        const back = ratioInterval(as(b), as(a), at, counts)!;
        const scaled = ratioInterval(as(a, by), as(b, by), at, counts)!;
        expect(there.ratio * back.ratio).toBeCloseTo(1, 6);
        if (there.low > 0) expect(there.low * back.high).toBeCloseTo(1, 6);
        else expect(back.high).toBe(Infinity);
        expect(scaled.ratio / there.ratio).toBeCloseTo(1, 6);
        expect(there.low).toBeLessThanOrEqual(there.high);
      }),
    );
  });

  it('of a histogram of rates is that of the counts they were worked out from', () => {
    const counted = bucketed(400, buckets(1.2));
    const other = bucketed(400, buckets(1.2), 2);
    const asRate = (one: Reading): Reading => {
      if (typeof one.value === 'number' || one.value.type !== 'histogram') throw new Error('no histogram');
      const counts = one.value.counts.map((count) => count / 60);
      return { ...one, samples: null, value: { ...one.value, counts } };
    };
    const found = compareReadings(asRate(counted), asRate(other), calm);
    const asCounted = compareReadings(counted, other, calm).interval!;
    for (const end of [0, 1]) expect(found.interval![end]! / asCounted[end]!).toBeCloseTo(1, 9);
  });

  it('of rates holds the truth 93 to 97 times of 100', () => {
    let held = 0;
    const times = 3000;
    for (let i = 0; i < times; i++) {
      const [b, a] = [poisson(uniform, 80), poisson(uniform, 150)];
      const found = compareReadings(
        reading({ metric: 'rate', value: b / 60, samples: b }),
        reading({ metric: 'rate', value: a / 30, samples: a, window: 30_000 }),
        calm,
      ).interval!;
      if (found[0] <= 3.75 && 3.75 <= found[1]) held++;
    }
    expect(held / times, `seed ${seed}`).toBeGreaterThan(0.93);
    expect(held / times, `seed ${seed}`).toBeLessThan(0.97);
  });

  it('of shares of errors: the difference holds the truth 93 to 97 times of 100', () => {
    let held = 0;
    const times = 3000;
    const failed = (n: number, share: number) => {
      let count = 0;
      for (let i = 0; i < n; i++) if (uniform() < share) count++;
      return reading({ metric: 'errors', value: count / n, samples: n });
    };
    for (let i = 0; i < times; i++) {
      const [low, high] = compareReadings(failed(200, 0.05), failed(150, 0.12), calm).difference!.interval!;
      if (low <= 0.07 && 0.07 <= high) held++;
    }
    expect(held / times, `seed ${seed}`).toBeGreaterThan(0.93);
    expect(held / times, `seed ${seed}`).toBeLessThan(0.97);
  });
});

describe('snapshots', () => {
  it('are compared instance by instance, side by side, or all together when asked', () => {
    const taken = (scale: number) => [
      sampled(900, scale, { side: 'caller', instances: 2 }),
      sampled(900, scale, { side: 'callee', instances: 2 }),
      sampled(400, scale, { side: 'callee', instance: 'catalog-1' }),
      sampled(400, scale, { side: 'callee', instance: 'catalog-2' }),
    ];
    const spoken = (perInstance?: boolean) =>
      compareSnapshots(
        board,
        at(taken(1)),
        at(taken(3)),
        perInstance === undefined ? {} : { perInstance },
      ).map(({ after, instance, verdict }) => [after.side, instance, verdict]);
    expect(spoken()).toEqual([
      ['caller', null, 'slower'],
      ['callee', 'catalog-1', 'slower'],
      ['callee', 'catalog-2', 'slower'],
    ]);
    expect(spoken(false)).toEqual([
      ['caller', null, 'slower'],
      ['callee', null, 'slower'],
    ]);
  });

  it('know the load, of one instance its share, of a node what its edges carry', () => {
    const taken = (rps: number) => [
      sampled(900, 1, { instance: 'catalog-1' }),
      sampled(900, 1, { subject: { type: 'node', id: 'b' }, metric: 'own time' }),
      rate(rps, { instances: 2 }),
    ];
    const found = compareSnapshots(board, at(taken(10)), at(taken(40)), { metrics: ['latency', 'own time'] });
    expect(found.map(({ load }) => load)).toEqual([
      { before: 5, after: 20, ratio: 4 },
      { before: 10, after: 40, ratio: 4 },
    ]);
  });

  it('that moved in number of instances alone can’t tell', () => {
    const taken = (n: number) => [
      rate(10 * n, { instances: n }),
      ...Array.from({ length: n }, (_, i) => rate(10, { instance: `catalog-${i}` })),
    ];
    const [found] = compareSnapshots(board, at(taken(2)), at(taken(4)), { perInstance: false });
    expect([found!.verdict, kinds(found!)]).toEqual(["can't tell", ['other instance count']]);
  });

  it('that mix simulated with real, or hold stale figures, say so', () => {
    const provenance = { source: 'sim', label: 'Simulator', simulated: true };
    const [mixed] = compareSnapshots(board, at([sampled(900)]), at([sampled(900, 5, { provenance })]));
    expect([mixed!.verdict, kinds(mixed!)]).toEqual(["can't tell", ['simulated mix']]);
    const [stale] = compareSnapshots(board, at([sampled(900)]), at([sampled(900, 5)], 400_000));
    expect([stale!.verdict, stale!.why]).toEqual([
      'slower',
      [{ kind: 'stale', side: 'after', age: 400_000 }],
    ]);
  });

  it('compared with themselves are nowhere different', () => {
    const taken = at([sampled(40), bucketed(500, DEFAULT_BUCKETS, 1, { side: 'callee' }), rate(3)]);
    for (const { verdict } of compareSnapshots(board, taken, taken))
      expect(['same', "can't tell"]).toContain(verdict);
  });
});

describe('the sentence', () => {
  it('says what, of whom, how much, how sure, at which load and who measured it', () => {
    const before = [
      sampled(1200, 1, { side: 'callee', instance: 'catalog-1' }),
      rate(20, { instance: 'catalog-1' }),
    ];
    const after = [
      sampled(1300, 3, { side: 'callee', instance: 'catalog-1' }),
      rate(21, { instance: 'catalog-1' }),
    ];
    const [found] = compareSnapshots(board, at(before), at(after), { metrics: ['latency'] });
    expect(comparisonSentence(board, found!)).toMatch(
      /^edge → catalog \(catalog-1, callee side\): p95 slower, [\d.]+ ms → \d+ ms, [\d.]+× \(95 % interval [\d.]+–[\d.]+×\)\. Load the same, 20 \/s → 21 \/s\. 1\.2k and 1\.3k samples, over 60 s each\. Prometheus\.$/,
    );
  });

  it('says why it can’t tell', () => {
    const once = sampled(20);
    const found = compareReadings(once, once, { q: 0.95, load: { before: 1, after: 3, ratio: 3 } });
    expect(comparisonSentence(board, found)).toMatch(
      /p95 can't tell, .*× \(95 % interval open on both sides\)\. Too few samples: 20 and 20, at least 49 each are needed, of a longer window\. At 3\.0× the load\./,
    );
  });
});
