/** The way of the view from one place to another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpolateZoom } from '../../src/canvas/between-views.ts';

const place = fc.double({ min: -10_000, max: 10_000, noNaN: true });
const view = fc.tuple(place, place, fc.double({ min: 10, max: 50_000, noNaN: true }));
const near = (a: readonly number[], b: readonly number[], within: number) =>
  expect(Math.max(...a.map((each, i) => Math.abs(each - b[i]!)))).toBeLessThan(within);

test('begins and ends where it is told to', () =>
  fc.assert(
    fc.property(view, view, (from, to) => {
      const between = interpolateZoom(from, to);
      near(between(0), from, 0.01);
      near(between(1), to, 0.01);
    }),
  ));

test('what is at the same place of the page before and after never moves', () =>
  fc.assert(
    fc.property(view, place, fc.double({ min: 0.2, max: 0.9, noNaN: true }), (from, x, t) => {
      const [x0, , width] = from;
      // twice as wide about a point: it keeps its share of the width
      const share = (x - x0) / width;
      const between = interpolateZoom(from, [x - share * 2 * width, from[1], 2 * width]);
      const [xt, , wt] = between(t);
      expect((x - xt) / wt).toBeCloseTo(share, 6);
    }),
  ));
