import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Distribution,
  emptyBoard,
  projectBoard,
  quantile,
  type Reading,
} from '../../src/graph/index.ts';
import { edgeLabel, pillFace } from '../../src/picture/index.ts';
import { bundleOf, widthsOf } from '../../src/workspace/bundle.ts';

const reading = (id: string, value: Distribution, source = 's'): Reading => ({
  subject: { type: 'edge', id },
  metric: 'latency',
  value,
  at: 0 as Reading['at'],
  window: 1000 as Reading['window'],
  instance: null,
  instances: null,
  side: 'caller',
  samples: 10,
  provenance: { source, label: source, simulated: false },
});
const samples = (...values: number[]) => ({ type: 'samples', values }) as Distribution;
const p95 = (value: number) => ({ type: 'quantiles', points: [{ q: 0.95, value }] }) as Distribution;

describe('several edges told as one', () => {
  it('have room for what their pill says', () => {
    const board = emptyBoard('b');
    for (const [id, group] of [['a'], ['b', 'g'], ['c', 'g']] as const)
      board.nodes[id] = { id, name: id, kind: 'service', position: [0, 0], ...(group && { group }) };
    board.groups.g = { id: 'g', name: 'g', collapsed: true };
    for (const id of ['b', 'c']) board.edges[id] = { id, source: 'a', target: id, kind: 'call' };
    const nothing = { best: () => null };
    const widths = widthsOf(projectBoard(board), nothing, null);
    const [[edge, width], ...others] = [...widths] as [[string, number]];
    expect(others).toEqual([]);
    for (const values of [
      [samples(182), samples(9.75)],
      [p95(182), p95(9.75)],
    ]) {
      const { reading: latency, words } = bundleOf(
        edge,
        values.map((value, i) => reading(`${i}`, value)),
        0.95,
      );
      const label = edgeLabel({ latency, q: 0.95, baseline: null, now: 0, stale: false });
      const face = pillFace({ ...label, text: `${label.text} · ${words}` }, 'call')!;
      expect(words).toMatch(/^(2 merged|worst of 2)$/);
      expect(face.width).toBeLessThanOrEqual(width);
    }
  });

  it('an edge that speaks of one instance has room for its name, and no other edge has', () => {
    const board = emptyBoard('b');
    for (const id of ['a', 'b']) board.nodes[id] = { id, name: id, kind: 'service', position: [0, 0] };
    for (const [id, source, target] of [
      ['ab', 'a', 'b'],
      ['ba', 'b', 'a'],
    ] as const)
      board.edges[id] = { id, source, target, kind: 'call' };
    const instance = 'catalog-7d9f8b6c5-x2x9z';
    const latency = { ...reading('ab', samples(182)), instance };
    const best = ({ id }: { id: string }, _: unknown, of?: string | null) =>
      id === 'ab' && of === instance ? latency : null;
    const widths = widthsOf(projectBoard(board), { best }, instance);
    expect([...widths.keys()]).toEqual(['ab']);
    const label = edgeLabel({ latency, q: 0.95, baseline: null, now: 0, stale: false });
    expect(label.text).toBe('182 ms · cata…6c5-x2x9z');
    expect(pillFace(label, 'call')!.width).toBeLessThanOrEqual(widths.get('ab')!);
    expect(widthsOf(projectBoard(board), { best }, null).size).toBe(0);
  });

  it('are merged where one source counted them alike: the quantile is that of all requests together', () => {
    const one = bundleOf('e', [reading('a', samples(1, 2, 3)), reading('b', samples(10, 20))], 0.5);
    expect(one.words).toBe('2 merged');
    expect(one.reading?.value).toEqual(samples(1, 2, 3, 10, 20));
    expect(one.reading?.samples).toBe(20);
  });

  it('are told by the worst where they cannot be merged, which is named as such', () => {
    const quantiles = bundleOf(
      'e',
      [reading('a', p95(100)), reading('b', p95(300)), reading('c', p95(200))],
      0.95,
    );
    expect(quantiles).toMatchObject({ words: 'worst of 3', edge: 'b' });
    const sources = bundleOf('e', [reading('a', samples(1), 's'), reading('b', samples(5), 't')], 0.5);
    expect(sources).toMatchObject({ words: 'worst of 2', edge: 'b' });
  });

  it('say how many of them were not measured', () => {
    const some = bundleOf('e', [reading('a', samples(1)), null, reading('c', samples(4))], 0.5);
    expect(some).toMatchObject({ words: 'worst of 2 measured of 3', edge: 'c' });
    expect(bundleOf('e', [null, null], 0.5).reading).toBeNull();
  });

  it('never say less than the fastest nor more than the slowest of them', () => {
    const values = fc
      .array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 9 })
      .map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(
        fc.array(values, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (all, q) => {
          const parts = all.map((list, i) => reading(`e${i}`, samples(...list)));
          const told = quantile(bundleOf('e', parts, q).reading!.value as Distribution, q)!.value;
          expect(told).toBeGreaterThanOrEqual(Math.min(...all.flat()));
          expect(told).toBeLessThanOrEqual(Math.max(...all.flat()));
        },
      ),
    );
  });
});
