/** The canvas in a person's hands: everything that is placed, named, connected, chosen and moved. */
import { describe, expect, it } from 'vitest';
import { type Board, NODE_KINDS } from '../../src/graph/index.ts';
import { KIND_KEYS } from './driver/board.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

async function openEmpty(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  return chalkline;
}

/** Two services side by side, `a` at the left. */
async function openPair(): Promise<Chalkline> {
  const chalkline = await openEmpty();
  await chalkline.place('service', { x: 300, y: 300 }, 'a');
  await chalkline.place('service', { x: 640, y: 300 }, 'b');
  return chalkline;
}

const undoIsOff = (chalkline: Chalkline) =>
  chalkline.page.getByRole('button', { name: 'Undo', exact: true, disabled: true }).waitFor();
const nodeNamed = (board: Board, name: string) =>
  Object.values(board.nodes).find((node) => node.name === name)!;
/** How far a node went, board pixels. */
function moved(before: Board, after: Board, name: string): [number, number] {
  const [from, to] = [nodeNamed(before, name).position, nodeNamed(after, name).position];
  return [to[0] - from[0], to[1] - from[1]];
}
const edgesOf = ({ edges, nodes }: Board) =>
  Object.values(edges)
    .map(({ source, target }) => `${nodes[source]!.name} → ${nodes[target]!.name}`)
    .sort();

