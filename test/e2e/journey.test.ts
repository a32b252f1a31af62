/** The main job from end to end: sketch, lay out, mark, leave with files, and open them again. */
import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
/** Names that must not leave in a picture whose data is taken out, because they are not drawn. */
const SECRET = 'http://10.1.2.3:9090/secret-host';
const WHY = 'pool exhausted since the deploy';

async function sketch(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  await chalkline.page.getByRole('button', { name: 'Untitled board' }).click();
  await chalkline.page.getByRole('textbox', { name: 'Board title' }).fill('Checkout incident');
  await chalkline.press('Enter');
  await chalkline.place('gateway', { x: 300, y: 200 }, 'front');
  await chalkline.place('service', { x: 600, y: 560 }, 'checkout');
  await chalkline.place('database', { x: 250, y: 420 }, 'orders-db');
  await chalkline.place('topic', { x: 640, y: 200 }, 'placed');
  await chalkline.connect('front', 'checkout', 'bottom');
  await chalkline.connect('checkout', 'orders-db', 'left');
  await chalkline.connect('checkout', 'placed', 'top');
  return chalkline;
}

/** Writes a link into a node: data of the board that no picture draws. */
async function addLink(chalkline: Chalkline, node: string): Promise<void> {
  await chalkline.select(node);
  await chalkline.tab('Inspector');
  const field = chalkline.page.getByRole('textbox', { name: /^Add link/ });
  await field.fill(SECRET);
  await field.press('Enter');
  await chalkline.page.getByRole('textbox', { name: 'link 1' }).waitFor();
}

/** All that a PNG or SVG may hide: its bytes, and whatever in them can be inflated. */
function laidBare(bytes: Buffer): string {
  const texts = [bytes.toString('latin1')];
  for (let at = 0; at < bytes.length - 2; at++) {
    if (bytes[at] !== 0x78) continue;
    try {
      texts.push(inflateSync(bytes.subarray(at), { finishFlush: 2 }).toString('latin1'));
    } catch {
      // not the start of anything deflated
    }
  }
  for (const [base64] of bytes.toString('latin1').matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g))
    texts.push(Buffer.from(base64, 'base64').toString('latin1'));
  return texts.join('\n');
}

it('sketch, layout, marks and export; each file opens as the same board', async () => {
  const chalkline = await sketch();
  await addLink(chalkline, 'orders-db');
  const drawn = await chalkline.boardJson();
  await chalkline.layOut();
  const laidOut = await chalkline.boardJson();
  expect(laidOut.nodes).not.toEqual(drawn.nodes);
  await chalkline.select('orders-db');
  await chalkline.mark('suspected', WHY);
  await chalkline.selectEdge('front', 'checkout');
  await chalkline.mark('cleared', 'as fast as ever');
  await chalkline.select('checkout');
  await chalkline.mark('confirmed');

  const board = await chalkline.boardJson();
  const statuses = Object.values(board.marks).map(
    ({ status, hypothesis }) => `${status} ${hypothesis ?? ''}`,
  );
  expect(statuses.sort()).toEqual(['cleared as fast as ever', 'confirmed ', `suspected ${WHY}`]);

  const files = {
    'board.json': await chalkline.exportAs('JSON'),
    'board.png': await chalkline.exportAs('PNG'),
    'board.svg': await chalkline.exportAs('SVG', { theme: 'Dark' }),
  };
  expect(laidBare(files['board.png'])).toContain(SECRET);
  for (const [name, bytes] of Object.entries(files)) {
    const elsewhere = await open();
    if (name.endsWith('.svg')) await elsewhere.drop(name, bytes);
    else await elsewhere.importFile({ name, content: bytes });
    await elsewhere.told(/4 nodes/);
    expect(await elsewhere.boardJson(), name).toEqual(board);
    await elsewhere.close();
  }
});

it('a picture carries title, time, legend, marks and that it is simulated, and with the switch no data', async () => {
  const chalkline = await sketch();
  await addLink(chalkline, 'orders-db');
  await chalkline.select('checkout');
  await chalkline.mark('suspected', WHY);
  await chalkline.page.waitForFunction(
    () =>
      document.querySelector('.edge-target')?.getAttribute('aria-label')?.includes('no figures') === false,
  );
  const svg = (await chalkline.exportAs('SVG', { strip: true })).toString('utf8');
  for (const words of ['Checkout incident', String(new Date().getFullYear()), 'imulated', 'suspected', WHY])
    expect(svg).toContain(words);
  const bare = (await chalkline.exportAs('SVG', { strip: true, legend: false })).toString('utf8');
  expect(bare.length).toBeLessThan(svg.length);
  const png = await chalkline.exportAs('PNG', { strip: true });
  for (const bytes of [Buffer.from(svg), Buffer.from(bare), png]) {
    const everything = laidBare(bytes);
    expect(everything).not.toContain('secret-host');
    expect(everything).not.toContain('"nodes"');
  }
  const before: Board = await chalkline.boardJson();
  await chalkline.importFile({ name: 'stripped.png', content: png });
  await chalkline.told(/stripped\.png can’t be read/);
  expect(await chalkline.boardJson()).toEqual(before);
});

it('the picture goes to the clipboard as PNG, without the board in it', async () => {
  const chalkline = await open();
  await chalkline.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chalkline.node('cart').waitFor();
  await chalkline.press('Shift+Alt+c');
  await chalkline.told('Copied as PNG');
  const copied = await chalkline.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const blob = await item!.getType('image/png');
    const { width, height } = await createImageBitmap(blob);
    return { width, height, bytes: [...new Uint8Array(await blob.arrayBuffer())] };
  });
  expect(copied.width).toBeGreaterThan(1000);
  expect(copied.height).toBeGreaterThan(500);
  expect(laidBare(Buffer.from(copied.bytes))).not.toContain('"nodes"');
});
