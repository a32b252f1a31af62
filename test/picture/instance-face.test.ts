import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instancesText, pillTags, type Ticks, ticksFace } from '../../src/picture/index.ts';

const ticksOf = (values: readonly number[]): Ticks => {
  const sorted = values.toSorted((a, b) => b - a);
  const half = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2;
  return {
    figures: sorted.map((value, i) => ({ instance: `pod-${i}`, value })),
    skew: median > 0 ? sorted[0]! / median : null,
  };
};
const places = (path: string) => [...path.matchAll(/M([-\d.]+) /g)].map(([, x]) => Number(x));

describe('instances beside each other', () => {
  it('each has a tick of its own within the strip, in the order of their figures', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 }),
        (values) => {
          const face = ticksFace(ticksOf(values), 60, null);
          const all = [...places(face.highest), ...places(face.ticks)];
          expect(all).toHaveLength(values.length);
          for (const [i, x] of all.entries()) {
            expect(x).toBeGreaterThanOrEqual(-0.01);
            expect(x).toBeLessThanOrEqual(60.01);
            if (i > 0) expect(x).toBeLessThan(all[i - 1]!);
          }
        },
      ),
    );
  });

  it('the highest is told apart by its form, too, where it stands off', () => {
    expect(ticksFace(ticksOf([9, 9, 300]), 60, null)).toMatchObject({ severity: 'severe', chosen: null });
    expect(ticksFace(ticksOf([9, 9, 300]), 60, null).highest).toContain('h4');
    expect(ticksFace(ticksOf([9, 9, 9.1]), 60, null)).toMatchObject({ severity: 'same', highest: '' });
    expect(ticksFace(ticksOf([9, 9, 9.1]), 60, 'pod-2').chosen).toContain('h5');
  });

  it('how far they differ is said from half as much again on', () => {
    expect(instancesText(ticksOf([9, 9, 300]))).toBe('×3 skew 33×');
    expect(instancesText(ticksOf([9, 9, 13]))).toBe('×3');
    expect(pillTags(ticksOf([9, 9, 13]), null).map(({ text }) => text)).toEqual([null]);
    const [whole, words, ticks] = pillTags(ticksOf([9, 9, 300]), null);
    expect(whole!.width).toBeGreaterThan(words!.width);
    expect(words!.width).toBeGreaterThan(ticks!.width);
  });
});
