/** Taking the board elsewhere: pictures of a part of it, other programs' texts, and what is said before it leaves. */
import { expect, it } from 'vitest';
import { FORMATS, formatOf } from '../../src/formats/index.ts';
import { type Board, emptyBoard } from '../../src/graph/index.ts';
import { violations } from './axe.ts';
import { gridBoard } from './boards.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
const names = (board: Board) => Object.values(board.nodes).map(({ name }) => name);
const TEXTS = FORMATS.filter(({ id, write }) => write && id !== 'board' && id !== 'link');

/** A board on which every format would miss something. */
function eventful(): Board {
  const board = emptyBoard('eventful', 'Slow checkout');
  for (const [i, name] of ['web', 'cart', 'orders-db', 'mailer'].entries())
    board.nodes[name] = {
      id: name,
      name,
      kind: name.endsWith('db') ? 'database' : 'service',
      position: [i * 320, 0],
      instances: i + 1,
      config: { system: 'nginx', values: { worker_processes: '4' } },
    };
  board.edges.a = { id: 'a', source: 'web', target: 'cart', kind: 'call', protocol: 'HTTP' };
  board.edges.b = { id: 'b', source: 'cart', target: 'orders-db', kind: 'query', protocol: 'SQL' };
  for (const id of ['n1', 'n2', 'n3'])
    board.notes[id] = { id, text: `note ${id}`, position: [0, 300], size: [160, 80] };
  for (const id of ['cart', 'mailer'])
    board.marks[id] = { id, subject: { type: 'node', id }, status: 'suspected', at: 0 };
  return board;
}

async function openEventful(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.importFile({ name: 'eventful.json', content: JSON.stringify(eventful()) });
  await chalkline.node('mailer').waitFor();
  return chalkline;
}

it('every text for another program is what its format writes, and comes as a file of its kind', async () => {
  const chalkline = await openEventful();
  for (const { id, name, suffix, suffixes, write } of TEXTS) {
    if (suffixes.length === 0) continue;
    const file = await chalkline.exportFile(name);
    expect(file.name, id).toMatch(/^slow-checkout/);
    expect(file.name.endsWith(suffix ?? suffixes[0]!), file.name).toBe(true);
    expect(file.bytes.toString('utf8'), id).toBe(write!(eventful()));
  }
});

it('what a format can’t hold is counted for this board before it is written', async () => {
  const chalkline = await openEventful();
  const dialog = await chalkline.exportDialog('Mermaid');
  const said = dialog.getByRole('status').filter({ hasText: 'Not in it of this board' });
  expect(await said.textContent()).toMatch(/3 notes, 2 suspects, .*the settings of 4 parts/);
  expect(await said.textContent()).toContain('Of any board it leaves out places, instances');
  expect(await dialog.getByRole('textbox', { name: 'Mermaid, the text' }).inputValue()).toContain(
    'orders-db',
  );
  await dialog.getByRole('radio', { name: 'CSV edge list' }).click();
  await expect.poll(() => said.textContent()).toMatch(/this board: 1 part, 3 notes/);
  await dialog.getByRole('radio', { name: 'draw.io' }).click();
  await expect.poll(() => said.textContent()).toContain('this board: the title.');
});

it('what is copied for Excalidraw is what Excalidraw pastes; here it opens, too', async () => {
  const chalkline = await openEventful();
  await chalkline.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const dialog = await chalkline.exportDialog('Excalidraw clipboard');
  expect(await dialog.getByRole('button', { name: /^Export/ }).count()).toBe(0);
  await dialog.getByRole('button', { name: 'Copy Excalidraw clipboard' }).click();
  await chalkline.told('Copied as Excalidraw clipboard');
  const text = await chalkline.copiedText();
  // what Excalidraw looks for in text that is pasted
  expect(JSON.parse(text)).toMatchObject({ type: 'excalidraw/clipboard' });
  expect(text).toBe(formatOf('excalidraw-clipboard')!.write!(eventful()));
  await chalkline.newBoard();
  await chalkline.paste(text);
  await chalkline.node('mailer').waitFor();
  expect(names(await chalkline.boardJson()).sort()).toEqual(names(eventful()).sort());
});

