import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localText, parseLocal } from '../../src/panels/timeline/local-time.ts';
import {
  shareOf,
  snap,
  stepOf,
  ticksOf,
  timeAt,
  viewOf,
  windowText,
} from '../../src/panels/timeline/scale.ts';

const NOW = 1_700_000_000_000;
const span = fc.integer({ min: 60_000, max: 30 * 86_400_000 });
const at = fc.integer({ min: NOW - 30 * 86_400_000, max: NOW });

describe('the strip’s scale', () => {
  it('leads from a time to a place and back', () => {
    fc.assert(
      fc.property(span, at, (length, time) => {
        const view = viewOf({ span: length, end: null }, NOW);
        expect(timeAt(shareOf(time, view), view)).toBeCloseTo(time, 0);
      }),
    );
  });

  it('has moments on one grid, none of them later than now, as fine as can be pointed at', () => {
    fc.assert(
      fc.property(span, at, (length, time) => {
        const step = stepOf(length);
        const found = snap(time, step, NOW);
        expect(found % step).toBe(0);
        expect(found).toBeLessThanOrEqual(NOW);
        expect(Math.abs(found - time)).toBeLessThanOrEqual(step);
        expect(length / step).toBeLessThanOrEqual(240);
      }),
    );
    expect([15 * 60_000, 3_600_000, 6 * 3_600_000, 86_400_000].map(stepOf)).toEqual([
      5000, 15_000, 120_000, 600_000,
    ]);
  });

  it('has at most as many ticks as there is room for, evenly apart', () => {
    fc.assert(
      fc.property(span, (length) => {
        const view = viewOf({ span: length, end: NOW }, NOW);
        const ticks = ticksOf(view, 8);
        expect(ticks.length).toBeLessThanOrEqual(9);
        const gaps = new Set(ticks.slice(1).map((tick, i) => tick - ticks[i]!));
        expect(gaps.size).toBeLessThanOrEqual(1);
        for (const tick of ticks) expect(tick >= view.from && tick <= view.to).toBe(true);
      }),
    );
  });

  it('reads back the times that it writes into a field', () => {
    fc.assert(
      // no clock is set in these days: an hour that comes twice cannot be read back
      fc.property(fc.integer({ min: NOW - 7 * 86_400_000, max: NOW }), (time) => {
        const whole = Math.floor(time / 1000) * 1000;
        expect(parseLocal(localText(whole))).toBe(whole);
      }),
    );
    expect(parseLocal('')).toBeNull();
    expect(parseLocal('tomorrow')).toBeNull();
  });

  it('says windows roundly', () => {
    expect([10_000, 60_000, 900_000, 3_600_000].map(windowText)).toEqual(['10 s', '1 min', '15 min', '1 h']);
  });
});
