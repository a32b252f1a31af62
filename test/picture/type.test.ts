import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutMiddle, FONTS, type Font, textWidth, wrap } from '../../src/picture/index.ts';

const anyFont = fc.constantFrom<Font>(...Object.values(FONTS));
const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.lorem());

test('numbers are tabular, words are not', () => {
  expect(textWidth('111', FONTS.pill)).toBeCloseTo(textWidth('888', FONTS.pill));
  expect(textWidth('182 ms', FONTS.pill)).toBeCloseTo(6 * 0.6 * 11);
  expect(textWidth('iii', FONTS.name)).toBeLessThan(textWidth('mmm', FONTS.name));
  expect(textWidth('heavier', FONTS.noteHeading)).toBeGreaterThan(textWidth('heavier', FONTS.note));
});

test('a cut name is never wider than its room and keeps both of its ends', () => {
  fc.assert(
    fc.property(anyText, fc.double({ min: 0, max: 400, noNaN: true }), anyFont, (text, room, font) => {
      const cut = cutMiddle(text, room, font);
      expect(textWidth(cut, font)).toBeLessThanOrEqual(room + 1e-9);
      if (cut === text) return;
      if (cut === '') return;
      const [head = '', tail = ''] = [cut.slice(0, cut.indexOf('…')), cut.slice(cut.lastIndexOf('…') + 1)];
      expect(text.startsWith(head)).toBe(true);
      expect(text.endsWith(tail)).toBe(true);
    }),
  );
});

test('a name that fits is left alone, one that does not is cut in the middle', () => {
  expect(cutMiddle('checkout', 200, FONTS.name)).toBe('checkout');
  expect(cutMiddle('recommendation-service-eu-west', 132, FONTS.name)).toMatch(/^recom.*….*west$/);
});

test('wrapping keeps every letter and no line is wider than its room', () => {
  fc.assert(
    fc.property(
      fc.lorem({ maxCount: 30 }),
      fc.integer({ min: 20, max: 300 }),
      anyFont,
      (text, room, font) => {
        const lines = wrap(text, room, font);
        for (const line of lines)
          if ([...line].length > 1) expect(textWidth(line, font)).toBeLessThanOrEqual(room);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      },
    ),
  );
});
