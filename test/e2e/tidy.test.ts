/** Tidy shows what it would move before it does. */
import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** Three services in a row and a column, each a little out of line. */
async function openAskew(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.place('service', { x: 240, y: 300 }, 'a');
  await chalkline.place('service', { x: 600, y: 324 }, 'b');
  await chalkline.place('service', { x: 264, y: 480 }, 'c');
  await chalkline.press('Escape');
  return chalkline;
}

const positions = ({ nodes }: Board) =>
  Object.fromEntries(Object.values(nodes).map(({ name, position }) => [name, position]));
const preview = (chalkline: Chalkline) => chalkline.page.getByRole('region', { name: 'Preview' });

async function showTidy(chalkline: Chalkline): Promise<void> {
  await chalkline.press('Shift+T');
  await preview(chalkline).waitFor();
  await chalkline.stopped();
}

describe('tidy', () => {
  it('shows how many nodes move and how far, and changes the board when that is applied, as one step', async () => {
    const chalkline = await openAskew();
    const before = await chalkline.boardJson();
    const standing = await chalkline.node('b').boundingBox();
    await showTidy(chalkline);
    expect(await preview(chalkline).textContent()).toContain('Tidy moves 3 of 3 nodes, 14 px on average');
    expect((await chalkline.node('b').boundingBox())!.y).not.toBe(standing!.y);

    await chalkline.press('Enter');
    await preview(chalkline).waitFor({ state: 'detached' });
    const after = positions(await chalkline.boardJson());
    expect(after.a![1]).toBe(after.b![1]);
    expect(after.a![0]).toBe(after.c![0]);

    await chalkline.undo();
    await chalkline.stopped();
    expect(await chalkline.boardJson()).toEqual(before);
    expect(await chalkline.node('b').boundingBox()).toEqual(standing);
  });

  it('leaves the board untouched when it is put away by Esc or by its button', async () => {
    const chalkline = await openAskew();
    const before = await chalkline.boardJson();
    const standing = await chalkline.node('b').boundingBox();
    for (const putAway of [() => chalkline.press('Escape'), () => chalkline.click(/^Cancel/)]) {
      await showTidy(chalkline);
      await putAway();
      await preview(chalkline).waitFor({ state: 'detached' });
      expect(await chalkline.node('b').boundingBox()).toEqual(standing);
      expect(await chalkline.boardJson()).toEqual(before);
    }
  });

  it('moves only what is chosen, and says so when nothing has to move', async () => {
    const chalkline = await openAskew();
    const before = positions(await chalkline.boardJson());
    await chalkline.select('a', 'b');
    await showTidy(chalkline);
    await chalkline.click(/^Apply/);
    await preview(chalkline).waitFor({ state: 'detached' });
    const after = positions(await chalkline.boardJson());
    expect(after.c).toEqual(before.c);
    expect(after.a![1]).toBe(after.b![1]);
    await chalkline.press('Escape', 'Shift+T');
    await chalkline.told('nothing needs to move');
  });
});
