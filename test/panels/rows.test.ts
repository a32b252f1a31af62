import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading, Snapshot } from '../../src/graph/index.ts';
import { COLUMNS, type MeasureRow, rowOf, sortRows } from '../../src/panels/measure/rows.ts';

const latency = (at: number, values: number[]): Reading => ({
  subject: { type: 'edge', id: 'e' },
  metric: 'latency',
  value: { type: 'samples', values },
  at,
  window: 60_000,
  instance: null,
  instances: null,
  side: null,
  samples: null,
  provenance: { source: 's', label: 'Prometheus', simulated: false },
});

describe('rows of the edge table', () => {
  it('hold the quantile, its baseline and the ratio of the two', () => {
    const baseline: Snapshot = {
      id: 'b',
      name: 'Baseline',
      at: 0,
      window: 60_000,
      readings: [latency(0, [50])],
    };
    const row = rowOf('e', 'a → b', {
      best: (_, metric) => (metric === 'latency' ? latency(1000, [100, 200]) : null),
      q: 0.5,
      baseline,
      isStale: () => false,
    });
    expect(row).toEqual({
      id: 'e',
      name: 'a → b',
      value: 150,
      baseline: 50,
      ratio: 3,
      rate: null,
      errors: null,
      stale: false,
      instance: null,
    });
  });

  it('are sorted with what was not measured last, in both directions', () => {
    const value = fc.option(fc.double({ min: 0, max: 1e4, noNaN: true }));
    const row: fc.Arbitrary<MeasureRow> = fc.record({
      id: fc.uuid(),
      name: fc.string(),
      value,
      baseline: value,
      ratio: value,
      rate: value,
      errors: value,
      stale: fc.boolean(),
      instance: fc.constant(null),
    });
    const by = fc.constantFrom(...COLUMNS);
    fc.assert(
      fc.property(fc.array(row), by, fc.boolean(), (rows, column, descending) => {
        const sorted = sortRows(rows, { by: column, descending });
        expect(new Set(sorted)).toEqual(new Set(rows));
        const keys = sorted.map((each) => each[column]);
        const known = keys.filter((key) => key !== null);
        expect(keys.slice(0, known.length)).toEqual(known);
        for (const [i, key] of known.entries()) {
          const next = known[i + 1];
          if (typeof key !== 'number' || typeof next !== 'number') continue;
          expect(descending ? key >= next : key <= next).toBe(true);
        }
      }),
    );
  });
});