describe('placing', () => {
  it('places every kind by its key, each of them one undo step and its name another', async () => {
    const chalkline = await openEmpty();
    for (const [i, kind] of NODE_KINDS.entries())
      await chalkline.place(
        kind,
        { x: 190 + (i % 4) * 200, y: 140 + Math.floor(i / 4) * 120 },
        `the ${kind}`,
      );
    expect(await chalkline.nodeNames()).toEqual(NODE_KINDS.map((kind) => `${kind} the ${kind}`).sort());
    const kinds = Object.values((await chalkline.boardJson()).nodes).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual([...NODE_KINDS].sort());
    for (let i = 0; i < NODE_KINDS.length * 2; i++) await chalkline.undo();
    await undoIsOff(chalkline);
    expect(await chalkline.nodeNames()).toEqual([]);
  });

  it('places every kind from the rail', async () => {
    const chalkline = await openEmpty();
    const rail = chalkline.page.getByRole('toolbar', { name: 'Tools' });
    for (const [i, kind] of NODE_KINDS.entries()) {
      const name = new RegExp(`^${kind}`, 'i');
      const inSight = rail.getByRole('button', { name });
      if ((await inSight.count()) === 0) {
        await rail.getByRole('button', { name: /more kinds/i }).click();
        await rail.getByRole('menuitem', { name }).click();
      } else await inSight.click();
      await chalkline.page.mouse.click(190 + (i % 4) * 200, 140 + Math.floor(i / 4) * 120);
      await chalkline.name(`the ${kind}`);
    }
    expect(await chalkline.nodeNames()).toEqual(NODE_KINDS.map((kind) => `${kind} the ${kind}`).sort());
  });

  it('places a service by double click, and takes Esc as no name given', async () => {
    const chalkline = await openEmpty();
    await chalkline.page.mouse.dblclick(400, 600);
    await chalkline.page.locator('.rename').waitFor();
    await chalkline.press('Escape');
    expect(await chalkline.nodeNames()).toHaveLength(1);
    await chalkline.undo();
    expect(await chalkline.nodeNames()).toEqual([]);
  });

  it('knows every key that the help sheet shows', async () => {
    const chalkline = await open();
    await chalkline.press('Shift+?');
    const help = await chalkline.page.getByRole('dialog', { name: 'Keys and help' }).textContent();
    for (const [kind, key] of Object.entries(KIND_KEYS))
      expect(help).toMatch(new RegExp(`Place an? ${kind}\\s*${key.toUpperCase()}`));
    await chalkline.press('Escape');
    await chalkline.page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

describe('connecting', () => {
  it('from handle to handle, from handle to body, and twice only once', async () => {
    const chalkline = await openPair();
    const from = await chalkline.middleOf(chalkline.handle('a', 'right'));
    await chalkline.drag(from, await chalkline.middleOf(chalkline.handle('b', 'left')));
    await chalkline.edge('a', 'b').waitFor();
    await chalkline.connect('b', 'a', 'bottom');
    await chalkline.drag(from, await chalkline.middleOf(chalkline.node('b')));
    await chalkline.told('is drawn already');
    expect(edgesOf(await chalkline.boardJson())).toEqual(['a → b', 'b → a']);
  });

  it('to the empty canvas makes the node there, in one undo step', async () => {
    const chalkline = await openPair();
    await chalkline.drag(await chalkline.middleOf(chalkline.handle('b', 'bottom')), { x: 640, y: 560 });
    await chalkline.name('c');
    await chalkline.edge('b', 'c').waitFor();
    const { x, y } = await chalkline.middleOf(chalkline.node('c'));
    expect(Math.hypot(x - 640, y - 560)).toBeLessThan(3);
    await chalkline.undo();
    await chalkline.node('c').waitFor({ state: 'detached' });
    await chalkline.undo();
    expect(await chalkline.nodeNames()).toEqual(['service a', 'service b']);
    expect(edgesOf(await chalkline.boardJson())).toEqual([]);
  });
});

describe('naming', () => {
  it('by double click, by Enter and by F2; Esc leaves the name as it was', async () => {
    const chalkline = await openPair();
    await chalkline.rename('a', 'by double click');
    await chalkline.select('by double click');
    await chalkline.press('Enter');
    await chalkline.name('by Enter');
    await chalkline.press('F2');
    await chalkline.name('by F2');
    await chalkline.press('F2');
    await chalkline.page.locator('.rename').fill('never');
    await chalkline.press('Escape');
    expect(await chalkline.nodeNames()).toEqual(['service b', 'service by F2']);
    await chalkline.undo();
    await chalkline.node('by Enter').waitFor();
    await chalkline.redo();
    await chalkline.node('by F2').waitFor();
  });
});

describe('choosing', () => {
  it('by click, Shift-click, frame and Ctrl+A; a click on the canvas lets go', async () => {
    const chalkline = await openPair();
    await chalkline.place('database', { x: 640, y: 560 }, 'c');
    await chalkline.select('a');
    expect(await chalkline.selected()).toEqual(['service a']);
    await chalkline.select('a', 'c');
    expect(await chalkline.selected()).toEqual(['database c', 'service a']);
    await chalkline.drag({ x: 170, y: 230 }, { x: 600, y: 380 });
    expect(await chalkline.selected()).toEqual(['service a', 'service b']);
    await chalkline.press('Control+a');
    expect(await chalkline.selected()).toHaveLength(3);
    const { x, y } = chalkline.emptySpot();
    await chalkline.page.mouse.click(x, y);
    expect(await chalkline.selected()).toEqual([]);
  });

  it('an edge by its pill and by its line', async () => {
    const chalkline = await openPair();
    await chalkline.connect('a', 'b');
    await chalkline.press('Escape');
    const heading = chalkline.page.getByRole('heading', { name: /a\s*→\s*b/ });
    const pressed = chalkline.page.locator('.edge-target[aria-pressed="true"]');
    await pressed.waitFor({ state: 'detached' });
    await chalkline.selectEdge('a', 'b');
    await pressed.waitFor();
    await heading.first().waitFor();
    await chalkline.press('Escape');
    await pressed.waitFor({ state: 'detached' });
    const a = await chalkline.middleOf(chalkline.handle('a', 'right'));
    await chalkline.page.mouse.click(a.x + 16, a.y);
    await pressed.waitFor();
  });
});

describe('deleting', () => {
  it('a connected node goes with its edges, and comes back with them by one undo', async () => {
    const chalkline = await openPair();
    await chalkline.connect('a', 'b');
    const before = await chalkline.boardJson();
    await chalkline.select('b');
    await chalkline.press('Delete');
    await chalkline.node('b').waitFor({ state: 'detached' });
    expect(edgesOf(await chalkline.boardJson())).toEqual([]);
    await chalkline.undo();
    await chalkline.edge('a', 'b').waitFor();
    expect(await chalkline.boardJson()).toEqual(before);
  });
});

describe('groups and notes', () => {
  it('groups, drags the group by its title, and ungroups', async () => {
    const chalkline = await openPair();
    await chalkline.place('database', { x: 400, y: 600 }, 'c');
    await chalkline.select('a', 'b');
    await chalkline.press('Control+g');
    await chalkline.name('shop');
    const before = await chalkline.boardJson();
    const title = await chalkline.middleOf(chalkline.group('shop'));
    await chalkline.drag(title, { x: title.x + 60, y: title.y + 40 });
    const after = await chalkline.boardJson();
    expect(moved(before, after, 'a')).toEqual(moved(before, after, 'b'));
    expect(moved(before, after, 'c')).toEqual([0, 0]);
    const [dx, dy] = moved(before, after, 'a');
    // the first few pixels tell a drag from a click
    expect(dx).toBeGreaterThan(40);
    expect(dy).toBeGreaterThan(25);
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
    await chalkline.group('shop').click();
    await chalkline.press('Control+Shift+g');
    await chalkline.group('shop').waitFor({ state: 'detached' });
    const { groups, nodes } = await chalkline.boardJson();
    expect(groups).toEqual({});
    expect(Object.values(nodes).some(({ group }) => group)).toBe(false);
  });

  it('notes are written, resized, and taken back', async () => {
    const chalkline = await openEmpty();
    await chalkline.writeNote({ x: 300, y: 600 }, 'pool of 10, since the deploy?');
    const [written] = Object.values((await chalkline.boardJson()).notes);
    await chalkline.note('pool of 10').click();
    const corner = await chalkline.middleOf(
      chalkline.page.locator('.react-flow__resize-control.handle.bottom.right'),
    );
    await chalkline.drag(corner, { x: corner.x + 80, y: corner.y + 50 });
    const [resized] = Object.values((await chalkline.boardJson()).notes);
    expect(resized!.size).toEqual([written!.size[0] + 80, written!.size[1] + 50]);
    await chalkline.undo();
    expect(Object.values((await chalkline.boardJson()).notes)).toEqual([written]);
  });
});

describe('moving', () => {
  it('by drag, together with what is chosen, in one undo step', async () => {
    const chalkline = await openPair();
    const before = await chalkline.boardJson();
    await chalkline.select('a', 'b');
    const at = await chalkline.middleOf(chalkline.node('a'));
    await chalkline.drag(at, { x: at.x + 30, y: at.y + 90 });
    const after = await chalkline.boardJson();
    expect(moved(before, after, 'a')).toEqual(moved(before, after, 'b'));
    expect(moved(before, after, 'a')[1]).toBeGreaterThan(60);
    await chalkline.undo();
    expect(await chalkline.boardJson()).toEqual(before);
  });

  it('by arrow keys, which can be undone and are saved', async () => {
    const chalkline = await openPair();
    const before = await chalkline.boardJson();
    await chalkline.select('a');
    await chalkline.press('ArrowRight', 'Shift+ArrowDown');
    const [x, y] = nodeNamed(before, 'a').position;
    await chalkline.saved();
    await chalkline.page.reload();
    await chalkline.node('a').waitFor();
    expect(nodeNamed(await chalkline.boardJson(), 'a').position).toEqual([x + 8, y + 40]);
    await chalkline.select('a');
    await chalkline.press('ArrowLeft');
    expect(nodeNamed(await chalkline.boardJson(), 'a').position).toEqual([x, y + 40]);
    await chalkline.undo();
    expect(nodeNamed(await chalkline.boardJson(), 'a').position).toEqual([x + 8, y + 40]);
  });
});
