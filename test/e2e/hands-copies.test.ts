/** Copies: through the clipboard to another board, another tab and other programs, and by dragging. */
import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import type { FilesPage } from './driver/files.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** `a` calls `b`, below them a note; all of it selected. */
async function openPair(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.place('service', { x: 300, y: 300 }, 'a');
  await chalkline.place('service', { x: 640, y: 300 }, 'b');
  await chalkline.connect('a', 'b');
  await chalkline.writeNote({ x: 300, y: 420 }, 'since the deploy');
  await chalkline.press('Control+a');
  return chalkline;
}

const arrows = ({ edges, nodes }: Board) =>
  Object.values(edges)
    .map(({ source, target }) => `${nodes[source]!.name} → ${nodes[target]!.name}`)
    .sort();
const notes = (board: Board) => Object.values(board.notes).map(({ text }) => text);

/** What another program gets when it pastes: here, the text of a note. */
async function textOnClipboard(page: FilesPage): Promise<string> {
  await page.press('n');
  await page.page.mouse.click(300, 640);
  const field = page.page.getByRole('textbox', { name: 'Text of the note' });
  await field.waitFor();
  await page.press('Control+v');
  const text = await field.inputValue();
  await page.press('Escape');
  await page.undo();
  return text;
}

describe('the clipboard', () => {
  it('copies and pastes on one board at the pointer, in one undo step', async () => {
    const chalkline = await openPair();
    const before = await chalkline.boardJson();
    await chalkline.press('Control+c');
    await chalkline.page.mouse.move(600, 600);
    await chalkline.press('Control+v');
    await chalkline.node('a 2').waitFor();
    expect(await chalkline.selected()).toEqual(['note: since the deploy', 'service a 2', 'service b 2']);
    const after = await chalkline.boardJson();
    expect(arrows(after)).toEqual(['a 2 → b 2', 'a → b']);
    const { x } = await chalkline.middleOf(chalkline.node('a 2'));
    expect(x).toBeGreaterThan(350);
    await chalkline.press('Delete');
    expect(await chalkline.boardJson()).toEqual(before);
    await chalkline.undo();
    await chalkline.node('a 2').waitFor();
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
  });

  it('cuts here and pastes in another tab and on another board, with the names as they were', async () => {
    const chalkline = await openPair();
    await chalkline.press('Control+x');
    await chalkline.node('a').waitFor({ state: 'detached' });
    expect(Object.keys((await chalkline.boardJson()).nodes)).toEqual([]);
    const other = await chalkline.secondTab();
    await other.newBoard();
    await other.press('Control+v');
    await other.node('b').waitFor();
    const there = await other.boardJson();
    expect(arrows(there)).toEqual(['a → b']);
    expect(notes(there)).toEqual(['since the deploy']);
    await chalkline.undo();
    await chalkline.node('a').waitFor();
  });

  it('hands other programs a sketch in words, which pasted draws the same again', async () => {
    const chalkline = await openPair();
    await chalkline.press('Control+c');
    const text = await textOnClipboard(chalkline);
    expect(text).toMatch(/^a -> b$/m);
    expect(text).toMatch(/^# since the deploy$/m);
    await chalkline.newBoard();
    await chalkline.paste(text);
    await chalkline.node('b').waitFor();
    expect(arrows(await chalkline.boardJson())).toEqual(['a → b']);
    await chalkline.undo();
    await chalkline.node('b').waitFor({ state: 'detached' });
  });

  it('takes a sketch, prose as a note, and a board as a file; a sketch with a fault changes nothing', async () => {
    const chalkline = await openPair();
    await chalkline.paste('b -> queue:orders => worker:fulfilment\n');
    await chalkline.node('fulfilment').waitFor();
    expect(arrows(await chalkline.boardJson())).toEqual(['a → b', 'b → orders', 'orders → fulfilment']);
    await chalkline.paste('what the customer said');
    await chalkline.note('what the customer said').waitFor();
    await chalkline.paste('p95 > 200');
    await chalkline.note('p95 > 200').waitFor();
    const before = await chalkline.boardJson();
    await chalkline.paste('a -> -> b');
    await chalkline.told(/Nothing has changed/);
    expect(await chalkline.boardJson()).toEqual(before);
    await chalkline.paste(JSON.stringify({ ...before, title: 'From elsewhere' }));
    await chalkline.told(/pasted-\w+\.json/);
    expect((await chalkline.boardJson()).title).toBe('From elsewhere');
  });

  it('leaves text that is being typed to the field', async () => {
    const chalkline = await openPair();
    const before = await chalkline.boardJson();
    await chalkline.select('a');
    await chalkline.press('F2', 'Control+a', 'Control+c', 'End', 'Control+v', 'Enter');
    await chalkline.node('aa').waitFor();
    expect(Object.keys((await chalkline.boardJson()).nodes)).toEqual(Object.keys(before.nodes));
  });

  it('copies from the menu, too', async () => {
    const chalkline = await openPair();
    await chalkline.menu('Edit', 'Copy');
    await chalkline.told('Copied.');
    await chalkline.page.mouse.move(600, 600);
    await chalkline.press('Control+v');
    await chalkline.node('b 2').waitFor();
  });
});

describe('copies by hand', () => {
  it('Ctrl+D copies beside; Alt+drag leaves what it was and moves the copy, in one undo step', async () => {
    const chalkline = await openPair();
    const before = await chalkline.boardJson();
    await chalkline.press('Control+d');
    await chalkline.node('a 2').waitFor();
    expect(arrows(await chalkline.boardJson())).toEqual(['a 2 → b 2', 'a → b']);
    await chalkline.undo();
    await chalkline.select('a');
    const from = await chalkline.middleOf(chalkline.node('a'));
    const to = { x: from.x + 50, y: from.y + 250 };
    await chalkline.holding('Alt', () => chalkline.drag(from, to));
    await chalkline.node('a 2').waitFor();
    expect(await chalkline.selected()).toEqual(['service a 2']);
    const after = await chalkline.boardJson();
    expect(arrows(after)).toEqual(['a → b']);
    for (const [id, node] of Object.entries(before.nodes)) expect(after.nodes[id]).toEqual(node);
    const copy = await chalkline.middleOf(chalkline.node('a 2'));
    expect(Math.hypot(copy.x - to.x, copy.y - to.y)).toBeLessThan(12);
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
  });

  it('Esc calls a drag off, with Alt and without, and keeps the selection', async () => {
    const chalkline = await openPair();
    const before = await chalkline.boardJson();
    await chalkline.select('a');
    const from = await chalkline.middleOf(chalkline.node('a'));
    const to = { x: from.x + 80, y: from.y + 250 };
    await chalkline.dragAnd(from, to, () => chalkline.press('Escape'));
    await chalkline.holding('Alt', () => chalkline.dragAnd(from, to, () => chalkline.press('Escape')));
    expect(await chalkline.selected()).toEqual(['service a']);
    expect(await chalkline.boardJson()).toEqual(before);
  });
});
