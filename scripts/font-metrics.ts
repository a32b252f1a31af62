/**
 * Measures the advance widths of the fonts we ship and writes src/picture/font-widths.ts, so that text can
 * be measured where there is no browser. Run by hand when the fonts change:
 *   CHALKLINE_BROWSER=<path of a Chromium> npm run font-metrics
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const WEIGHTS = [400, 600];
/** First and last code point: Latin, Greek, Cyrillic, and the signs we print. */
const RANGES: [number, number][] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x386, 0x3ce],
  [0x400, 0x45f],
  [0x2010, 0x2015],
  [0x2018, 0x2026],
  [0x2190, 0x2193],
];
const FILES = ['latin', 'latin-ext', 'greek', 'cyrillic'].map(
  (subset) =>
    `data:font/woff2;base64,${readFileSync(
      new URL(
        `../node_modules/@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`,
        import.meta.url,
      ),
    ).toString('base64')}`,
);

const executablePath = process.env.CHALKLINE_BROWSER;
const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath });
const page = await browser.newPage();
const widths = await page.evaluate(
  async ({ files, weights, ranges }) => {
    const families: string[] = [];
    for (const [i, file] of files.entries()) {
      const face = new FontFace(`Measured${i}`, `url(${file})`, { weight: '100 900' });
      await face.load();
      document.fonts.add(face);
      families.push(face.family);
    }
    const context = new OffscreenCanvas(10, 10).getContext('2d')!;
    return weights.map((weight) =>
      ranges.flatMap(([first, last]) =>
        Array.from({ length: last - first + 1 }, (_, i) => {
          context.font = `${weight} 1000px ${families.join(', ')}`;
          return Math.round(context.measureText(String.fromCodePoint(first + i)).width);
        }),
      ),
    );
  },
  { files: FILES, weights: WEIGHTS, ranges: RANGES },
);
await browser.close();

const lines = (numbers: number[]) =>
  (`${numbers.join(', ')},`.match(/.{1,106}( |$)/g) ?? []).map((line) => `  ${line.trim()}`);
const [regular, semibold] = widths as [number[], number[]];
const table = (about: string, name: string, numbers: number[]) => [
  `/** ${about} */`,
  '// biome-ignore format: a table of numbers',
  `export const ${name}: readonly number[] = [`,
  ...lines(numbers),
  '];',
];
writeFileSync(
  new URL('../src/picture/font-widths.ts', import.meta.url),
  [
    '/** Advance widths of Inter in thousandths of an em, in the order of RANGES. Written by scripts/font-metrics.ts. */',
    '',
    '/** First and last code point of each run. */',
    'export const RANGES = [',
    ...RANGES.map(([first, last]) => `  [0x${first.toString(16)}, 0x${last.toString(16)}],`),
    '] as const;',
    '',
    ...table('Of weight 400.', 'REGULAR', regular),
    '',
    ...table(
      'What weight 600 is wider by: small numbers make a small file.',
      'SEMIBOLD_ADDS',
      semibold.map((width, i) => width - regular[i]!),
    ),
    '',
  ].join('\n'),
);
