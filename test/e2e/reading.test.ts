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
  await expect.poll(() => chalkline.page.title(), { timeout: 15_000 }).toMatch(/^900 nodes/);
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

it('shows the padlock on what is locked where cards are painted', async () => {
  const chalkline = await open();
  await chalkline.drop('big.json', JSON.stringify(gridBoard(200)));
  await expect.poll(() => chalkline.page.title(), { timeout: 15_000 }).toMatch(/^200 nodes/);
  await chalkline.press('Shift+1', 'Control+Equal', 'Control+Equal');
  await chalkline.stopped();
  const [left, top] = [7 * 260, 6 * 120];
  /** The colour just above the middle of a card's upper edge, where the disc of a padlock is. */
  const above = async () => {
    const { x, y } = await chalkline.onPage([left + 92, top - 6]);
    return chalkline.page.locator('.canvas-layer').evaluate(
      (element, [px, py]) => {
        const canvas = element as HTMLCanvasElement;
        const ratio = canvas.width / canvas.clientWidth;
        return [...canvas.getContext('2d')!.getImageData(px! * ratio, py! * ratio, 1, 1).data].join();
      },
      [x, y] as const,
    );
  };
  const before = await above();
  const { x, y } = await chalkline.onPage([left + 92, top + 36]);
  await chalkline.page.mouse.click(x, y);
  await chalkline.press('Control+Shift+L', 'Escape');
  await chalkline.page.mouse.move(640, 790);
  await expect.poll(() => chalkline.nodeNames()).toEqual([]);
  await expect.poll(above).not.toBe(before);
  await chalkline.undo();
  await expect.poll(above).toBe(before);
});

