import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snap } from '../../src/canvas/gestures/snap.ts';
import type { Rect } from '../../src/graph/index.ts';

const rect = (x: number, y: number, width = 184, height = 72): Rect => ({ x, y, width, height });

describe('snapping', () => {
  it('falls in line with the nearest side or middle on each axis, and shows the lines', () => {
    const { by, guides } = snap(rect(3, 400), [rect(0, 0), rect(500, 402)], 6);
    expect(by).toEqual([-3, 2]);
    expect(guides).toContainEqual({ from: [0, 0], to: [0, 474] });
    expect(guides).toContainEqual({ from: [0, 402], to: [684, 402] });
    // of equal size: both sides and the middle are in line
    expect(guides).toHaveLength(6);
  });

  it('lines a middle up with a side', () => {
    expect(snap(rect(90, 300, 100, 40), [rect(139, 0)], 6).by).toEqual([-1, 0]);
  });

  it('leaves alone what is near nothing', () => {
    expect(snap(rect(50, 400), [rect(0, 0)], 6)).toEqual({ by: [0, 0], guides: [] });
    expect(snap(rect(0, 0), [], 6)).toEqual({ by: [0, 0], guides: [] });
  });

  it('never moves further than its reach, and once in line moves no more', () => {
    const place = fc.integer({ min: -300, max: 300 });
    const box = fc
      .tuple(place, place, fc.integer({ min: 16, max: 300 }), fc.integer({ min: 16, max: 300 }))
      .map(([x, y, width, height]) => ({ x, y, width, height }));
    fc.assert(
      fc.property(
        box,
        fc.array(box, { maxLength: 6 }),
        fc.integer({ min: 0, max: 20 }),
        (moving, others, reach) => {
          const { by } = snap(moving, others, reach);
          for (const each of by) expect(Math.abs(each)).toBeLessThanOrEqual(reach);
          const there = { ...moving, x: moving.x + by[0], y: moving.y + by[1] };
          const again = snap(there, others, reach);
          expect(again.by.map(Math.abs)).toEqual([0, 0]);
        },
      ),
    );
  });
});
