/** The drawing as another program sets it: nothing is cut off, whatever the board, in both themes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rasterise } from '../../src/cli/picture.ts';
import { drawBoard, type Theme, TOKENS } from '../../src/picture/index.ts';
import { drawnBoard } from '../arbitraries/drawn.ts';
import { colourOf, readPng, strayIn } from './pixels.ts';
import { NOW, sampleInput, simpleRoutes } from './sample.ts';

/** Around everything that is drawn, pixels at scale 1: of the 32 there are, borders of letters and rings take some. */
const PADDING = 28;

const theme = fc.constantFrom<Theme>('light', 'dark');

test('around whatever is drawn there is nothing but the ground', async () => {
  await fc.assert(
    fc.asyncProperty(drawnBoard, theme, fc.boolean(), fc.boolean(), async (board, theme, legend, titled) => {
      const drawing = drawBoard({
        board,
        readings: new Map(),
        routes: simpleRoutes(board),
        labels: new Map(),
        theme,
        quantile: 0.95,
        title: board.title,
        at: '14 March 2025, 10:26:53 GMT+1',
        sources: ['Prometheus prometheus.shop.example'],
        simulated: true,
        legend,
        titled,
        withFigures: true,
        now: NOW,
        isStale: () => false,
      });
      // without the dots of the slate, so that anything there is something
      const svg = drawing.svg.replace(/<rect [^>]*fill="url\(#grid\)"\/>/, '');
      const { bytes } = await rasterise({ ...drawing, svg }, 1);
      const pixels = readPng(bytes);
      expect([pixels.width, pixels.height]).toEqual([drawing.width, drawing.height]);
      expect(strayIn(pixels, PADDING, colourOf(TOKENS[theme].board))).toBe(0);
    }),
    { numRuns: 5 },
  );
}, 120_000);

test.each<Theme>(['light', 'dark'])(
  'a frame cuts the %s drawing off, and nothing of it lies outside',
  async (theme) => {
    const frame = { x: 700, y: 100, width: 600, height: 300 };
    const drawing = drawBoard({
      ...sampleInput(theme),
      frame,
      titled: false,
      legend: false,
      simulated: false,
    });
    expect(drawing.bounds).toEqual({ x: 668, y: 68, width: 664, height: 364 });
    const svg = drawing.svg.replace(/<rect [^>]*fill="url\(#grid\)"\/>/, '');
    const pixels = readPng((await rasterise({ ...drawing, svg }, 2)).bytes);
    expect([pixels.width, pixels.height]).toEqual([1328, 728]);
    expect(strayIn(pixels, 2 * PADDING, colourOf(TOKENS[theme].board))).toBe(0);
    expect(strayIn(pixels, 2 * PADDING + 40, colourOf(TOKENS[theme].board))).toBeGreaterThan(0);
  },
);
