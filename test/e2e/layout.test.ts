/** Layout: one undo step, pinned nodes stay, and it can be called off. That a stuck one is ended is a unit test's. */
import { expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { gridBoard } from './boards.ts';
import { oneBrowser } from './driver.ts';

const open = oneBrowser();
const places = ({ nodes }: Board) =>
  Object.fromEntries(Object.values(nodes).map(({ name, position }) => [name, position]));

it('moves what is not pinned, in one undo step', async () => {
  const chalkline = await open();
  await chalkline.select('cart', 'payments');
  await chalkline.press('p', 'Escape');
  const before = await chalkline.boardJson();
  await chalkline.layOut();
  const after = await chalkline.boardJson();
  const [was, is] = [places(before), places(after)];
  for (const name of ['cart', 'payments']) expect(is[name]).toEqual(was[name]);
  expect(is).not.toEqual(was);
  await chalkline.undo();
  expect(await chalkline.boardJson()).toEqual(before);
  await chalkline.redo();
  expect(places(await chalkline.boardJson())).toEqual(is);
});

it('is called off on a large board, which stays as it was', async () => {
  const chalkline = await open();
  await chalkline.importFile({ name: 'large.json', content: JSON.stringify(gridBoard(1500)) });
  await chalkline.told('1500 nodes');
  const before = await chalkline.boardJson();
  await chalkline.press('Shift+L');
  await chalkline.page.getByText('Laying out 1500 nodes…').waitFor();
  await chalkline.page.getByRole('button', { name: 'Cancel' }).click();
  await chalkline.page.locator('.working-bar').waitFor({ state: 'detached' });
  await chalkline.page.getByRole('button', { name: 'Undo', exact: true, disabled: true }).waitFor();
  expect(await chalkline.boardJson()).toEqual(before);
});

it('lays out only what is chosen', async () => {
  const chalkline = await open();
  const before = places(await chalkline.boardJson());
  await chalkline.select('checkout', 'payments', 'card network');
  await chalkline.layOut();
  const after = places(await chalkline.boardJson());
  for (const name of Object.keys(before))
    if (!['checkout', 'payments', 'card network'].includes(name))
      expect(after[name], name).toEqual(before[name]);
});
