import { describe, expect, it } from 'vitest';
import { type Comparison, compareReadings } from '../../src/analysis/index.ts';
import { emptyBoard, METRICS, type Reading } from '../../src/graph/index.ts';
import {
  comparisonKey,
  KINDS,
  metricsOf,
  sortComparisons,
} from '../../src/panels/measure/comparison-rows.ts';

const board = {
  ...emptyBoard('b'),
  nodes: Object.fromEntries(
    ['a', 'b', 'c', 'd'].map((id) => [
      id,
      { id, kind: 'service' as const, name: id, position: [0, 0] as [number, number] },
    ]),
  ),
};
const own = (id: string, value: number, n = 400): Reading => ({
  subject: { type: 'node', id },
  metric: 'own time',
  value: { type: 'samples', values: Array.from({ length: n }, (_, i) => value + (value * i) / n) },
  at: 0,
  window: 60_000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source: 's', label: 'Traces', simulated: false },
});
const compared = (id: string, by: number, n?: number): Comparison =>
  compareReadings(own(id, 10, n), own(id, 10 * by, n), { q: 0.95, load: null });
const all = [compared('a', 1), compared('b', 0.2), compared('c', 3), compared('d', 1.5, 8), compared('a', 9)];

describe('rows of comparisons', () => {
  it('begin with the worst that is sure, then what nobody can tell', () => {
    const sorted = sortComparisons(board, all, { by: 'verdict', descending: true });
    expect(sorted.map(({ verdict, subject }) => [verdict, subject.id])).toEqual([
      ['slower', 'a'],
      ['slower', 'c'],
      ["can't tell", 'd'],
      ['same', 'a'],
      ['faster', 'b'],
    ]);
  });

  it('are sorted by change, by the least that it may be, and by name', () => {
    const by = (by: 'ratio' | 'interval' | 'name', descending: boolean) =>
      sortComparisons(board, all, { by, descending }).map(({ subject }) => subject.id);
    expect(by('ratio', true)).toEqual(['a', 'c', 'd', 'a', 'b']);
    expect(by('interval', false)[0]).toBe('d');
    expect(by('name', false)).toEqual(['a', 'a', 'b', 'c', 'd']);
    expect(by('name', true)).toEqual(['d', 'c', 'b', 'a', 'a']);
  });

  it('tell every metric under one heading, and every row apart', () => {
    expect(KINDS.flatMap(metricsOf).sort()).toEqual(Object.keys(METRICS).sort());
    const other = { ...all[0]!, instance: 'a-1' };
    expect(comparisonKey(other)).not.toBe(comparisonKey(all[0]!));
  });
});
