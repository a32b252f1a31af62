import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Board,
  emptyBoard,
  type Point,
  type Reading,
  type Subject,
  subjectKey,
} from '../../src/graph/index.ts';
import { type DrawInput, drawBoard, pictureScale, type Theme } from '../../src/picture/index.ts';
import { boardArbitrary, readingArbitrary } from '../arbitraries/board.ts';
import { readSvg } from './read-svg.ts';
import { NOW, sampleInput, simpleRoutes } from './sample.ts';

/** A changed drawing is looked at first, then accepted: UPDATE_GOLDEN=1 vitest run test/picture. */
const ACCEPT = process.env.UPDATE_GOLDEN === '1';

/** Coordinates are written with two decimals. */
const ROUNDING = 0.01;

const coordinate = fc.integer({ min: -20_000, max: 20_000 });
const anyPoint: fc.Arbitrary<Point> = fc.tuple(coordinate, coordinate);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '<script>alert(1)</script>',
    '"/><image href="https://evil.example/x.png"/>',
    ']]><!--',
    '&lt;&#0;',
    '\u0000\ud800 \uffff',
    'url(https://evil.example)',
  ),
);

/** A board with routes and labels that may lie anywhere, and readings of anything. */
const anyInput: fc.Arbitrary<DrawInput> = boardArbitrary().chain((board) => {
  const edges = Object.keys(board.edges);
  const subjects: Subject[] = [
    ...Object.keys(board.nodes).map((id) => ({ type: 'node' as const, id })),
    ...edges.map((id) => ({ type: 'edge' as const, id })),
  ];
  const some = <T>(value: fc.Arbitrary<T>) =>
    edges.length === 0 ? fc.constant([]) : fc.array(fc.tuple(fc.constantFrom(...edges), value));
  return fc
    .record({
      routes: some(fc.array(anyPoint, { minLength: 2, maxLength: 6 })),
      labels: some(anyPoint),
      readings:
        subjects.length > 0 ? fc.array(readingArbitrary(subjects), { maxLength: 12 }) : fc.constant([]),
      baseline: fc.option(fc.double({ min: 0, max: 1e5, noNaN: true })),
      theme: fc.constantFrom<Theme>('light', 'dark'),
      quantile: fc.constantFrom(0.5, 0.95, 0.99),
      title: anyText,
      at: anyText,
      sources: fc.array(anyText, { maxLength: 3 }),
      simulated: fc.boolean(),
      legend: fc.boolean(),
      withFigures: fc.boolean(),
    })
    .map(({ routes, labels, readings, baseline, ...rest }) => ({
      ...rest,
      board,
      routes: new Map([...simpleRoutes(board), ...routes]),
      labels: new Map(labels),
      readings: Map.groupBy(readings, (each: Reading) => subjectKey(each.subject)),
      baselines: () => baseline,
      now: NOW,
      isStale: (each) => NOW - each.at > 30_000,
    }));
});

describe.each<Theme>(['light', 'dark'])('the %s picture', (theme) => {
  test('looks as it did when a person last looked at it', () => {
    const file = new URL(`../golden/shop-${theme}.svg`, import.meta.url);
    const { svg } = drawBoard(sampleInput(theme));
    // one element a line, so that a change can be read in a diff
    const lines = `${svg.replaceAll('><', '>\n<')}\n`;
    if (ACCEPT) writeFileSync(file, lines);
    expect(existsSync(file), 'no golden picture: look at the drawing, then run with UPDATE_GOLDEN=1').toBe(
      true,
    );
    expect(lines).toBe(readFileSync(file, 'utf8'));
  });
});

test('whatever the board, the picture is well-formed and nothing lies outside it', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const { svg, bounds } = drawBoard(input);
      const within = ([x, y]: Point) =>
        x >= bounds.x - ROUNDING &&
        x <= bounds.x + bounds.width + ROUNDING &&
        y >= bounds.y - ROUNDING &&
        y <= bounds.y + bounds.height + ROUNDING;
      expect(readSvg(svg).points.filter((point) => !within(point))).toEqual([]);
    }),
  );
});

test('the same board gives the same text', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const { baselines, isStale, ...data } = input;
      const copy = { ...structuredClone(data), baselines: baselines!, isStale };
      expect(drawBoard(copy)).toEqual(drawBoard(input));
    }),
    { numRuns: 30 },
  );
});

