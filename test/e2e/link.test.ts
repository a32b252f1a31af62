/** A board in a link: what is said before it is copied, and what opening it does to what is kept here. */
import { expect, it } from 'vitest';
import { formatOf } from '../../src/formats/index.ts';
import { type Board, emptyBoard } from '../../src/graph/index.ts';
import { gridBoard } from './boards.ts';
import type { FilesPage } from './driver/files.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
const names = (board: Board) =>
  Object.values(board.nodes)
    .map(({ name }) => name)
    .sort();

function board(): Board {
  const made = emptyBoard('linked', 'Shared sketch');
  made.nodes.web = { id: 'web', name: 'web', kind: 'service', position: [0, 0] };
  made.nodes.db = {
    id: 'db',
    name: 'db',
    kind: 'database',
    position: [320, 0],
    match: { names: ['db-7.internal.example'] },
    config: { system: 'PostgreSQL', values: { max_connections: '100' } },
  };
  made.edges.q = { id: 'q', source: 'web', target: 'db', kind: 'query' };
  return made;
}

async function sharing(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chalkline.importFile({ name: 'shared.json', content: JSON.stringify(board()) });
  await chalkline.node('db').waitFor();
  return chalkline;
}

/** The address that the dialog hands out, with these left out. */
async function linkWithout(chalkline: Chalkline, ...left: RegExp[]): Promise<string> {
  await chalkline.menu('File', 'Copy a link with the board in it');
  const dialog = chalkline.page.getByRole('dialog', { name: 'Export' });
  for (const each of left) await dialog.getByLabel(each).check();
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await chalkline.told('Copied as a link');
  return chalkline.copiedText();
}

const boardsKept = async (page: FilesPage) => {
  await page.press('Control+Shift+o');
  const items = page.page.getByRole('dialog').getByRole('listitem');
  await items.first().waitFor();
  const kept = await items.count();
  await page.press('Escape');
  return kept;
};

it('opens in a new tab as a board of its own, and is gone from the address', async () => {
  const chalkline = await sharing();
  const link = await linkWithout(chalkline);
  expect(link.startsWith(`${chalkline.url.replace(/\/$/, '')}/#board=`)).toBe(true);
  const before = await boardsKept(chalkline);
  const other = await chalkline.secondTab(link);
  await other.told(/The link: 2 nodes/);
  expect(other.page.url()).not.toContain('#');
  const opened = await other.boardJson();
  expect(opened.title).toBe('Shared sketch');
  expect(opened.nodes).toEqual(board().nodes);
  // it has an id of its own: the board it was made of is still as it was
  expect(opened.id).not.toBe('linked');
  expect(await boardsKept(other)).toBe(before + 1);
  expect((await chalkline.boardJson()).id).toBe('linked');
  // loaded again it is the board, not one more
  await other.saved();
  await other.page.reload();
  await other.node('db').waitFor();
  expect(await boardsKept(other)).toBe(before + 1);
});

it('says how long it is and what it tells, and leaves out what is wanted', async () => {
  const chalkline = await sharing();
  await chalkline.menu('File', 'Copy a link with the board in it');
  const dialog = chalkline.page.getByRole('dialog', { name: 'Export' });
  const size = async () =>
    Number((await dialog.getByText(/ characters/).textContent())!.replaceAll(',', '').match(/\d+/)![0]);
  const whole = await size();
  expect(await dialog.getByRole('textbox', { name: 'The link' }).inputValue()).toHaveLength(whole);
  await dialog.getByText('Whoever has the link can read all that is in it').waitFor();
  await dialog.getByText('this machine: others can’t reach it').waitFor();
  await dialog.getByLabel('Settings (of 1 part)').check();
  await expect.poll(size).toBeLessThan(whole);
  await chalkline.press('Escape');
  const link = await linkWithout(chalkline, /^Settings/, /^Source addresses/);
  const other = await chalkline.secondTab(link);
  await other.told(/The link/);
  const text = JSON.stringify(await other.boardJson());
  expect(text).not.toMatch(/internal\.example|max_connections/);
  expect(text).toContain('"db"');
});

it('a long one is warned of, and one beyond all bounds is not made', async () => {
  const chalkline = await open();
  await chalkline.importFile({ name: 'grid.json', content: JSON.stringify(gridBoard(600)) });
  await chalkline.told(/grid\.json/);
  const dialog = await chalkline.exportDialog('Link');
  await dialog.getByText(/cut links of over 8,000/).waitFor();
  await chalkline.press('Escape');
  const nodes = Object.entries(gridBoard(600).nodes).map(([id, node]) => [
    id,
    { ...node, description: noise(400) },
  ]);
  const noisy = { ...gridBoard(600), id: 'noisy', nodes: Object.fromEntries(nodes) };
  await chalkline.importFile({ name: 'noisy.json', content: JSON.stringify(noisy) });
  await chalkline.told(/noisy\.json/);
  const refused = await chalkline.exportDialog('Link');
  await refused.getByText(/would make a link of [\d,]+ characters\. Links up to 64,000/).waitFor();
  expect(await refused.getByRole('button', { name: 'Copy link' }).isDisabled()).toBe(true);
});

/** What no packing makes shorter. */
const noise = (length: number) =>
  Array.from({ length }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('');

it('what is broken, cut off, too large or no board changes nothing and says why', async () => {
  const chalkline = await sharing();
  const before = await chalkline.boardJson();
  const whole = formatOf('link')!.write!(board());
  for (const [fragment, why] of [
    [whole.slice(0, -9), /The link can’t be read, at the text behind #board=: is damaged or was cut off/],
    ['#board=', /is damaged or was cut off/],
    ['#board=%3Cscript%3E', /letters that no such link has/],
    [`#board=${Buffer.from('{"nodes":3}').toString('base64url')}`, /is damaged/],
  ] as const) {
    // as it is when a link is put into the address of a page that is open
    await chalkline.page.evaluate((to) => {
      window.location.hash = to;
    }, fragment);
    await chalkline.told(why);
    await chalkline.told(/Nothing has changed/);
    expect(chalkline.page.url()).not.toContain('#');
  }
  expect(await chalkline.boardJson()).toEqual(before);
  await chalkline.page.evaluate(
    (to) => {
      window.location.hash = to;
    },
    formatOf('link')!.write!({ ...emptyBoard('more', 'More'), nodes: { web: board().nodes.web! } }),
  );
  await expect.poll(async () => names(await chalkline.boardJson())).toEqual(['web']);
});

it('pasted onto the board it opens, too', async () => {
  const chalkline = await open();
  await chalkline.paste(`https://chalk.example/${formatOf('link')!.write!(board())}`);
  await chalkline.told(/2 nodes/);
  expect(names(await chalkline.boardJson())).toEqual(['db', 'web']);
});
