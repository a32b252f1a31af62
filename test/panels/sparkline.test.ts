import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SparkPoint, sparkPath, sparkScale } from '../../src/panels/live/sparkline.ts';

const SIZE = { width: 100, height: 40 };

describe('a sparkline', () => {
  it('has no scale where nothing was seen', () => {
    expect(sparkScale([])).toBeNull();
    expect(sparkScale([{ at: 0, value: null }])).toBeNull();
  });

  it('stands on zero, and is broken where nothing was seen', () => {
    const points: SparkPoint[] = [
      { at: 0, value: 10 },
      { at: 10_000, value: 20 },
      { at: 20_000, value: null },
      { at: 30_000, value: 0 },
      { at: 60_000, value: 5 },
    ];
    const scale = sparkScale(points)!;
    expect(scale).toEqual({ from: 0, to: 60_000, top: 20 });
    expect(sparkPath(points, scale, SIZE)).toBe('M0.0 20.0L16.7 0.0M50.0 40.0M100.0 30.0');
  });

  it('stays within its box for whatever was seen', () => {
    const value = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40_000 }), value)), (steps) => {
        let at = 0;
        const points = steps.map(([by, each]) => ({ at: (at += by), value: each }));
        const scale = sparkScale(points);
        if (!scale) return;
        for (const [, x, y] of sparkPath(points, scale, SIZE).matchAll(/[ML](\S+) ([\d.-]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(SIZE.width);
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(SIZE.height);
        }
      }),
    );
  });
});