test('what is locked has its padlock, and notes lie over cards but those behind them', () => {
  const board = emptyBoard('b');
  board.nodes.n = { id: 'n', name: 'n', kind: 'service', position: [0, 0], locked: true };
  const note = (id: string, more: { z?: number; locked?: true } = {}) => {
    board.notes[id] = { id, text: id, position: [0, 0], size: [100, 60], ...more };
  };
  note('higher', { z: 2 });
  note('usual');
  note('behind', { z: -1, locked: true });
  const { svg } = drawBoard({ ...sampleInput('light'), board });
  expect(svg.match(/<title>locked<\/title>/g)).toHaveLength(2);
  const places = ['>behind<', 'href="#card-service"', '>usual<', '>higher<'].map((part) => svg.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
});

test('foreign text stays text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const board = emptyBoard('b', text);
      board.nodes.n = {
        id: 'n',
        name: text,
        kind: 'service',
        technology: text,
        position: [0, 0],
        group: 'g',
      };
      board.groups.g = { id: 'g', name: text };
      board.notes.t = { id: 't', text, position: [300, 0], size: [200, 100] };
      board.marks.m = {
        id: 'm',
        subject: { type: 'node', id: 'n' },
        status: 'suspected',
        hypothesis: text,
        at: 0,
      };
      const { svg } = drawBoard({ ...sampleInput('dark'), board, title: text, at: text, sources: [text] });
      const { attributes } = readSvg(svg);
      expect([...attributes].filter((name) => /^on|^style$/.test(name))).toEqual([]);
    }),
  );
});

const withBoard = (change: (board: Board) => void): DrawInput => {
  const input = sampleInput('light');
  change(input.board);
  return input;
};
const textsOf = (input: DrawInput) => readSvg(drawBoard(input).svg).texts;

test('it says title, time, sources, and that figures were simulated', () => {
  const texts = textsOf(sampleInput('light'));
  expect(texts).toContain('Slow checkout, Friday morning');
  expect(texts.join('\n')).toContain('14 March 2025, 10:26:53 GMT+1 · Prometheus prometheus.shop.example');
  expect(texts.join('\n')).toContain('Simulated figures');
  expect(textsOf({ ...sampleInput('light'), simulated: false }).join('\n')).not.toMatch(/simulated/i);
});

test('stale figures say their age, absent ones are a dash', () => {
  const texts = textsOf(sampleInput('light'));
  expect(texts).toContain('4 min ago');
  expect(texts).toContain('mail to receipts, consume, p95 –');
  expect(texts).toContain('api to checkout, call, p95 182 ms, ↑3.2×');
});

test('hypotheses are written out', () => {
  expect(textsOf(sampleInput('light'))).toContain('Consumer falls behind');
});

test('without figures there are no pills but those of messages, and no strips on cards', () => {
  const texts = textsOf({ ...sampleInput('light'), withFigures: false });
  expect(texts).not.toContain('cpu');
  expect(texts.filter((text) => / to /.test(text) && /, (call|query)/.test(text))).toEqual([]);
  expect(texts).toContain('checkout to orders, publish');
});

test('a choice draws what was chosen and the edges between', () => {
  const { svg, width } = drawBoard({
    ...sampleInput('light'),
    only: new Set(['checkout', 'orders', 'api>sessions']),
  });
  const texts = readSvg(svg).texts;
  for (const name of ['checkout', 'orders', 'api', 'sessions']) expect(texts).toContain(name);
  for (const name of ['fulfilment', 'mail', 'What we know']) expect(texts).not.toContain(name);
  expect(texts).toContain('checkout to orders, publish, p95 4.21 ms, ≈');
  expect(width).toBeLessThan(drawBoard(sampleInput('light')).width);
});

test('a note grows rather than losing text', () => {
  const text = Array.from({ length: 60 }, (_, i) => `- line ${i}`).join('\n');
  const input = withBoard((board) => {
    board.notes.plan!.text = text;
  });
  expect(textsOf(input)).toContain('line 59');
  expect(drawBoard(input).height).toBeGreaterThan(drawBoard(sampleInput('light')).height);
});

test('fonts are carried within or refused', () => {
  const font = { family: 'Inter Variable', weight: '100 900', dataUri: 'data:font/woff2;base64,AAAA' };
  expect(drawBoard({ ...sampleInput('light'), fonts: [font] }).svg).toContain(
    'src:url(data:font/woff2;base64,AAAA)',
  );
  const elsewhere = { ...font, dataUri: 'https://fonts.example/inter.woff2' };
  expect(() => drawBoard({ ...sampleInput('light'), fonts: [elsewhere] })).toThrow('Inter Variable');
});

test('an empty board is a picture too', () => {
  const { svg, width, height } = drawBoard({ ...sampleInput('dark'), board: emptyBoard('e', 'Nothing yet') });
  readSvg(svg);
  expect(width).toBeGreaterThan(500);
  expect(height).toBeGreaterThan(100);
});

describe('the scale of a raster picture', () => {
  test('is as asked where that fits', () => {
    expect(pictureScale({ width: 800, height: 600 }, 2)).toEqual({
      scale: 2,
      width: 1600,
      height: 1200,
      clamped: false,
    });
  });

  test('never exceeds what browsers draw, and says that it was less than asked', () => {
    const size = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0.1, max: 8, noNaN: true }), (width, height, scale) => {
        const picture = pictureScale({ width, height }, scale);
        expect(picture.clamped).toBe(picture.scale < scale);
        expect(Math.max(picture.width, picture.height)).toBeLessThanOrEqual(8192);
        expect(picture.width * picture.height).toBeLessThanOrEqual(4096 ** 2);
      }),
    );
  });
});
