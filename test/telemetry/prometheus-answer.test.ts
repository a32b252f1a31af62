import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile } from '../../src/graph/index.ts';
import { parseNames, parseVector } from '../../src/telemetry/prometheus/answer.ts';
import { histogramFrom } from '../../src/telemetry/prometheus/histogram.ts';

const atOnce = async () => {};
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

  test('is read in pieces as it would be at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anySeries, { minLength: 1, maxLength: 20 }), async (few) => {
        const many = Array.from({ length: 6000 }, (_, i) => few[i % few.length]!);
        let pauses = 0;
        const read = await parseVector(vector(many), async () => {
          pauses++;
        });
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
