import { describe, expect, test } from 'vitest';
import { cssVariables, LINE_COLOURS, type Theme, TOKENS } from '../../src/picture/index.ts';
import { contrast, difference, EYES, linear, seenBy } from './colour.ts';

/** ΔE below which two colours that mean different things are too alike. */
const APART = 12;

describe.each<Theme>(['light', 'dark'])('the %s theme', (theme) => {
  const t = TOKENS[theme];
  const grounds = { board: t.board, surface: t.surface, sunken: t.sunken, groupFill: t.groupFill };

  test.each(['ink', 'inkSecondary', 'inkFaint', 'accent'] as const)(
    '%s is readable on every ground',
    (ink) => {
      for (const ground of [...Object.values(grounds), t.raised])
        expect(contrast(t[ink], ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test('text with a ground of its own is readable on it', () => {
    expect(contrast(t.noteInk, t.noteFill)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t.onAccent, t.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(t.ink, t.accentWash)).toBeGreaterThanOrEqual(4.5);
    // a hypothesis is written on the board in the colour of its mark, a change on the pill in that of its severity
    for (const colour of Object.values(t.mark))
      for (const ground of [t.board, t.groupFill])
        expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
    for (const colour of Object.values(t.severityText))
      expect(contrast(colour, t.surface)).toBeGreaterThanOrEqual(4.5);
  });

  test('lines are seen where they run', () => {
    for (const colour of [
      ...Object.values(t.severity),
      t.chalk,
      t.focus,
      t.accent,
      t.groupLine,
      t.nodeStroke,
    ])
      for (const ground of [t.board, t.groupFill]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
    expect(contrast(t.nodeStroke, t.nodeFill)).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(EYES))('severities and marks stay apart with %s vision', (_, eye) => {
    // neutral is no step of the scale: it says that nothing was compared, and its pill shows no change
    const { neutral: _neutral, ...steps } = t.severity;
    for (const scale of [steps, t.mark]) {
      const colours = Object.entries(scale);
      colours.forEach(([a, colour], i) => {
        for (const [b, other] of colours.slice(i + 1))
          expect(
            difference(seenBy(eye, linear(colour)), seenBy(eye, linear(other))),
            `${a} and ${b}`,
          ).toBeGreaterThan(APART);
      });
    }
  });

  test.each(Object.entries(EYES))('lines side by side stay apart with %s vision', (_, eye) => {
    const colours = LINE_COLOURS[theme];
    colours.forEach((colour, i) => {
      for (const ground of [t.surface, t.board]) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(3);
      for (const other of colours.slice(i + 1))
        expect(difference(seenBy(eye, linear(colour)), seenBy(eye, linear(other)))).toBeGreaterThan(APART);
    });
  });

  test('every token reaches CSS under its own name', () => {
    const variables = cssVariables(theme);
    expect(variables['--board']).toBe(t.board);
    expect(variables['--ink-secondary']).toBe(t.inkSecondary);
    expect(variables['--severity-much-slower']).toBe(t.severity['much slower']);
    expect(variables['--mark-cleared']).toBe(t.mark.cleared);
    const count = Object.values(t).reduce(
      (sum, each) => sum + (typeof each === 'string' ? 1 : Object.keys(each).length),
      0,
    );
    expect(Object.keys(variables)).toHaveLength(count);
  });
});
