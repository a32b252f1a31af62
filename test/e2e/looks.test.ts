/** What the page looks like, in both themes and two sizes, and whether everybody can use it. Pictures go to test-results/. */
import { describe, expect, it } from 'vitest';
import { axeScript, violations } from './axe.ts';
import { gridBoard } from './boards.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

/** Colours of the painted canvas where nothing floats over it: how many there are. */
async function colours(chalkline: Chalkline): Promise<number> {
  return chalkline.page.locator('.canvas-layer').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4 * 7)
      seen.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
    return seen.size;
  });
}

/** What floats over the canvas, by what it covers: no two of them may. */
async function overlaps(chalkline: Chalkline): Promise<string[]> {
  return chalkline.page.evaluate(() => {
    const floating = [
      ...document.querySelectorAll('.top-bar > .island, .tool-rail, .side-panel, .minimap, .hint-line'),
    ];
    const boxes = floating.map((each) => [each.className, each.getBoundingClientRect()] as const);
    return boxes.flatMap(([a, p], i) =>
      boxes.slice(i + 1).flatMap(([b, q]) => {
        const apart = p.right <= q.left || q.right <= p.left || p.bottom <= q.top || q.bottom <= p.top;
        return apart ? [] : [`${a} over ${b}`];
      }),
    );
  });
}

describe.each(THEMES)('%s', (theme) => {
  it.each(SIZES)(
    'at %i × %i with 5 and with 500 nodes: drawn, and nothing covers anything',
    async (width, height) => {
      const chalkline = await open({ theme, width, height });
      for (const count of [5, 500]) {
        await chalkline.importFile({ name: `${count}.json`, content: JSON.stringify(gridBoard(count)) });
        await chalkline.told(`${count} nodes`);
        await chalkline.stopped();
        expect(await colours(chalkline)).toBeGreaterThan(8);
        expect(await overlaps(chalkline)).toEqual([]);
        const panel = (await chalkline.page.getByRole('complementary', { name: 'Facts' }).boundingBox())!;
        expect(panel.width).toBeLessThanOrEqual(width / 3);
        const scrolls = await chalkline.page.evaluate(
          () =>
            document.documentElement.scrollWidth > innerWidth ||
            document.documentElement.scrollHeight > innerHeight,
        );
        expect(scrolls).toBe(false);
        await chalkline.screenshot(`${theme}-${width}-${count}`);
      }
    },
  );
});

describe.each(THEMES)('for everybody, %s', (theme) => {
  it('the main screen, its panels, dialogs and menus have no serious fault', async () => {
    const chalkline = await open({ theme, bypassPolicy: true });
    const { page } = chalkline;
    await chalkline.stopped();
    const faults: Record<string, string[]> = {};
    const look = async (what: string) => {
      faults[what] = await violations(chalkline.page);
      await chalkline.screenshot(`${theme}-${what}`);
    };
    await look('main');
    await chalkline.press(',', 'Shift+I');
    await chalkline.pastBadge.waitFor();
    await chalkline.timeline.getByRole('button', { name: 'Compare', exact: true }).click();
    await chalkline.compared.waitFor();
    await look('past');
    await chalkline.timeline.getByRole('button', { name: 'Compare', exact: true }).click();
    await chalkline.press('End', 'y');
    await chalkline.select('cart');
    await look('inspector');
    await chalkline.press('Control+a');
    await look('several');
    await chalkline.select('cart');
    await chalkline.mark('suspected', 'slow since noon');
    await look('suspects');
    await chalkline.selectEdge('edge', 'cart');
    await chalkline.tab('Inspector');
    await look('edge');
    await chalkline.speakOf('cart-1');
    await page.getByText('Where each figure is from').click();
    await look('one-instance');
    await chalkline.speakOfAll();
    await chalkline.selectEdge('checkout', 'orders');
    await look('message');
    await chalkline.tab('Measure');
    await look('measure');
    await chalkline.tab('Sources');
    await page.getByText('Make something misbehave').click();
    await look('sources');
    await chalkline.tab('Outline');
    await look('outline');
    await chalkline.select('payments');
    await chalkline.press('Shift+3');
    await look('focus');
    await chalkline.press('Control+f');
    await chalkline.type('cart');
    await look('find');
    await chalkline.press('Escape');
    await chalkline.click('Collapse shop');
    await look('collapsed');
    await chalkline.press('Shift+Enter');
    await look('looked-into');
    await chalkline.press('Control+Alt+p');
    await look('presented');
    await chalkline.press('Escape');
    await chalkline.click('Expand shop');
    await chalkline.writeNote({ x: 300, y: 640 }, 'pool exhausted since noon');
    await look('note');
    await chalkline.press('Escape', 'Shift+T');
    await page.getByRole('region', { name: 'Preview' }).waitFor();
    await look('preview');
    await chalkline.press('Escape', 'Control+k');
    const bar = page.getByRole('dialog', { name: 'Command bar' });
    await bar.getByRole('option').first().waitFor();
    await look('commands');
    for (const [what, text] of [
      ['sketch', 'checkout -> payments -> kafka:refunds => ledger'],
      ['several-lines', 'checkout -> ledger\n!ledger "locked?"'],
      ['sketch-fault', 'checkout -> -> payments'],
    ] as const) {
      await bar.getByRole('combobox').fill(text);
      await bar.getByRole('option', { name: what === 'sketch-fault' ? /^Not drawn/ : /^Draw/ }).waitFor();
      await look(what);
    }
    await chalkline.press('Escape');
    for (const [keys, name] of [
      ['Shift+?', 'Keys and help'],
      ['Control+Comma', 'Preferences'],
      ['Control+h', 'Find and replace names'],
      ['Control+e', 'Export'],
      ['Control+Shift+o', 'Boards on this device'],
    ] as const) {
      await chalkline.press(keys);
      await page.getByRole('dialog', { name }).waitFor();
      if (keys === 'Control+h') await chalkline.type('cart');
      await look(name.toLowerCase().replaceAll(' ', '-'));
      await chalkline.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Menu', exact: true }).click();
    await look('menu');
    await chalkline.press('Escape');
    await chalkline.node('cart').click({ button: 'right' });
    await page.getByRole('menu', { name: 'Selection' }).waitFor();
    await look('context-menu');
    await chalkline.press('Escape');
    await page.mouse.click(90, 640, { button: 'right' });
    await page.getByRole('menu', { name: 'Board' }).waitFor();
    await look('context-menu-of-the-board');
    await chalkline.press('Escape');
    await chalkline.drop('bad.json', '{"nodes":');
    await chalkline.told('can’t be read');
    await look('notice');
    await chalkline.newBoard();
    await look('empty');
    for (const [what, found] of Object.entries(faults)) expect(found, what).toEqual([]);
  });

  it('a tab that follows has no serious fault', async () => {
    const chalkline = await open({ theme, bypassPolicy: true });
    const second = await chalkline.secondTab();
    await second.page.getByText('Read only').waitFor();
    await second.screenshot(`${theme}-following`);
    await second.page.evaluate(axeScript());
    const found = await second.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(document, { resultTypes: ['violations'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id }) => id);
    });
    expect(found).toEqual([]);
  });
});
