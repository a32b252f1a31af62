/** Where things stand: in line, at equal distances, locked; and names replaced. */
import { describe, expect, it } from 'vitest';
import type { Board, Point } from '../../src/graph/index.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** Three services, nothing in line. */
async function openThree(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.place('service', { x: 300, y: 200 }, 'a');
  await chalkline.place('service', { x: 340, y: 330 }, 'b');
  await chalkline.place('service', { x: 640, y: 600 }, 'c');
  return chalkline;
}

const at = ({ nodes }: Board, name: string): Point =>
  Object.values(nodes).find((node) => node.name === name)!.position;

describe('in line', () => {
  it('aligns and distributes what is selected, each in one undo step', async () => {
    const chalkline = await openThree();
    const before = await chalkline.boardJson();
    await chalkline.select('a', 'b', 'c');
    await chalkline.press('Control+Shift+ArrowLeft');
    const left = await chalkline.boardJson();
    expect(['a', 'b', 'c'].map((name) => at(left, name)[0])).toEqual(Array(3).fill(at(before, 'a')[0]));
    await chalkline.press('Alt+v');
    const spread = await chalkline.boardJson();
    const gap = (from: string, to: string) => at(spread, to)[1] - at(spread, from)[1];
    expect(Math.abs(gap('a', 'b') - gap('b', 'c'))).toBeLessThanOrEqual(1);
    await chalkline.menu('Arrange', 'Align right');
    expect(at(await chalkline.boardJson(), 'a')).toEqual(at(spread, 'a'));
    await chalkline.undo();
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
  });

  it('a drag falls in line with what stands near, unless Ctrl is held', async () => {
    const chalkline = await openThree();
    const before = await chalkline.boardJson();
    const from = await chalkline.middleOf(chalkline.node('c'));
    const a = await chalkline.middleOf(chalkline.node('a'));
    await chalkline.drag(from, { x: a.x + 5, y: from.y });
    expect(at(await chalkline.boardJson(), 'c')[0]).toBe(at(before, 'a')[0]);
    await chalkline.undo();
    await chalkline.holding('Control', () => chalkline.drag(from, { x: a.x + 5, y: from.y }));
    expect(at(await chalkline.boardJson(), 'c')[0]).toBe(at(before, 'a')[0] + 5);
  });

  it('a line shows what a drag is in line with, while it lasts', async () => {
    const chalkline = await openThree();
    const from = await chalkline.middleOf(chalkline.node('c'));
    const a = await chalkline.middleOf(chalkline.node('a'));
    // a left side is 92 px from the middle; between the two there is nothing else to see
    const between = { x: a.x - 96, y: a.y + 260, width: 8, height: 8 };
    const look = async () => (await chalkline.page.screenshot({ clip: between })).toString('base64');
    const plain = await look();
    let during = plain;
    await chalkline.dragAnd(from, { x: a.x + 5, y: from.y }, async () => {
      during = await look();
    });
    expect(during).not.toBe(plain);
    expect(await look()).toBe(plain);
  });
});

describe('locked', () => {
  it('can neither be dragged, nudged, deleted nor laid out, till it is unlocked by the same key', async () => {
    const chalkline = await openThree();
    await chalkline.connect('a', 'b');
    await chalkline.connect('b', 'c');
    await chalkline.select('a');
    await chalkline.press('Control+Shift+l');
    await chalkline.page.getByText('Locked: stays where it is').first().waitFor({ state: 'attached' });
    const locked = at(await chalkline.boardJson(), 'a');
    const from = await chalkline.middleOf(chalkline.node('a'));
    await chalkline.drag(from, { x: from.x + 100, y: from.y + 100 });
    await chalkline.select('a');
    await chalkline.press('ArrowRight', 'Shift+ArrowDown', 'Delete');
    await chalkline.told('locked');
    await chalkline.select('a', 'b');
    await chalkline.press('Control+Shift+ArrowRight');
    await chalkline.press('Escape');
    await chalkline.layOut();
    const after = await chalkline.boardJson();
    expect(at(after, 'a')).toEqual(locked);
    expect(Object.keys(after.edges)).toHaveLength(2);
    await chalkline.select('a');
    await chalkline.press('Control+Shift+l', 'ArrowRight');
    expect(at(await chalkline.boardJson(), 'a')).toEqual([locked[0] + 8, locked[1]]);
  });

  it('a note is locked and unlocked in the inspector', async () => {
    const chalkline = await openThree();
    await chalkline.writeNote({ x: 300, y: 600 }, 'keep');
    const box = chalkline.page.getByLabel('Locked: no hand moves or deletes it');
    await chalkline.note('keep').click();
    await box.check();
    await chalkline.note('keep').click();
    await chalkline.press('Delete');
    await chalkline.told('locked');
    await box.uncheck();
    await chalkline.note('keep').click();
    await chalkline.press('Delete');
    await chalkline.note('keep').waitFor({ state: 'detached' });
  });
});

