import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { quantile } from '../../src/graph/index.ts';
import { parseNames } from '../../src/telemetry/prometheus/answer.ts';
import { histogramFrom, nativeHistogram, pool } from '../../src/telemetry/prometheus/histogram.ts';

import { atOnce, parseMatrix, parseVector } from './prometheus-heard.ts';

const vector = (result: unknown) =>
  JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
const series = (labels: Record<string, string>, value: unknown) => ({
  metric: labels,
  value: [1_700_000_000, value],
});

describe('an instant vector', () => {
  /** Text that looks like the places where a long answer is cut. */
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('},{"metric":', '"result":[', '\\"},{"metric":{', '}, {', ']}}'),
  );
  const anySeries = fc
    .dictionary(fc.constantFrom('client', 'server', 'le', 'x'), nasty)
    .map((labels) => series(labels, '1.5'));

  const some = fc.array(anySeries, { minLength: 1, maxLength: 20 });

  test('is read in pieces as it would be at once', async () => {
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 100, max: 400_000 }), async (few, pieces) => {
        const many = Array.from({ length: 6000 }, (_, i) => {
          const { metric, value } = few[i % few.length]!;
          return { metric: { ...metric, n: String(i) }, value };
        });
        let pauses = 0;
        const pause = async () => {
          pauses++;
        };
        const read = await parseVector(vector(many), pause, pieces);
        expect(read).toEqual({ ok: true, value: many.map(({ metric }) => ({ labels: metric, value: 1.5 })) });
        expect(pauses).toBeGreaterThan(1);
      }),
      { numRuns: 5 },
    );
  });

  test('cut off anywhere it is refused, never half taken', async () => {
    const whole = vector(
      Array.from({ length: 4000 }, (_, i) => series({ client: 'a', server: `s${i}` }, '1')),
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const read = await parseVector(whole.slice(0, length), atOnce);
        expect(read).toEqual({ ok: false, reason: 'sent an answer that is not complete JSON' });
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    ['null', 'null', 'not an object'],
    ['a list', '[]', 'not an object'],
    ['no status', '{}', 'neither success nor error'],
    ['an error', '{"status":"error","error":"parse error at char 3"}', 'parse error at char 3'],
    ['a matrix', '{"status":"success","data":{"resultType":"matrix","result":[]}}', 'not an instant vector'],
    ['no data', '{"status":"success"}', 'not an instant vector'],
    ['a result that is no list', vector({}), 'not an instant vector'],
    ['a series without labels', vector([{ value: [1, '1'] }]), 'series 1 has no labels'],
    ['a series without value', vector([series({}, '1'), { metric: {} }]), 'series 2 has no value'],
    ['a number where text is due', vector([series({}, 1)]), 'series 1 has a value that is no text'],
    [
      'a label that is no text',
      vector([{ metric: { le: 1 }, value: [1, '1'] }]),
      'a label le that is no text',
    ],
  ])('%s is refused with the reason', async (_, text, reason) => {
    const read = await parseVector(text, atOnce);
    expect(read.ok ? '' : read.reason).toContain(reason);
  });

  test('has a series that comes twice once', async () => {
    const all = [series({ client: 'a' }, '1'), series({ client: 'b' }, '2'), series({}, '3')];
    const read = await parseVector(vector([...all, ...all]), atOnce);
    expect(read.ok && read.value.map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  test.each([
    ['one series without end', `[{"metric":{"client":"${'x'.repeat(3_000_000)}"},"value":[1,"1"]}]`],
    ['series told back to front', `[${'{"value":[1,"1"],"metric":{"client":"a"}},'.repeat(100_000)}{}]`],
  ])('%s is refused and not parsed in one go', async (_, result) => {
    const text = `{"status":"success","data":{"resultType":"vector","result":${result}}}`;
    const parse = vi.spyOn(JSON, 'parse');
    const read = await parseVector(text, atOnce);
    const longest = Math.max(0, ...parse.mock.calls.map(([json]) => json.length));
    parse.mockRestore();
    expect(read).toMatchObject({ ok: false, reason: expect.stringContaining('no list of series') });
    expect(longest).toBeLessThan(2_200_000);
  });

  test('unknown keys, warnings and spaces do not matter', async () => {
    const text = JSON.stringify(
      {
        status: 'success',
        isPartial: false,
        data: { resultType: 'vector', result: [series({ a: 'b' }, '+Inf'), series({}, 'NaN')], stats: {} },
        warnings: ['slow'],
      },
      null,
      2,
    );
    expect(await parseVector(text, atOnce)).toEqual({
      ok: true,
      value: [
        { labels: { a: 'b' }, value: Number.POSITIVE_INFINITY },
        { labels: {}, value: Number.NaN },
      ],
    });
  });

  test('names are a list of texts', () => {
    expect(parseNames('{"status":"success","data":["up"]}')).toEqual({ ok: true, value: ['up'] });
    expect(parseNames('{"status":"success","data":[1]}').ok).toBe(false);
    expect(parseNames('<html>').ok).toBe(false);
  });
});

describe('a histogram', () => {
  const from = (...buckets: [string | undefined, number][]) =>
    histogramFrom(buckets.map(([le, value]) => ({ le, value })));

  test('is kept with its bounds, in milliseconds, not cumulative', () => {
    expect(from(['+Inf', 10], ['0.1', 4], ['0.5', 9])).toEqual({
      type: 'histogram',
      bounds: [100, 500, null],
      counts: [4, 5, 1],
    });
  });

  test('a bucket that fell back counts nothing', () => {
    expect(from(['0.1', 5], ['0.2', 4], ['+Inf', 6])).toMatchObject({ counts: [5, 0, 1] });
  });

  test('a bucket that counted no number is left out', () => {
    expect(from(['0.1', 5], ['0.2', Number.NaN], ['+Inf', 6])).toMatchObject({
      bounds: [100, null],
      counts: [5, 1],
    });
    expect(from(['0.1', Number.POSITIVE_INFINITY], ['0.2', 5], ['+Inf', 6])).toMatchObject({
      bounds: [200, null],
    });
  });

  test('a series that comes twice counts once; two spellings of a bound are two halves', () => {
    expect(from(['1', 5], ['1', 5], ['+Inf', 6])).toMatchObject({ counts: [5, 1] });
    expect(from(['1', 2], ['1.0', 3], ['+Inf', 6])).toMatchObject({ counts: [5, 1] });
  });

  test.each([
    [
      'without +Inf',
      [
        ['0.1', 5],
        ['0.2', 6],
      ],
    ],
    ['with +Inf only', [['+Inf', 5]]],
    [
      'with an +Inf that counted no number',
      [
        ['0.1', 5],
        ['+Inf', Number.NaN],
      ],
    ],
    [
      'with nothing counted',
      [
        ['0.1', 0],
        ['+Inf', 0],
      ],
    ],
    [
      'without le',
      [
        [undefined, 3],
        ['+Inf', 3],
      ],
    ],
    [
      'with le that is no number',
      [
        ['soon', 3],
        ['+Inf', 3],
      ],
    ],
    ['of nothing', []],
  ] as [string, [string | undefined, number][]][])('%s there is none: no data is not zero', (_, buckets) => {
    expect(from(...buckets)).toBeNull();
  });

  test('whatever the buckets say, quantiles are finite and in order', () => {
    const le = fc.option(fc.constantFrom('0.1', '0.25', '1', '1.0', '+Inf', 'NaN', '-1', '', 'x'), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.array(fc.record({ le, value: fc.double({ min: -1e9, max: 1e9 }) })), (buckets) => {
        const made = histogramFrom(buckets);
        if (!made) return;
        const values = [0.5, 0.95, 0.99].map((q) => quantile(made, q)!.value);
        for (const value of values) expect(Number.isFinite(value)).toBe(true);
        expect([...values].sort((a, b) => a - b)).toEqual(values);
      }),
    );
  });
});

describe('a range', () => {
  const matrix = (result: unknown) =>
    JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });

  test('has its samples by time, numbers and native histograms', async () => {
    const read = await parseMatrix(
      matrix([
        {
          metric: { a: 'b' },
          values: [
            [1, '2'],
            [2.5, 'NaN'],
          ],
        },
        { metric: {}, histograms: [[3, { count: '2', sum: '1.5', buckets: [[0, '0.5', '1', '2']] }]] },
      ]),
      atOnce,
    );
    expect(read).toEqual({
      ok: true,
      value: [
        {
          labels: { a: 'b' },
          points: [
            [1, 2],
            [2.5, Number.NaN],
          ],
        },
        { labels: {}, points: [[3, { sum: 1.5, buckets: [[0.5, 1, 2]] }]] },
      ],
    });
  });

  test('of many series gives way in between', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => ({
      metric: { i: `${i}` },
      values: Array.from({ length: 20 }, (_, t) => [t, '1']),
    }));
    let pauses = 0;
    const read = await parseMatrix(matrix(many), async () => {
      pauses++;
    });
    expect(read.ok && read.value.length).toBe(3000);
    expect(pauses).toBeGreaterThan(3);
  });

  test.each([
    ['a vector', vector([]), 'not a range of samples'],
    ['a time that is no number', matrix([{ metric: {}, values: [['1', '2']] }]), 'a value without a time'],
    ['a value that is no text', matrix([{ metric: {}, values: [[1, 2]] }]), 'a value that is no text'],
    [
      'half a histogram',
      matrix([{ metric: {}, histograms: [[1, { sum: '1', buckets: [[0, '1']] }]] }]),
      'a histogram',
    ],
  ])('%s is refused', async (_, text, reason) => {
    const read = await parseMatrix(text, atOnce);
    expect(read.ok ? '' : read.reason).toContain(reason);
  });
});

