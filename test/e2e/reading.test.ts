/** Reading a big board: light on a part of it, found by name or kind, told group by group. */
import { describe, expect, it } from 'vitest';
import { gridBoard } from './boards.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** Everything on the demo board. */
const ALL = 12;
const lit = (chalkline: Chalkline) => expect.poll(() => chalkline.lit());
const allLit = (chalkline: Chalkline) => expect.poll(async () => (await chalkline.lit()).length).toBe(ALL);
const words = (chalkline: Chalkline, text: string) =>
  chalkline.page.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor();
const findBar = (chalkline: Chalkline) => chalkline.page.getByRole('search', { name: 'Find and filter' });

describe('focus', () => {
  it('lights the neighbours of a part, moves nothing, and ends with Esc or by its chip', async () => {
    const chalkline = await open();
    const before = await chalkline.boardJson();
    await chalkline.select('payments');
    await chalkline.press('Shift+3');
    await lit(chalkline).toEqual(['card network', 'checkout', 'payments']);
    await words(chalkline, 'Focus: payments, 1 step');
    await expect
      .poll(() => chalkline.edgeNames())
      .toEqual(['checkout to payments', 'payments to card network']);
    await chalkline.press('Escape');
    await allLit(chalkline);
    expect(await chalkline.selected()).toHaveLength(1);
    await chalkline.press('Shift+4');
    await lit(chalkline).toEqual(['card network', 'cart', 'checkout', 'edge', 'orders', 'payments']);
    await words(chalkline, 'Focus: payments, 2 steps');
    await chalkline.click('End the focus');
    await allLit(chalkline);
    expect(await chalkline.boardJson()).toEqual(before);
  });

  it('lights all upstream and all downstream, from the context menu too', async () => {
    const chalkline = await open();
    await chalkline.select('orders');
    await chalkline.press('Shift+5');
    await lit(chalkline).toEqual(['checkout', 'edge', 'orders', 'shopper']);
    await chalkline.press('Shift+6');
    await lit(chalkline).toEqual(['fulfilment', 'orders', 'orders-db']);
    await chalkline.press('Escape', 'Escape');
    await chalkline.stopped();
    await chalkline.node('cart').click({ button: 'right' });
    await chalkline.page.getByRole('menuitem', { name: 'Focus on all upstream' }).click();
    await lit(chalkline).toEqual(['cart', 'checkout', 'edge', 'shopper']);
  });

  it('ends when the part it is on is deleted', async () => {
    const chalkline = await open();
    await chalkline.select('payments');
    await chalkline.press('Shift+3', 'Delete');
    await expect.poll(async () => (await chalkline.lit()).length).toBe(ALL - 1);
  });
});

describe('find and filter', () => {
  it('lights and counts what fits as it is typed; Enter goes on, Shift+Enter back, Esc leaves', async () => {
    const chalkline = await open();
    await chalkline.press('Control+f');
    await chalkline.type('CART');
    await lit(chalkline).toEqual(['cart', 'cart-cache']);
    await words(chalkline, '2 found');
    await chalkline.press('Enter');
    await words(chalkline, '1 of 2');
    await expect.poll(() => chalkline.selected()).toEqual(['service cart, Node.js']);
    await chalkline.press('Enter');
    await expect.poll(() => chalkline.selected()).toEqual(['cache cart-cache, Redis']);
    await chalkline.press('Enter');
    await words(chalkline, '1 of 2');
    await chalkline.press('Shift+Enter');
    await words(chalkline, '2 of 2');
    await chalkline.page.keyboard.press('Control+a');
    await chalkline.type('nothing of the kind');
    await words(chalkline, 'nothing found');
    await lit(chalkline).toEqual([]);
    await chalkline.press('Escape');
    await allLit(chalkline);
    await findBar(chalkline).waitFor({ state: 'detached' });
  });

  it('filters by kind, by group, and by what is marked', async () => {
    const chalkline = await open();
    await chalkline.selectEdge('checkout', 'payments');
    await chalkline.press('m');
    await chalkline.press('Control+f');
    const bar = findBar(chalkline);
    await bar.getByLabel('Kind').selectOption('database');
    await lit(chalkline).toEqual(['catalog-db', 'orders-db']);
    await bar.getByLabel('Kind').selectOption('');
    await bar.getByLabel('Group').selectOption('shop');
    await lit(chalkline).toEqual(['cart', 'catalog', 'checkout']);
    await bar.getByLabel('Group').selectOption('');
    await bar.getByLabel('marked').check();
    await lit(chalkline).toEqual(['checkout', 'payments']);
    await words(chalkline, '1 found');
  });
});

describe('groups', () => {
  it('are looked into, with a way back to the board', async () => {
    const chalkline = await open();
    await chalkline.group('shop').click();
    await chalkline.press('Shift+Enter');
    await lit(chalkline).toEqual(['cart', 'catalog', 'checkout']);
    const crumbs = chalkline.page.getByRole('navigation', { name: 'Where you are on the board' });
    expect((await crumbs.textContent())?.replace(/\s+/g, ' ')).toBe('Boardshop');
    await crumbs.getByRole('button', { name: 'Board' }).click();
    await allLit(chalkline);
  });

  it('are presented one after the other, with all controls put away until Esc', async () => {
    const chalkline = await open();
    await chalkline.select('checkout');
    const before = await chalkline.boardJson();
    await chalkline.press('Control+Alt+p');
    const tools = chalkline.page.getByRole('toolbar', { name: 'Tools' });
    await tools.waitFor({ state: 'hidden' });
    await words(chalkline, 'Demo: a small shop');
    await chalkline.press('ArrowRight');
    await lit(chalkline).toEqual(['cart', 'catalog', 'checkout']);
    await words(chalkline, 'shop');
    await chalkline.press('ArrowRight');
    await allLit(chalkline);
    await chalkline.press('Escape');
    await tools.waitFor();
    await allLit(chalkline);
    expect(await chalkline.boardJson()).toEqual(before);
  });
});

it('dims from far away too, where cards are blocks of paint', async () => {
  const chalkline = await open();
  await chalkline.drop('big.json', JSON.stringify(gridBoard(900)));
  await expect.poll(() => chalkline.page.title()).toMatch(/^900 nodes/);
  await chalkline.press('Shift+1');
  await chalkline.stopped();
  /** How far the colour in the middle of the card differs from the slate's, of 765. */
  const contrast = async (column: number, row: number) => {
    const { x, y } = await chalkline.onPage([column * 260 + 92, row * 120 + 36]);
    return chalkline.page.locator('.canvas-layer').evaluate(
      (element, [px, py]) => {
        const canvas = element as HTMLCanvasElement;
        const context = canvas.getContext('2d')!;
        const ratio = canvas.width / canvas.clientWidth;
        const at = (cx: number, cy: number) => context.getImageData(cx * ratio, cy * ratio, 1, 1).data;
        const [card, slate] = [at(px!, py!), at(2, 2)];
        return [0, 1, 2].reduce((sum, i) => sum + Math.abs(card[i]! - slate[i]!), 0);
      },
      [x, y] as const,
    );
  };
  const [before, other] = [await contrast(15, 15), await contrast(16, 15)];
  await chalkline.press('Control+f');
  await chalkline.type('part 465');
  await words(chalkline, '1 found');
  await expect.poll(() => contrast(16, 15)).toBeLessThan(other / 3);
  expect(await contrast(15, 15)).toBe(before);
});
