/**
 * Pictures as they leave: each PNG that the browser made is held against the SVG of the same moment as resvg, which shares no
 * code with it, draws that; and against the drawing of the command line.
 */
import { expect, it } from 'vitest';
import { embeddedFonts } from '../../src/cli/fonts.ts';
import { pictureOf, rasterise } from '../../src/cli/picture.ts';
import { type Board, loadBoard, nodeRect, serializeBoard } from '../../src/graph/index.ts';
import { type Theme, TOKENS } from '../../src/picture/index.ts';
import { apart, colourAt, colourOf, differenceOf, type Pixels, readPng, strayIn } from '../picture/pixels.ts';
import { NOW, sampleInput } from '../picture/sample.ts';
import { gridBoard } from './boards.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
const THEMES = { Light: 'light', Dark: 'dark' } as const satisfies Record<string, Theme>;
/** Around everything that is drawn, of the 32 pixels that there are at scale 1. */
const PADDING = 28;

/** The shop of the golden pictures, with its figures in it: they are the same whenever it is drawn. */
function shop(): Board {
  const { board, readings } = sampleInput('light');
  const imported = [...(readings as ReadonlyMap<string, never[]>).values()].flat();
  return {
    ...board,
    snapshots: {
      s: { id: 's', name: 'shop.json', at: NOW, window: 60_000, imported: true, readings: imported },
    },
  };
}

/** Opens a board at a time that stands still, so that two pictures of it are of the same moment. */
async function opened(board: string): Promise<Chalkline> {
  const chalkline = await open({ before: (page) => page.clock.setFixedTime(NOW + 60_000) });
  await chalkline.importFile({ name: 'board.json', content: board });
  await chalkline.told(/board\.json/);
  await chalkline.stopped();
  return chalkline;
}

type Size = { width: number; height: number };
const sizeOf = (svg: string): Size => {
  const [, width, height] = /<svg[^>]* width="(\d+)" height="(\d+)"/.exec(svg)!;
  return { width: Number(width), height: Number(height) };
};

/** The SVG as resvg draws it, stretched to the size of the picture that it is compared with. */
async function independently(svg: string, { width, height }: Pixels): Promise<Pixels> {
  const stretched = svg.replace(
    / width="\d+" height="\d+"/,
    ` width="${width}" height="${height}" preserveAspectRatio="none"`,
  );
  const bounds = { x: 0, y: 0, width, height };
  return readPng((await rasterise({ svg: stretched, width, height, bounds }, 1)).bytes);
}

function expectAlike(png: Pixels, other: Pixels, theme: Theme): void {
  expect([png.width, png.height]).toEqual([other.width, other.height]);
  const { mean, share, onlyInFirst, onlyInSecond } = differenceOf(png, other, colourOf(TOKENS[theme].board));
  // two renderers agree on all but how the borders of letters and lines are smoothed
  expect(mean).toBeLessThan(4);
  expect(share).toBeLessThan(0.2);
  expect(onlyInFirst).toBeLessThan(0.001);
  expect(onlyInSecond).toBeLessThan(0.001);
}

it.each(['Light', 'Dark'] as const)(
  '%s: a PNG is what resvg makes of the SVG, at each scale, with nothing cut off',
  async (theme) => {
    const chalkline = await opened(serializeBoard(shop()));
    const svg = (await chalkline.exportAs('SVG', { theme })).toString('utf8');
    expect(svg).toContain('182 ms');
    const tokens = TOKENS[THEMES[theme]];
    for (const scale of ['1×', '2×'] as const) {
      const png = readPng(await chalkline.exportAs('PNG', { theme, scale }));
      const times = Number(scale[0]);
      const { width, height } = sizeOf(svg);
      expect([png.width, png.height]).toEqual([width * times, height * times]);
      expectAlike(png, await independently(svg, png), THEMES[theme]);
      expect(strayIn(png, PADDING * times, colourOf(tokens.board), colourOf(tokens.grid))).toBe(0);
    }
  },
);

it('a picture of the view is cut off where the view ends, alike in both', async () => {
  const chalkline = await opened(serializeBoard(shop()));
  await chalkline.press('Control+0');
  const svg = (await chalkline.exportAs('SVG', { of: 'View', theme: 'Light' })).toString('utf8');
  const png = readPng(await chalkline.exportAs('PNG', { of: 'View', theme: 'Light', scale: '1×' }));
  expectAlike(png, await independently(svg, png), 'light');
});

it('the command line draws the same picture', async () => {
  const chalkline = await opened(serializeBoard(shop()));
  const bare = { figures: false, title: false, theme: 'Dark', strip: true } as const;
  const svg = (await chalkline.exportAs('SVG', bare)).toString('utf8');
  const loaded = loadBoard(await chalkline.boardJson(), 'unused');
  if (!loaded.ok) throw new Error('the page exports no board');
  const drawn = pictureOf(loaded.board, {
    theme: 'dark',
    legend: true,
    titled: false,
    quantile: 0.95,
    shown: null,
    against: null,
    fonts: await embeddedFonts(),
  });
  // when it was drawn, which the command line does not say, is all that differs
  const drawing = (text: string) => text.replace(/<desc>.*?<\/desc>/s, '');
  expect(drawing(drawn.svg)).toBe(drawing(svg));
});

it('a thousand parts in one PNG: every card is there, and what runs between', async () => {
  const chalkline = await opened(JSON.stringify(gridBoard(1000)));
  const choice = { theme: 'Light', figures: false } as const;
  const svg = (await chalkline.exportAs('SVG', choice)).toString('utf8');
  const bytes = await chalkline.exportAs('PNG', { ...choice, scale: '1×' });
  await chalkline.told(/the most a PNG may have here/);
  const png = readPng(bytes);
  const { width } = sizeOf(svg);
  const scale = png.width / width;
  expect(png.width * png.height).toBeLessThanOrEqual(4096 ** 2);
  const [, x, y] = /viewBox="(-?\d+) (-?\d+)/.exec(svg)!.map(Number);
  const fill = colourOf(TOKENS.light.nodeFill);
  const { nodes } = await chalkline.boardJson();
  expect(Object.keys(nodes)).toHaveLength(1000);
  for (const node of Object.values(nodes)) {
    const rect = nodeRect(node);
    let filled = 0;
    const across = 40;
    for (let i = 0; i < across; i++) {
      const at = [rect.x + (rect.width * (i + 0.5)) / across - x!, rect.y + rect.height * 0.8 - y!];
      if (apart(colourAt(png, Math.round(at[0]! * scale), Math.round(at[1]! * scale)), fill) < 6) filled++;
    }
    expect(filled, node.name).toBeGreaterThan(across / 2);
  }
  expectAlike(png, await independently(svg, png), 'light');
});