describe('a native histogram', () => {
  /** As Prometheus' documentation shows one: [boundary rule, left, right, count]. */
  const sent = {
    count: '10',
    sum: '4.2',
    buckets: [
      [3, '-0.001', '0.001', '1'],
      [0, '0.25', '0.5', '4'],
      [0, '0.5', '1', '3'],
      [0, '2', '4', '2'],
    ],
  };
  const read = async () => {
    const answer = await parseVector(vector([{ metric: {}, histogram: [1, sent] }]), atOnce);
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value[0]!.histogram!;
  };

  test('keeps its bounds, with nothing counted between its buckets', async () => {
    expect(nativeHistogram(await read(), 1000)).toEqual({
      type: 'histogram',
      bounds: [1, 250, 500, 1000, 2000, 4000],
      counts: [1, 0, 4, 3, 0, 2],
      sum: 4200,
    });
  });

  test('without anything counted, or with a count that is no number, is none', () => {
    expect(nativeHistogram({ sum: 0, buckets: [] }, 1000)).toBeNull();
    expect(nativeHistogram({ sum: 1, buckets: [[0, 1, Number.NaN]] }, 1000)).toBeNull();
  });

  test('is pooled with another of the same grid without loss', () => {
    const one = nativeHistogram({ sum: 1, buckets: [[0.5, 1, 2]] }, 1)!;
    const other = nativeHistogram(
      {
        sum: 9,
        buckets: [
          [1, 2, 1],
          [4, 8, 3],
        ],
      },
      1,
    )!;
    expect(pool([one, other])).toMatchObject({ sum: 10 });
    for (const q of [0.1, 0.4, 0.9]) {
      const found = quantile(pool([one, other])!, q)!;
      expect([
        [0.5, 1],
        [1, 2],
        [4, 8],
      ]).toContainEqual([found.low, found.high]);
    }
  });

  test('with buckets that do not fit is pooled into coarser ones: nothing is invented', () => {
    const classic = (bounds: (number | null)[], counts: number[]) => ({
      type: 'histogram' as const,
      bounds,
      counts,
    });
    expect(pool([classic([1, 5, 10, null], [1, 1, 1, 0]), classic([2, 10, null], [4, 2, 0])])).toMatchObject({
      bounds: [10, null],
      counts: [9, 0],
    });
    expect(pool([classic([1, null], [1, 1]), classic([2, null], [1, 1])])).toBeNull();
  });

  test('pooling keeps the count, and no quantile leaves the bounds of its parts', () => {
    const histogram = fc
      .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 6 })
      .chain((bounds) =>
        fc
          .array(fc.nat(5), { minLength: bounds.length, maxLength: bounds.length })
          .map((counts) => ({ type: 'histogram' as const, bounds: bounds.sort((a, b) => a - b), counts })),
      );
    fc.assert(
      fc.property(histogram, histogram, (a, b) => {
        const pooled = pool([a, b]);
        if (!pooled) return;
        const count = (counts: readonly number[]) => counts.reduce((sum, each) => sum + each, 0);
        expect(pooled.type === 'histogram' && count(pooled.counts)).toBe(count(a.counts) + count(b.counts));
      }),
    );
  });
});
