/** A system sketched by keys alone: each node on from the last, named at once. */
import { describe, expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();

/** An empty board with one service on it, selected. */
async function openOne(name: string): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.place('service', { x: 300, y: 300 }, name);
  return chalkline;
}

const arrows = ({ edges, nodes }: Board) =>
  Object.values(edges)
    .map(({ source, target, kind }) => `${nodes[source]!.name} ${kind} ${nodes[target]!.name}`)
    .sort();

/** Types a name without waiting for anything to be seen, then Enter. */
async function typeName(chalkline: Chalkline, name: string): Promise<void> {
  await chalkline.type(name);
  await chalkline.press('Enter');
  await chalkline.node(name).waitFor();
}

describe('from a node on', () => {
  it('Ctrl+Arrow adds joined nodes that are named as they are typed, each one undo step', async () => {
    const chalkline = await openOne('checkout');
    await chalkline.press('Control+ArrowRight');
    await typeName(chalkline, 'payments');
    await chalkline.press('Control+ArrowRight');
    await typeName(chalkline, 'bank');
    await chalkline.press('Control+ArrowDown');
    await typeName(chalkline, 'audit');
    expect(await chalkline.selected()).toEqual(['service audit']);
    const board = await chalkline.boardJson();
    expect(arrows(board)).toEqual(['bank call audit', 'checkout call payments', 'payments call bank']);
    const at = (name: string) => Object.values(board.nodes).find((node) => node.name === name)!.position;
    expect(at('payments')[0]).toBeGreaterThan(at('checkout')[0] + 184);
    expect(at('payments')[1]).toBe(at('checkout')[1]);
    expect(at('audit')[1]).toBeGreaterThan(at('bank')[1] + 72);
    // a name and a node each
    for (let i = 0; i < 6; i++) await chalkline.undo();
    expect(await chalkline.nodeNames()).toEqual(['service checkout']);
  });

  it('what follows a queue is a worker that consumes from it, and twice from one node fans out', async () => {
    const chalkline = await open();
    await chalkline.newBoard();
    await chalkline.place('queue', { x: 300, y: 300 }, 'orders');
    await chalkline.press('Control+ArrowRight');
    await typeName(chalkline, 'one');
    await chalkline.press('Alt+ArrowLeft');
    expect(await chalkline.selected()).toEqual(['queue orders']);
    await chalkline.press('Control+ArrowRight');
    await typeName(chalkline, 'two');
    const board = await chalkline.boardJson();
    expect(arrows(board)).toEqual(['orders consume one', 'orders consume two']);
    const [one, two] = ['one', 'two'].map(
      (name) => Object.values(board.nodes).find((node) => node.name === name)!.position,
    );
    expect(one![0]).toBe(two![0]);
    expect(Math.abs(one![1] - two![1])).toBeGreaterThan(72);
  });

  it('a click on a side adds one there', async () => {
    const chalkline = await openOne('checkout');
    await chalkline.node('checkout').hover();
    await chalkline.handle('checkout', 'right').click();
    await typeName(chalkline, 'payments');
    expect(arrows(await chalkline.boardJson())).toEqual(['checkout call payments']);
  });

  it('keeps what is added in view', async () => {
    const chalkline = await openOne('n0');
    for (let i = 1; i < 6; i++) {
      await chalkline.press('Control+ArrowRight');
      await typeName(chalkline, `n${i}`);
    }
    await chalkline.stopped();
    const { x } = await chalkline.middleOf(chalkline.node('n5'));
    expect(x).toBeGreaterThan(64);
    expect(x).toBeLessThan(1280 - 320);
  });
});

describe('from node to node', () => {
  it('Alt+Arrow walks, along edges first, and brings what is out of view into it', async () => {
    const chalkline = await openOne('a');
    await chalkline.place('service', { x: 560, y: 300 }, 'near');
    await chalkline.place('service', { x: 820, y: 480 }, 'joined');
    await chalkline.connect('a', 'joined');
    await chalkline.select('a');
    await chalkline.press('Alt+ArrowRight');
    expect(await chalkline.selected()).toEqual(['service joined']);
    await chalkline.press('Alt+ArrowLeft');
    expect(await chalkline.selected()).toEqual(['service a']);
    await chalkline.select('joined');
    await chalkline.press('Escape', 'Alt+ArrowUp');
    expect(await chalkline.selected()).toHaveLength(1);
    await chalkline.select('a');
    await chalkline.page.mouse.move(600, 600);
    await chalkline.page.mouse.wheel(700, 0);
    await chalkline.page.waitForTimeout(100);
    await chalkline.press('Alt+ArrowRight', 'Alt+ArrowLeft');
    await chalkline.stopped();
    expect(await chalkline.selected()).toEqual(['service a']);
    expect((await chalkline.middleOf(chalkline.node('a'))).x).toBeGreaterThan(64);
  });

  it('Tab while naming keeps the name and goes on to name the next, Shift+Tab the one before', async () => {
    const chalkline = await openOne('a');
    await chalkline.place('service', { x: 560, y: 300 }, 'b');
    await chalkline.place('service', { x: 300, y: 480 }, 'c');
    await chalkline.select('a');
    await chalkline.press('F2');
    await chalkline.type('first');
    await chalkline.press('Tab');
    await chalkline.type('second');
    await chalkline.press('Tab');
    await chalkline.type('third');
    await chalkline.press('Shift+Tab');
    await chalkline.type('again');
    await chalkline.press('Enter');
    expect(await chalkline.nodeNames()).toEqual(['service again', 'service first', 'service third']);
    expect(await chalkline.selected()).toEqual(['service again']);
  });
});