describe('the outline', () => {
  const cell = (chalkline: Chalkline) =>
    chalkline.page.evaluate(() => document.activeElement?.closest('td, th')?.textContent ?? '');
  const column = (chalkline: Chalkline, table: 'Nodes' | 'Edges', index: number) =>
    chalkline.page
      .getByRole('grid', { name: table })
      .locator(`tbody tr > :nth-child(${index + 1})`)
      .allTextContents();

  it('is the whole board: walked, shown, renamed, marked and deleted by keys alone', async () => {
    const chalkline = await open();
    await chalkline.press('Shift+O');
    await expect.poll(() => cell(chalkline)).toBe('card network');
    expect(await column(chalkline, 'Nodes', 0)).toHaveLength(ALL);
    expect(await column(chalkline, 'Edges', 0)).toHaveLength(ALL);
    await chalkline.press('ArrowDown');
    expect(await cell(chalkline)).toBe('cart');
    expect(await chalkline.selected()).toEqual(['service cart, Node.js']);
    await chalkline.press('F2');
    await chalkline.page.keyboard.press('Control+a');
    await chalkline.type('basket');
    await chalkline.press('Enter');
    await chalkline.node('basket').waitFor();
    await expect.poll(() => cell(chalkline)).toBe('basket');
    await chalkline.press('ArrowRight');
    expect(await cell(chalkline)).toBe('service');
    await chalkline.press('F2');
    await chalkline.page.getByRole('grid').getByRole('combobox', { name: 'kind' }).selectOption('function');
    await chalkline.press('Enter');
    await expect.poll(() => cell(chalkline)).toBe('function');
    await chalkline.press('m');
    await chalkline.press('ArrowDown', 'ArrowLeft');
    expect(await cell(chalkline)).toBe('cart-cache');
    await chalkline.press('Delete');
    await chalkline.node('cart-cache').waitFor({ state: 'detached' });
    await expect.poll(() => cell(chalkline)).toBe('catalog');
    const board = await chalkline.boardJson();
    const basket = Object.values(board.nodes).find(({ name }) => name === 'basket')!;
    expect(basket.kind).toBe('function');
    expect(Object.values(board.marks).map(({ subject }) => subject.id)).toEqual([basket.id]);
    expect(Object.keys(board.nodes)).toHaveLength(ALL - 1);
  });

  it('shows a row on the board, and says where the board is read in part only', async () => {
    const chalkline = await open();
    await chalkline.select('payments');
    await chalkline.press('Shift+3');
    await chalkline.press('Shift+O');
    await expect.poll(() => cell(chalkline)).toBe('payments');
    expect(await column(chalkline, 'Nodes', 0)).toEqual(['card network', 'checkout', 'payments']);
    await chalkline.page.getByText('3 of 12: what is lit on the board').waitFor();
    await chalkline.press('ArrowUp', 'Enter');
    await chalkline.stopped();
    const { x } = await chalkline.middleOf(chalkline.node('checkout'));
    // between the tools and the panel
    expect(x).toBeGreaterThan(80);
    expect(x).toBeLessThan(840);
    await chalkline.press('Escape');
    await expect.poll(async () => (await column(chalkline, 'Nodes', 0)).length).toBe(ALL);
  });

  it('is sorted by latency, and stays so while figures change', async () => {
    const chalkline = await open();
    await chalkline.edge('edge', 'cart').waitFor();
    await chalkline.tab('Outline');
    await expect
      .poll(async () => (await column(chalkline, 'Edges', 3)).every((text) => /\d/.test(text)))
      .toBe(true);
    const edges = chalkline.page.getByRole('grid', { name: 'Edges' });
    await edges.getByRole('button', { name: 'p95' }).click();
    expect(await edges.getByRole('columnheader', { name: 'p95' }).getAttribute('aria-sort')).toBe(
      'descending',
    );
    const ends = async () => [await column(chalkline, 'Edges', 0), await column(chalkline, 'Edges', 1)];
    const sorted = await ends();
    expect(sorted[0]![0]).not.toBe((await column(chalkline, 'Edges', 0)).toSorted()[0]);
    await new Promise((later) => setTimeout(later, 2500));
    expect(await ends()).toEqual(sorted);
  });

  it('takes a new node and a new edge', async () => {
    const chalkline = await open();
    await chalkline.newBoard();
    await chalkline.press('Shift+O');
    const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
    for (const [name, kind] of [
      ['orders', 'service'],
      ['orders-db', 'database'],
    ] as const) {
      await facts.getByLabel('Name of the new node').fill(name);
      await facts.getByLabel('Kind of the new node').selectOption(kind);
      await chalkline.press('Enter');
      await facts.getByRole('form', { name: 'Add a node' }).getByRole('button', { name: 'Add' }).click();
      await chalkline.node(name).waitFor();
    }
    const form = facts.getByRole('form', { name: 'Add an edge' });
    await form.getByLabel('Source of the new edge').fill('orders');
    await form.getByLabel('Target of the new edge').fill('nowhere');
    await chalkline.press('Enter');
    await form.getByText('No node is called “nowhere”.').waitFor();
    await form.getByLabel('Target of the new edge').fill('orders-db');
    await chalkline.press('Enter');
    await expect.poll(() => column(chalkline, 'Edges', 2)).toEqual(['query']);
    expect(Object.keys((await chalkline.boardJson()).nodes)).toHaveLength(2);
  });

  it('turns the pages of a large board by keys', async () => {
    const chalkline = await open();
    await chalkline.drop('big.json', JSON.stringify(gridBoard(2000)));
    await expect.poll(() => chalkline.page.title(), { timeout: 15_000 }).toMatch(/^2000 nodes/);
    await chalkline.stopped();
    await chalkline.press('Shift+O');
    await expect.poll(() => cell(chalkline)).toBe('part 0');
    await words(chalkline, '1–100 of 2000');
    await chalkline.press('PageDown');
    await expect.poll(() => cell(chalkline)).toBe('part 100');
    await chalkline.press('ArrowUp');
    await expect.poll(() => cell(chalkline)).toBe('part 99');
    for (let i = 0; i < 20; i++) await chalkline.press('ArrowUp');
    await expect.poll(() => cell(chalkline)).toBe('part 79');
  });
});

