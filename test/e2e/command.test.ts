/** The command bar: one line for sketching, finding and doing. */
import { beforeEach, expect, test } from 'vitest';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
let chalkline: Chalkline;
beforeEach(async () => {
  chalkline = await open();
  await chalkline.newBoard();
});

const bar = () => chalkline.page.getByRole('combobox', { name: 'Sketch, find or do' });
const option = (name: string | RegExp) => chalkline.page.getByRole('option', { name });

async function say(text: string): Promise<void> {
  await chalkline.press('Control+k');
  await bar().fill(text);
}

test('a sketch that is only typed changes nothing', async () => {
  await say('checkout -> payments -> kafka:orders => fulfilment');
  await option(/^Draw 4 parts, 3 edges/).waitFor();
  await chalkline.press('Escape');
  expect((await chalkline.boardJson()).nodes).toEqual({});
});

test('a sketch is drawn by Enter, and taken back by one undo', async () => {
  await say('checkout -> payments -> kafka:orders => fulfilment\n!payments "pool exhausted?"');
  await option(/^Draw 4 parts, 3 edges, 1 mark/).waitFor();
  await chalkline.press('Enter');
  const { nodes, edges, marks } = await chalkline.boardJson();
  const name = (id: string) => nodes[id]!.name;
  expect(Object.values(nodes).map((node) => `${node.kind} ${node.name}`)).toEqual(
    expect.arrayContaining(['service checkout', 'service payments', 'topic orders', 'service fulfilment']),
  );
  expect(
    Object.values(edges).map((edge) => `${name(edge.source)} ${edge.kind} ${name(edge.target)}`),
  ).toEqual(
    expect.arrayContaining([
      'checkout call payments',
      'payments publish orders',
      'orders consume fulfilment',
    ]),
  );
  expect(Object.values(marks)[0]).toMatchObject({ status: 'suspected', hypothesis: 'pool exhausted?' });
  await chalkline.undo();
  expect((await chalkline.boardJson()).nodes).toEqual({});
});

test('saying it again draws nothing twice', async () => {
  for (let i = 0; i < 2; i++) {
    await say('a -> b');
    await option(i === 0 ? /^Draw/ : /^Nothing new/).waitFor();
    await chalkline.press('Enter');
  }
  const { nodes, edges } = await chalkline.boardJson();
  expect([Object.keys(nodes).length, Object.keys(edges).length]).toEqual([2, 1]);
});

test('what cannot be read is shown at its character, and nothing is drawn', async () => {
  await say('a -> -> b');
  await chalkline.page.getByRole('alert').filter({ hasText: 'line 1, character 6' }).waitFor();
  await chalkline.press('Enter');
  await chalkline.press('Escape');
  await bar().waitFor({ state: 'detached' });
  expect((await chalkline.boardJson()).nodes).toEqual({});
});

test('the same bar completes names, finds parts and runs actions', async () => {
  await say('storefront -> inventory');
  await option(/^Draw/).waitFor();
  await chalkline.press('Enter');
  await say('inv');
  await option(/^inventory/).click();
  expect(await chalkline.selected()).toEqual(['service inventory']);
  await say('storefront -> inve');
  await chalkline.page.getByText('Tab', { exact: true }).waitFor();
  await chalkline.press('Tab');
  expect(await bar().inputValue()).toBe('storefront -> inventory');
  await chalkline.press('Escape');
  await say('keys and');
  await option(/^Keys and help/).waitFor();
  await chalkline.press('Enter');
  await chalkline.page.getByRole('dialog', { name: 'Keys and help' }).waitFor();
  await chalkline.press('Escape');
});

test('Tab writes a name of the same text, and what is typed at once after it stands behind it', async () => {
  await chalkline.press('Control+k');
  await bar().waitFor();
  await chalkline.type('checkout>payments;p');
  await chalkline.page.getByText('Tab', { exact: true }).waitFor();
  await chalkline.press('Tab', '>', 'b', 'a', 'n', 'k');
  expect(await bar().inputValue()).toBe('checkout>payments;payments>bank');
  await chalkline.press('Tab', 'Tab');
  expect(await bar().evaluate((field) => field === document.activeElement)).toBe(true);
});

test('what a part is taken for is to be seen before it is drawn, and can be stated otherwise', async () => {
  const kinds = chalkline.page.locator('.command-kinds');
  await say('checkout > redis, mail-worker');
  await kinds.filter({ hasText: 'redis cache' }).filter({ hasText: 'mail-worker worker' }).waitFor();
  await chalkline.page.getByRole('region', { name: 'Ways to begin' }).waitFor({ state: 'hidden' });
  await bar().fill('checkout > service:redis');
  await kinds.waitFor({ state: 'detached' });
  await chalkline.press('Enter');
  const { nodes } = await chalkline.boardJson();
  expect(Object.values(nodes).map(({ name, kind }) => `${kind} ${name}`)).toEqual(
    expect.arrayContaining(['service checkout', 'service redis']),
  );
});
