/** One instance of several is slow: it is seen on the board, looked at alone, and the way back is in sight. */
import { expect, it } from 'vitest';
import { oneBrowser } from './driver.ts';

const open = oneBrowser();
const SOON = { timeout: 20_000 };

it('a slow instance shows on its edge and on its card; the board speaks of it alone, and of all again', async () => {
  const chalkline = await open();
  await chalkline.edge('edge', 'catalog').waitFor();
  await chalkline.misbehave('slow instance', 'catalog');
  await expect
    .poll(() => chalkline.pillText('edge', 'catalog'), SOON)
    .toMatch(/3 instances, catalog-1 [\d.]+ times their median/);
  await expect.poll(() => chalkline.cardText('catalog'), SOON).toMatch(/×3 skew [\d.]+×/);
  expect(await chalkline.pillText('edge', 'cart')).toMatch(/2 instances$/);
  expect(await chalkline.pillText('catalog', 'catalog-db')).not.toContain('instances');

  await chalkline.selectEdge('edge', 'catalog');
  await chalkline.tab('Inspector');
  const names = () => chalkline.instances.getByRole('rowheader').allTextContents();
  expect((await names())[0]).toBe('catalog-1');
  await chalkline.instances.getByRole('button', { name: /^p95/ }).click();
  expect((await names()).at(-1)).toBe('catalog-1');

  await chalkline.speakOf('catalog-1');
  expect(await chalkline.pillText('edge', 'catalog')).toMatch(/p95 [\d.]+ milliseconds, catalog-1/);
  expect(await chalkline.pillText('edge', 'cart')).toMatch(/p95 [\d.]+ milliseconds, 2 instances$/);
  expect(await chalkline.cardText('catalog')).toContain('catalog-1');
  await chalkline.screenshot('one-instance');
  const svg = (await chalkline.exportAs('SVG', { strip: true })).toString();
  for (const words of ['ms · catalog-1', 'catalog-1 alone, where it is told apart', 'skew'])
    expect(svg).toContain(words);

  await chalkline.speakOfAll();
  expect(await chalkline.pillText('edge', 'catalog')).not.toMatch(/milliseconds, catalog-1/);
  expect(await chalkline.cardText('catalog')).not.toContain('catalog-1');
});

it('a rate is of all instances, or shared out over them, wherever it is written', async () => {
  const chalkline = await open();
  await chalkline.selectEdge('edge', 'catalog');
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  await facts.getByRole('button', { name: 'of all', exact: true }).click();
  await facts.getByRole('button', { name: 'per instance', exact: true }).waitFor();
  await chalkline.tab('Outline');
  await facts.getByRole('columnheader', { name: 'rate each' }).first().waitFor();
  await chalkline.page.reload();
  await chalkline.tab('Outline');
  await facts.getByRole('columnheader', { name: 'rate each' }).first().waitFor();
});

it('a slow consumer is a long wait in a message’s way; a slow link is between the two ends of an edge', async () => {
  const chalkline = await open();
  await chalkline.selectEdge('checkout', 'orders');
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  const way = facts.getByRole('figure', { name: 'The way of a message' });
  const wait = async () => (await way.getByRole('listitem').nth(1).textContent()) ?? '';
  await way.waitFor();
  expect(await wait()).toMatch(/^wait[\d.]+ ms$/);
  await chalkline.misbehave('slow consumer', 'fulfilment');
  await chalkline.tab('Inspector');
  await expect.poll(wait, SOON).toMatch(/^wait[\d.]+ s$/);
  await chalkline.tab('Sources');
  await chalkline.click('Take the fault away');
  await chalkline.misbehave('slow link', 'checkout → payments');
  await chalkline.selectEdge('checkout', 'payments');
  await chalkline.tab('Inspector');
  const gap = facts.getByText('Network and queue between them');
  await expect.poll(() => gap.textContent(), SOON).toMatch(/2[45]\d ms, difference of means/);
});