describe('names', () => {
  it('are found, shown as they would be, and replaced in one undo step', async () => {
    const chalkline = await openThree();
    await chalkline.rename('a', 'cart-db');
    await chalkline.rename('b', 'Cart');
    const before = await chalkline.boardJson();
    await chalkline.press('Control+h');
    const dialog = chalkline.page.getByRole('dialog', { name: 'Find and replace names' });
    await dialog.getByLabel('Find', { exact: true }).fill('cart');
    await dialog.getByText('Found in 2 names.').waitFor();
    await dialog.getByLabel('Replace with').fill('basket');
    await dialog.getByText('basket-db').waitFor();
    await dialog.getByLabel('Upper and lower case as typed').check();
    await dialog.getByText('Found in 1 name.').waitFor();
    await dialog.getByLabel('Upper and lower case as typed').uncheck();
    await dialog.getByLabel('Replace with').press('Enter');
    await chalkline.told('2 names changed');
    expect(await chalkline.nodeNames()).toEqual(['service basket', 'service basket-db', 'service c']);
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
  });
});

describe('a note', () => {
  /** What a click in the middle of a node would meet. */
  const onTopOf = async (chalkline: Chalkline, name: string) => {
    const { x, y } = await chalkline.middleOf(chalkline.node(name));
    return chalkline.page.evaluate(
      ([px, py]) =>
        document.elementFromPoint(px!, py!)?.closest('.react-flow__node')?.getAttribute('aria-label'),
      [x, y] as const,
    );
  };

  it('is written on a card and lies over it, until it is sent to the back, and over other notes as it is brought', async () => {
    const chalkline = await open();
    await chalkline.newBoard();
    await chalkline.place('service', { x: 400, y: 300 }, 'a');
    await chalkline.press('Escape');
    await chalkline.writeNote({ x: 330, y: 270 }, 'first');
    expect(await onTopOf(chalkline, 'a')).toBe('note: first');
    await chalkline.press('Control+Shift+BracketLeft');
    await expect.poll(() => onTopOf(chalkline, 'a')).toBe('service a');
    await chalkline.press('Escape');
    await chalkline.writeNote({ x: 320, y: 280 }, 'second');
    await chalkline.press('Escape');
    await chalkline.note('second').click({ button: 'right' });
    await chalkline.page.getByRole('menuitem', { name: /^Send to back/ }).click();
    await expect.poll(() => onTopOf(chalkline, 'a')).toBe('service a');
    await chalkline.undo();
    await expect.poll(() => onTopOf(chalkline, 'a')).toBe('note: second');
  });

  it('of two cards that overlap the chosen one lies on top', async () => {
    const chalkline = await open();
    await chalkline.newBoard();
    await chalkline.place('service', { x: 400, y: 300 }, 'a');
    await chalkline.place('service', { x: 480, y: 420 }, 'b');
    await chalkline.select('b');
    for (let i = 0; i < 3; i++) await chalkline.press('Shift+ArrowUp');
    expect(await onTopOf(chalkline, 'b')).toBe('service b');
    const a = await chalkline.middleOf(chalkline.node('a'));
    await chalkline.page.mouse.click(a.x - 70, a.y);
    await expect.poll(() => onTopOf(chalkline, 'b')).toBe('service a');
  });
});
