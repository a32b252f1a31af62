/** Clocks that disagree are set right, as little as will do, and it is said. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tallySpans } from '../../src/formats/index.ts';
import { alignClocks } from '../../src/formats/trace/clocks.ts';
import { treeOf } from '../../src/formats/trace/tree.ts';
import { type Spec, spanOf, TICK, ticksOf } from './spans.ts';

const align = (specs: readonly Spec[]) => {
  const spans = specs.map((spec) => spanOf(spec));
  const { spans: aligned, ...rest } = alignClocks(spans, treeOf(spans).parentOf);
  return { ...rest, ticks: Object.fromEntries(aligned.map((span) => [span.key.slice(2), ticksOf(span)])) };
};
const call = (more: Partial<Spec> = {}): Spec => ({
  ...{ id: '1', kind: 'client', start: 100, end: 200, host: 'x' },
  ...more,
});
const answer = (start: number, end: number, more: Partial<Spec> = {}): Spec => ({
  ...{ id: '2', parent: '1', service: 'b', kind: 'server', start, end, host: 'y' },
  ...more,
});

describe('a clock', () => {
  test('that fits is left alone', () => {
    const { ticks, moved } = align([call(), answer(100, 199)]);
    expect(ticks['2']).toEqual([100, 199]);
    expect(moved).toBe(0);
  });

  test.each([
    ['before', 10, 70],
    ['sticking out in front', 95, 155],
    ['sticking out behind', 150, 210],
    ['after', 1000, 1060],
  ])('whose answer lies %s its call goes to the middle of it', (_, start, end) => {
    const { ticks, moved, furthest } = align([
      call(),
      answer(start, end),
      { ...answer(start + 10, start + 20), id: '3', parent: '2' },
    ]);
    expect(ticks).toEqual({ '1': [100, 200], '2': [120, 180], '3': [130, 140] });
    expect(moved).toBe(2);
    expect(furthest).toBe(BigInt(Math.abs(start - 120)) * TICK);
  });

  test.each<[string, Spec, Spec]>([
    ['the answer took longer than its call', call(), answer(150, 300)],
    ['it is the caller’s own', call(), answer(150, 210, { host: 'x' })],
    ['the answer takes up a message', call(), answer(150, 210, { kind: 'consumer' })],
    ['the call was a message', call({ kind: 'producer' }), answer(150, 210)],
    ['the answer only follows', call(), answer(150, 210, { detached: true })],
  ])('is left alone where %s', (_, from, to) => {
    expect(align([from, to])).toMatchObject({
      moved: 0,
      unexplained: 0,
      ticks: { '2': ticksOf(spanOf(to)) },
    });
  });

  test('is known by its instance, else its service, where no host is named', () => {
    const nameless = { host: null };
    expect(align([call(nameless), answer(300, 360, nameless)]).moved).toBe(1);
    expect(align([call(nameless), answer(300, 360, { ...nameless, service: 'a' })]).moved).toBe(0);
    const [one, other] = [
      { ...nameless, instance: '1' },
      { ...nameless, instance: '2' },
    ];
    expect(align([call(one), answer(300, 360, { ...other, service: 'a' })]).moved).toBe(1);
  });

  test('has one offset for a trace, which suits all its calls', () => {
    const { ticks } = align([
      { id: '0', kind: 'server', start: 0, end: 400, host: 'x' },
      call({ parent: '0' }),
      answer(1120, 1190),
      { ...call({ parent: '0' }), id: '3', start: 300, end: 400 },
      { ...answer(1302, 1362), id: '4', parent: '3' },
    ]);
    expect(ticks).toMatchObject({ '2': [124, 194], '4': [306, 366] });
  });

  test('of which no setting would suit all calls is left alone, and that is told', () => {
    const specs = [
      { id: '0', kind: 'server', start: 0, end: 400, host: 'x' } as const,
      call({ parent: '0' }),
      answer(1120, 1190),
      { ...call({ parent: '0' }), id: '3', start: 300, end: 400 },
      { ...answer(320, 360), id: '4', parent: '3' },
    ];
    expect(align(specs)).toMatchObject({ moved: 0, unexplained: 1 });
    expect([...tallySpans(specs.map((spec) => spanOf(spec))).notes]).toEqual([
      ['traces left as they are though answers lie outside of their calls', 1],
    ]);
  });

  test('that only tells whole milliseconds still fits', () => {
    const { moved, unexplained } = align([
      call(),
      { ...answer(1100, 1199.5), end: 1200 },
      { ...call(), id: '3', start: 201, end: 301 },
      { ...answer(1200, 1300), id: '4', parent: '3' },
    ]);
    expect({ moved, unexplained }).toEqual({ moved: 2, unexplained: 0 });
  });

  test('of each trace stands for itself', () => {
    const spans = [
      spanOf(call(), 't'),
      spanOf(answer(1120, 1180), 't'),
      spanOf(call(), 'u'),
      spanOf(answer(120, 180), 'u'),
    ];
    expect(alignClocks(spans, treeOf(spans).parentOf).spans.map(ticksOf)).toEqual(
      [0, 1, 2, 3].map((i) => (i % 2 ? [120, 180] : [100, 200])),
    );
    const remarks = tallySpans(spans);
    expect(remarks.skew).toBe(1000);
    expect([...remarks.notes][0]).toEqual([
      'spans moved in time because their clock differed from their caller’s',
      1,
    ]);
  });
});

test('whatever amounts clocks are off by, afterwards every answer lies inside its call', () => {
  /** A tree whose children lie inside their parents, on up to four machines. */
  const nested = fc
    .array(
      fc.record({
        up: fc.nat(),
        host: fc.nat(3),
        from: fc.double({ min: 0, max: 1, noNaN: true }),
        to: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 15 },
    )
    .map((all) => {
      const specs: Spec[] = [];
      for (const [i, { up, host, from, to }] of all.entries()) {
        const parent = i === 0 ? undefined : specs[up % i]!;
        const { start, end } = parent ?? { start: 0, end: 100_000 };
        const at = (share: number) => start + Math.floor(share * (end - start));
        const [first, last] = i === 0 ? [start, end] : [at(Math.min(from, to)), at(Math.max(from, to))];
        specs.push({
          id: `${i}`,
          start: first,
          end: last,
          service: `s${host}`,
          host: `h${host}`,
          ...(parent ? { parent: parent.id } : {}),
        });
      }
      return specs;
    });
  const offsets = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(nested, offsets, (specs, off) => {
      const skewed = specs.map((spec) => {
        const by = off[Number(spec.host!.slice(1))]!;
        return { ...spec, start: spec.start + by, end: spec.end + by };
      });
      const { ticks, unexplained } = align(skewed);
      expect(unexplained).toBe(0);
      for (const { id, parent, start, end } of specs) {
        const [from, to] = ticks[id]!;
        expect(to - from).toBe(end - start);
        if (parent === undefined) continue;
        expect(from).toBeGreaterThanOrEqual(ticks[parent]![0]);
        expect(to).toBeLessThanOrEqual(ticks[parent]![1]);
      }
    }),
    { numRuns: 500 },
  );
});