describe('a collapsed group', () => {
  const card = (chalkline: Chalkline) =>
    chalkline.page.locator('.react-flow__node-stack[aria-label="collapsed group shop, 3 parts"]');
  /** Without the field that collapsing writes. */
  const expanded = (board: Awaited<ReturnType<Chalkline['boardJson']>>) => {
    const { collapsed: _collapsed, ...shop } = board.groups.shop!;
    return { ...board, groups: { ...board.groups, shop } };
  };

  it('is one card with what crosses its border, told honestly; expanded, all stands where it stood', async () => {
    const chalkline = await open();
    await chalkline.edge('edge', 'cart').waitFor();
    const before = await chalkline.boardJson();
    await chalkline.group('shop').click();
    await chalkline.press('Control+Alt+g');
    await card(chalkline).waitFor();
    expect(await chalkline.nodeNames()).toHaveLength(ALL - 3);
    await expect
      .poll(() => chalkline.edgeNames())
      .toEqual([
        ...['edge to shop', 'fulfilment to orders-db', 'orders to fulfilment', 'payments to card network'],
        ...[
          'shop to cart-cache',
          'shop to catalog-db',
          'shop to orders',
          'shop to payments',
          'shopper to edge',
        ],
      ]);
    await expect
      .poll(() => chalkline.pillText('edge', 'shop'))
      .toMatch(/^edge edge to shop, p95 [\d.]+ (milliseconds|seconds), (3 merged|worst of 3)$/);
    const json = await chalkline.boardJson();
    expect(json.groups.shop!.collapsed).toBe(true);
    expect(expanded(json)).toEqual(before);
    const svg = (await chalkline.exportAs('SVG', { strip: true })).toString('utf8');
    expect(svg).toContain('3 parts');
    expect(svg).not.toContain('>checkout<');
    await chalkline.click('Expand shop');
    await chalkline.node('checkout').waitFor();
    expect(await chalkline.boardJson()).toEqual(before);
    await chalkline.undo();
    await card(chalkline).waitFor();
  });

  it('is chosen, dragged and renamed as the group that it is', async () => {
    const chalkline = await open();
    const before = await chalkline.boardJson();
    await chalkline.click('Collapse shop');
    await card(chalkline).click();
    await chalkline.page.getByText('group of 3').waitFor();
    const at = await chalkline.middleOf(card(chalkline));
    await chalkline.page.keyboard.down('Control');
    await chalkline.drag(at, { x: at.x + 60, y: at.y + 40 });
    await chalkline.page.keyboard.up('Control');
    const after = await chalkline.boardJson();
    const shift = (id: string) =>
      [0, 1].map((i) => after.nodes[id]!.position[i]! - before.nodes[id]!.position[i]!);
    const [dx, dy] = shift('cart') as [number, number];
    expect(dx).toBeGreaterThan(40);
    expect(dy).toBeGreaterThan(20);
    for (const id of ['catalog', 'checkout']) expect(shift(id)).toEqual([dx, dy]);
    expect(shift('payments')).toEqual([0, 0]);
    await card(chalkline).dblclick();
    await chalkline.name('store');
    expect((await chalkline.boardJson()).groups.shop!.name).toBe('store');
  });

  it('goes with all that is in it when it is deleted, and comes back with it', async () => {
    const chalkline = await open();
    const before = await chalkline.boardJson();
    await chalkline.click('Collapse shop');
    await card(chalkline).click();
    await chalkline.press('Delete');
    await card(chalkline).waitFor({ state: 'detached' });
    expect(await chalkline.nodeNames()).toHaveLength(ALL - 3);
    expect(Object.keys((await chalkline.boardJson()).groups)).toEqual([]);
    await chalkline.undo();
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
  });

  it('chooses all the edges that one stands for, and shows marks on what is inside', async () => {
    const chalkline = await open();
    await chalkline.click('Collapse shop');
    await chalkline.selectEdge('edge', 'shop');
    await chalkline.page.getByText('3 edges', { exact: true }).waitFor();
    await chalkline.press('m');
    expect(Object.keys((await chalkline.boardJson()).marks)).toHaveLength(3);
    expect(await chalkline.pillText('edge', 'shop')).toMatch(/suspected$/);
  });

  it('is opened while it is looked into', async () => {
    const chalkline = await open();
    await chalkline.click('Collapse shop');
    await card(chalkline).click();
    await chalkline.press('Shift+Enter');
    await lit(chalkline).toEqual(['cart', 'catalog', 'checkout']);
    await chalkline.press('Escape');
    await card(chalkline).waitFor();
    expect(await chalkline.nodeNames()).toHaveLength(ALL - 3);
    await chalkline.press('Control+f');
    await chalkline.type('checkout');
    await chalkline.press('Enter');
    await chalkline.page.locator('.react-flow__node-stack:not(.dimmed)').waitFor();
  });
});
