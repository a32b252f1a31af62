/** A baseline, a fault, and what the board then says of it: verdicts with intervals, in the table, beside an edge, on paper. */
import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
const SOON = { timeout: 30_000 };

const tableOf = ({ page }: Chalkline) => page.getByRole('region', { name: 'Comparisons' });
/** The row of what begins with that name. */
const rowOf = (chalkline: Chalkline, name: RegExp) =>
  tableOf(chalkline)
    .getByRole('row')
    .filter({ has: chalkline.page.getByRole('rowheader').getByRole('button', { name }) });

async function told(row: Locator): Promise<{ verdict: string; change: string; interval: string }> {
  const [verdict = '', change = '', interval = ''] = await row.getByRole('cell').allTextContents();
  return { verdict, change, interval };
}

it('a slow service is slower, with an interval; the sentence goes to the clipboard; the sides can be chosen', async () => {
  const chalkline = await open();
  await chalkline.edge('edge', 'catalog').waitFor();
  await chalkline.tab('Measure');
  await chalkline.click('Take a baseline');
  await chalkline.misbehave('slow service', 'catalog');
  await chalkline.tab('Measure');
  const row = rowOf(chalkline, /^edge → catalog caller side/);
  await expect.poll(() => told(row), SOON).toMatchObject({ verdict: 'slower' });
  const { interval } = await told(row);
  expect(interval).toMatch(/^([\d.]+–[\d.]+×|at least [\d.]+×)$/);
  await tableOf(chalkline).getByRole('button', { name: 'Sort again' }).click();
  expect(await tableOf(chalkline).getByRole('rowheader').first().textContent()).toContain('catalog');

  await chalkline.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await row.getByRole('button', { name: 'Copy as a sentence' }).click();
  await chalkline.page.getByText(/^Copied: edge → catalog/).waitFor();
  const sentence = await chalkline.page.evaluate(() => navigator.clipboard.readText());
  expect(sentence).toMatch(/^edge → catalog \(caller side\): p95 slower, .* → .*×.*Simulator\.$/);

  // each instance alone, and all of them together
  const alone = rowOf(chalkline, /^edge → catalog catalog-1 · callee side/);
  await alone.waitFor();
  await tableOf(chalkline).getByRole('checkbox', { name: 'per instance' }).uncheck();
  await rowOf(chalkline, /^edge → catalog callee side/).waitFor();
  expect(await alone.count()).toBe(0);

  await tableOf(chalkline).getByRole('radio', { name: 'rates' }).click();
  await expect.poll(() => told(rowOf(chalkline, /^edge → catalog\s*$/))).toHaveProperty('verdict');

  // a snapshot against itself is nowhere slower
  const facts = chalkline.page.getByRole('complementary', { name: 'Facts' });
  await tableOf(chalkline).getByRole('radio', { name: 'durations' }).click();
  await facts.getByLabel('with', { exact: true }).selectOption({ index: 1 });
  await expect
    .poll(async () =>
      (await tableOf(chalkline).locator('tbody .verdict').allTextContents()).every(
        (verdict) => verdict === 'same' || verdict === "can't tell",
      ),
    )
    .toBe(true);
  await facts.getByLabel('with', { exact: true }).selectOption('now');

  await chalkline.selectEdge('edge', 'catalog');
  await chalkline.tab('Inspector');
  const compared = facts.getByRole('region', { name: 'Compared' });
  await expect.poll(() => compared.getByRole('listitem').first().textContent(), SOON).toMatch(/p95.*slower/);
});

it.each(['light', 'dark'] as const)('looks so: %s', async (theme) => {
  const chalkline = await open({ theme });
  await chalkline.edge('edge', 'catalog').waitFor();
  await chalkline.tab('Measure');
  await chalkline.click('Take a baseline');
  await chalkline.misbehave('slow service', 'catalog');
  await chalkline.tab('Measure');
  await expect
    .poll(() => told(rowOf(chalkline, /^edge → catalog caller side/)), SOON)
    .toMatchObject({ verdict: 'slower' });
  await tableOf(chalkline).getByRole('button', { name: 'Sort again' }).click();
  await chalkline.screenshot(`compare-${theme}`);
  await chalkline.selectEdge('edge', 'catalog');
  await chalkline.tab('Inspector');
  await chalkline.page.getByRole('region', { name: 'Compared' }).scrollIntoViewIfNeeded();
  await chalkline.screenshot(`compared-${theme}`);
});
