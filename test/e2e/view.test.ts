/** Looking around: zooming, panning, the overview, menus, and what is put away. */
import { expect, it } from 'vitest';
import { gridBoard } from './boards.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

const zoom = (chalkline: Chalkline): Promise<number> =>
  chalkline.page
    .locator('.react-flow__viewport')
    .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);
const placeOf = async (chalkline: Chalkline, name: string) => chalkline.middleOf(chalkline.node(name));

it('zooms by key and by Ctrl and wheel, and fits', async () => {
  const chalkline = await open();
  await chalkline.stopped();
  const fitted = await zoom(chalkline);
  await chalkline.press('Control+0');
  await expect.poll(() => zoom(chalkline)).toBe(1);
  await chalkline.press('Control+Equal');
  await expect.poll(() => zoom(chalkline)).toBeCloseTo(1.25, 2);
  await chalkline.press('Control+Minus');
  await expect.poll(() => zoom(chalkline)).toBeCloseTo(1, 2);
  const cart = await placeOf(chalkline, 'cart');
  await chalkline.page.mouse.move(cart.x, cart.y);
  await chalkline.page.keyboard.down('Control');
  await chalkline.page.mouse.wheel(0, -200);
  await chalkline.page.keyboard.up('Control');
  await expect.poll(() => zoom(chalkline)).toBeGreaterThan(1.05);
  const still = await placeOf(chalkline, 'cart');
  // what is under the pointer stays there
  expect(Math.hypot(still.x - cart.x, still.y - cart.y)).toBeLessThan(8);
  await chalkline.press('Shift+1');
  await expect.poll(() => zoom(chalkline)).toBeCloseTo(fitted, 2);
  await chalkline.select('cart');
  await chalkline.press('Shift+2');
  await expect.poll(() => zoom(chalkline)).toBe(1);
});

it('pans by wheel, by space and drag, by the hand and by the middle button', async () => {
  const chalkline = await open();
  await chalkline.stopped();
  const spot = chalkline.emptySpot();
  const went = async (act: () => Promise<void>) => {
    const before = await placeOf(chalkline, 'cart');
    await act();
    await chalkline.stopped();
    const after = await placeOf(chalkline, 'cart');
    return [Math.round(after.x - before.x), Math.round(after.y - before.y)];
  };
  const dragSpot = () => chalkline.drag(spot, { x: spot.x + 48, y: spot.y - 32 });
  await chalkline.page.mouse.move(spot.x, spot.y);
  expect(await went(() => chalkline.page.mouse.wheel(20, 30))).not.toEqual([0, 0]);
  const bySpace = await went(async () => {
    await chalkline.page.keyboard.down('Space');
    await dragSpot();
    await chalkline.page.keyboard.up('Space');
  });
  expect(bySpace).toEqual([48, -32]);
  await chalkline.press('h');
  expect(await went(dragSpot)).toEqual([48, -32]);
  await chalkline.press('v');
  const byMiddle = await went(async () => {
    await chalkline.page.mouse.move(spot.x, spot.y);
    await chalkline.page.mouse.down({ button: 'middle' });
    await chalkline.page.mouse.move(spot.x + 20, spot.y + 10, { steps: 4 });
    await chalkline.page.mouse.up({ button: 'middle' });
  });
  expect(byMiddle).toEqual([20, 10]);
  await chalkline.page.getByRole('button', { name: 'Undo', exact: true, disabled: true }).waitFor();
});

it('the overview leads to where it is clicked', async () => {
  const chalkline = await open();
  await chalkline.stopped();
  const before = await placeOf(chalkline, 'cart');
  const map = (await chalkline.page.locator('.minimap').boundingBox())!;
  await chalkline.page.mouse.click(map.x + 20, map.y + map.height / 2);
  await chalkline.stopped();
  expect((await placeOf(chalkline, 'cart')).x).toBeGreaterThan(before.x + 50);
});

it('the context menu speaks of what is under the pointer', async () => {
  const chalkline = await open();
  await chalkline.stopped();
  await chalkline.node('cart').click({ button: 'right' });
  const menu = chalkline.page.getByRole('menu', { name: 'Selection' });
  await menu.getByRole('menuitem', { name: /^Mark as suspected/ }).click();
  await menu.waitFor({ state: 'detached' });
  expect(Object.values((await chalkline.boardJson()).marks)).toMatchObject([
    { status: 'suspected', subject: { type: 'node', id: 'cart' } },
  ]);
  await chalkline.press('Escape');
  await chalkline.edge('edge', 'catalog').click({ button: 'right' });
  await menu.getByRole('menuitem', { name: /^Delete/ }).click();
  await chalkline.edge('edge', 'catalog').waitFor({ state: 'detached' });
  await chalkline.undo();
  await chalkline.edge('edge', 'catalog').waitFor();
  await chalkline.press('Escape');
  const { x, y } = chalkline.emptySpot();
  await chalkline.page.mouse.click(x, y, { button: 'right' });
  await chalkline.page
    .getByRole('menu', { name: 'Board' })
    .getByRole('menuitem', { name: /^Select all/ })
    .click();
  expect((await chalkline.selected()).length).toBeGreaterThan(10);
});

it('the panel and dialogs are put away by one key and give the focus back', async () => {
  const chalkline = await open();
  const panel = chalkline.page.getByRole('complementary', { name: 'Facts' });
  await panel.waitFor();
  await chalkline.press('\\');
  await panel.waitFor({ state: 'detached' });
  await chalkline.press('\\');
  await panel.waitFor();
  const button = chalkline.page.getByRole('button', { name: 'Export', exact: true });
  await button.focus();
  await chalkline.press('Enter');
  await chalkline.page.getByRole('dialog', { name: 'Export' }).waitFor();
  await chalkline.press('Escape');
  await chalkline.page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
});

it('where nodes are painted they are chosen, dragged and renamed just the same', async () => {
  const chalkline = await open();
  await chalkline.importFile({ name: 'large.json', content: JSON.stringify(gridBoard(400)) });
  await chalkline.told('400 nodes');
  await chalkline.stopped();
  expect((await chalkline.nodeNames()).length).toBeLessThan(10);
  const before = await chalkline.boardJson();
  // arrow keys work the control that has the focus: here that is the board
  const { x, y } = chalkline.emptySpot();
  await chalkline.page.mouse.click(x, y);
  await chalkline.press('Control+a', 'ArrowRight', 'Escape');
  const after = await chalkline.boardJson();
  for (const [id, { position }] of Object.entries(before.nodes))
    expect(after.nodes[id]!.position).toEqual([position[0] + 8, position[1]]);
  const [left, top] = after.nodes.n210!.position;
  const at = await chalkline.onPage([left + 90, top + 30]);
  await chalkline.page.mouse.move(at.x, at.y, { steps: 3 });
  await chalkline.node('part 210').waitFor();
  await chalkline.node('part 210').dblclick();
  await chalkline.name('found again');
  expect(Object.values((await chalkline.boardJson()).nodes).some(({ name }) => name === 'found again')).toBe(
    true,
  );
});