it('a picture of the selection, or of the view, opens as the part that it shows', async () => {
  const chalkline = await openEventful();
  const nothing = await chalkline.exportDialog('PNG');
  await nothing.getByRole('radio', { name: 'Selection' }).click();
  await nothing.getByText('Nothing is selected.').waitFor();
  expect(await nothing.getByRole('button', { name: 'Export PNG' }).isDisabled()).toBe(true);
  await chalkline.press('Escape');

  await chalkline.select('web', 'cart');
  const dialog = await chalkline.exportDialog('SVG');
  await dialog.getByRole('radio', { name: 'Selection' }).click();
  await dialog.getByText('The 2 parts and notes that are drawn').waitFor();
  await chalkline.press('Escape');
  const whole = (await chalkline.exportAs('SVG', { figures: false })).toString();
  const files = [];
  for (const format of ['PNG', 'SVG'] as const) {
    const file = await chalkline.exportFile(format, { of: 'Selection', figures: false });
    expect(file.name).toBe(`slow-checkout-selection.${format.toLowerCase()}`);
    files.push(file);
  }
  const svg = files[1]!.bytes.toString();
  expect(svg).not.toContain('mailer');
  expect(svg.length).toBeLessThan(whole.length);

  await chalkline.press('Escape');
  await chalkline.select('mailer');
  await chalkline.press('Control+0', 'Shift+2');
  const view = (await chalkline.exportAs('SVG', { of: 'View', figures: false })).toString();
  expect(view).toContain('clip-path="url(#frame)"');
  expect(view).toContain('mailer');

  for (const { name, bytes } of files) {
    await chalkline.newBoard();
    await chalkline.importFile({ name, content: bytes });
    await chalkline.node('cart').waitFor();
    const part = await chalkline.boardJson();
    expect(part.title).toBe('Slow checkout (selection)');
    expect(names(part)).toEqual(['cart', 'web']);
    expect(Object.keys(part.edges)).toEqual(['a']);
    expect(Object.keys(part.marks)).toEqual(['cart']);
  }
});

it('without title, legend and figures the picture is the drawing alone', async () => {
  const chalkline = await openEventful();
  const bare = { title: false, legend: false, figures: false, strip: true };
  const svg = (await chalkline.exportAs('SVG', bare)).toString();
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(texts).toEqual(expect.arrayContaining(['web', 'cart', 'orders-db', 'mailer']));
  expect(texts.join()).not.toMatch(/Slow checkout|Parts|Simulat/);
});

it('a scale that makes no picture is said, with the most there is and the largest that fits', async () => {
  const chalkline = await open();
  await chalkline.importFile({ name: 'grid.json', content: JSON.stringify(gridBoard(150)) });
  await chalkline.told(/grid\.json/);
  const dialog = await chalkline.exportDialog('PNG');
  await dialog.getByRole('radio', { name: '4×' }).click();
  const fault = dialog.getByText(/^4× would be/);
  expect(await fault.textContent()).toMatch(
    /^4× would be [\d,]+ × [\d,]+ pixels\. The most is 8,192 on a side and 17 million in all, so it is drawn at [\d,]+ × [\d,]+/,
  );
  const offer = dialog.getByRole('button', { name: /^Draw it at [123]×$/ });
  const scale = (await offer.textContent())!.match(/\d/)![0];
  await offer.click();
  await fault.waitFor({ state: 'detached' });
  expect(await dialog.getByRole('radio', { name: `${scale}×` }).getAttribute('aria-checked')).toBe('true');
  const size = (await dialog.getByText(/ pixels$/).textContent())!.replaceAll(',', '').match(/\d+/g)!;
  const { bytes } = await chalkline.download(() =>
    dialog.getByRole('button', { name: 'Export PNG' }).click(),
  );
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual(size.map(Number));
  const clamped = await chalkline.exportAs('PNG', { scale: '4×' });
  expect(Math.max(clamped.readUInt32BE(16), clamped.readUInt32BE(20))).toBeLessThanOrEqual(8192);
  await chalkline.told(/the most a PNG may have here/);
});

it('by keyboard alone: from the board to a file of another program', async () => {
  const chalkline = await openEventful();
  await chalkline.press('Control+e');
  const dialog = chalkline.page.getByRole('dialog', { name: 'Export' });
  await dialog.waitFor();
  // in one step what is wanted most
  const quick = await chalkline.download(() => chalkline.press('Enter'));
  expect(quick.name).toMatch(/^slow-checkout-[\d-]+\.png$/);
  await chalkline.press('Control+e');
  await dialog.getByRole('radio', { name: 'Mermaid' }).waitFor();
  for (let i = 0; i < 20 && !(await hasFocus(chalkline, 'PNG')); i++) await chalkline.press('Shift+Tab');
  for (let i = 0; i < 30 && !(await hasFocus(chalkline, 'Mermaid')); i++) await chalkline.press('ArrowDown');
  for (let i = 0; i < 10 && !(await hasFocus(chalkline, 'Export Mermaid')); i++) await chalkline.press('Tab');
  const file = await chalkline.download(() => chalkline.press('Enter'));
  expect(file.name).toBe('slow-checkout.mmd');
});

const hasFocus = (chalkline: Chalkline, text: string) =>
  chalkline.page.evaluate((wanted) => document.activeElement?.textContent === wanted, text);

it.each(['light', 'dark'] as const)('everybody can use it, in %s', async (theme) => {
  const chalkline = await open({ theme, bypassPolicy: true });
  await chalkline.node('cart').waitFor();
  const dialog = await chalkline.exportDialog('PNG');
  await dialog.getByRole('img').waitFor();
  for (const way of ['PNG', 'JSON', 'Link', 'Report, HTML page', 'Mermaid']) {
    await dialog.getByRole('radio', { name: way, exact: true }).click();
    await dialog
      .getByRole('button', { name: /^(Export|Copy) / })
      .first()
      .waitFor();
    expect(await violations(chalkline.page), way).toEqual([]);
    await chalkline.screenshot(`export-${way.toLowerCase().replace(/\W+/g, '-')}-${theme}`);
  }
});
