/** Questions that a person wrote. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceConfig } from '../../src/graph/index.ts';
import type { Series } from '../../src/telemetry/prometheus/answer.ts';
import { readQuestions } from '../../src/telemetry/prometheus/custom.ts';
import { fill, valuesOf } from '../../src/telemetry/prometheus/placeholders.ts';
import { boardOf } from './boards.ts';
import { linesOf } from './prometheus-heard.ts';

type Question = NonNullable<Extract<SourceConfig, { type: 'prometheus' }>['queries']>[number];

const BOARD = boardOf({ a: { match: { names: ['a-svc'] } }, b: 'service' }, 'a → b');
const NODE = { type: 'node' as const, id: 'a' };
const EDGE = { type: 'edge' as const, id: 'a-b' };

async function ask(question: Partial<Question>, answer: Series[] | string, ...others: Partial<Question>[]) {
  const asked: string[] = [];
  const client = {
    vector: async (query: string) => {
      asked.push(query);
      return typeof answer === 'string'
        ? { ok: false as const, reason: answer }
        : { ok: true as const, value: answer };
    },
  };
  const base = { name: 'mine', metric: 'rate' as const, query: 'x', of: NODE };
  const questions = [question, ...others].map((each) => ({ ...base, ...each }));
  const provenance = (query: string) => ({ source: 'p', label: 'P', simulated: false, query });
  const read = await readQuestions(client, questions, BOARD, { at: 1, window: 10_000, provenance });
  return { ...read, lines: linesOf(read.readings), asked };
}
const of = (value: number, labels: Record<string, string> = {}): Series => ({ labels, value });

describe('placeholders', () => {
  const names = { name: ['a-svc', 'a'], source: ['x.y'], target: ['q"uote\\'] };

  test.each([
    ['up{job="$name"}', 'up{job="a-svc"}'],
    ['up{job=~"$name"}', 'up{job=~"(?:a-svc|a)"}'],
    ["up{job!~'$name.*'}[$window]", "up{job!~'(?:a-svc|a).*'}[30s]"],
    ['up{a=~"$source"}', 'up{a=~"(?:x\\\\.y)"}'],
    ['up{a=~`$source`}', 'up{a=~`(?:x\\.y)`}'],
    ['up{a="$target"}', 'up{a="q\\"uote\\\\"}'],
    ['up{a="\\"$name"}', 'up{a="\\"a-svc"}'],
    ['rate($name[1m]) + $nameless + $other', 'rate(a_svc[1m]) + $nameless + $other'],
  ])('%s', (query, filled) => {
    expect(fill(query, '30s', names)).toBe(filled);
  });

  test('no name ends the text that it is put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('"', "'"), (name, quote) => {
        const filled = fill(`up{a=${quote}$name${quote},b="c"}`, '1s', { name: [name] });
        const text = new RegExp(
          `^up\\{a=${quote}((?:[^\\\\${quote}\\n]|\\\\.)*)${quote},b="c"\\}$`,
          'su',
        ).exec(filled);
        expect(text, filled).not.toBeNull();
      }),
    );
  });

  test('an edge has the names of both its ends', () => {
    expect(valuesOf(BOARD, EDGE)).toEqual({ source: ['a-svc', 'a'], target: ['b'] });
    expect(valuesOf(BOARD, { type: 'edge', id: 'gone' })).toBeNull();
  });
});

describe('answers', () => {
  test('of one part, scaled to the unit', async () => {
    const { lines, asked } = await ask({ query: 'rate(x{job="$name"}[$window])', scale: 2 }, [of(3)]);
    expect(asked).toEqual(['rate(x{job="a-svc"}[10000ms])']);
    expect(lines).toEqual(['a rate 6']);
  });

  test('per instance where a label tells them apart; amounts are added, shares are not', async () => {
    const answer = [of(1, { pod: 'x' }), of(2, { pod: 'y' })];
    expect((await ask({ instance: 'pod' }, answer)).lines).toEqual([
      'a rate 1 @x',
      'a rate 2 @y',
      'a rate 3 of 2',
    ]);
    expect((await ask({ instance: 'pod', metric: 'cpu' }, answer)).lines).toEqual([
      'a cpu 1 @x',
      'a cpu 2 @y',
    ]);
  });

  test('of all parts that labels name', async () => {
    const node = await ask({ of: { node: 'job' } }, [of(1, { job: 'A_SVC' }), of(2, { job: 'nobody' })]);
    expect(node.lines).toEqual(['a rate 1']);
    const edges = await ask({ of: { source: 'from', target: 'to' } }, [of(4, { from: 'a', to: 'b' })]);
    expect(edges.lines).toEqual(['a-b rate 4']);
  });

  test('buckets are a histogram; quantiles of one thing are one reading', async () => {
    const buckets = [of(1, { le: '0.1' }), of(3, { le: '+Inf' })];
    const { readings } = await ask({ of: EDGE, metric: 'latency', scale: 1000 }, buckets);
    expect(readings).toMatchObject([
      { value: { type: 'histogram', bounds: [100, null], counts: [1, 2] }, samples: 30 },
    ]);
    const quantile = (q: number) => ({
      of: EDGE,
      metric: 'latency' as const,
      query: `histogram_quantile(${q}, x)`,
      scale: 1000,
    });
    const both = await ask(quantile(0.95), [of(0.2)], quantile(0.5));
    expect(both.readings.map(({ value }) => value)).toEqual([
      {
        type: 'quantiles',
        points: [
          { q: 0.5, value: 200 },
          { q: 0.95, value: 200 },
        ],
      },
    ]);
  });

  test.each([
    ['a failure', {}, 'refused the question: parse error', 'got no answer: it refused the question'],
    ['two series for one part', {}, [of(1), of(2)], 'has 2 series for one part'],
    [
      'a number for a latency',
      { metric: 'latency' as const },
      [of(1)],
      'gives one number, and latency needs',
    ],
  ])('%s is told, and is no reading', async (_, question, answer, words) => {
    const { readings, remarks } = await ask(question, answer);
    expect(readings).toEqual([]);
    expect(remarks[0]).toContain(`The question “mine” ${words}`);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is no reading', async (value) => {
    expect(await ask({}, [of(value)])).toMatchObject({ readings: [], remarks: [] });
  });

  test('a part that is not there any more is not asked about', async () => {
    expect((await ask({ of: { type: 'node', id: 'gone' } }, [of(1)])).asked).toEqual([]);
  });
});
