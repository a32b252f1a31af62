/** The ranking of suspects, over the simulated system: what was made to go wrong comes first, with reasons. */
import { expect, it } from 'vitest';
import { oneBrowser } from './driver.ts';

const open = oneBrowser();

it('names what was made slow first, says why and what would refute it, and marks it in one step', async () => {
  const chalkline = await open();
  await chalkline.tab('Measure');
  await chalkline.click('Take a baseline');
  await chalkline.slowDown('payments');
  await expect
    .poll(async () => (await chalkline.pillText('checkout', 'payments')).match(/([\d.]+) times/)?.[1], {
      timeout: 30_000,
    })
    .toBeDefined();
  await chalkline.tab('Suspects');
  const first = chalkline.page.locator('.ranking .suspect').first();
  await expect
    .poll(
      async () => {
        await chalkline.page.getByRole('button', { name: 'Rank again' }).click();
        return first.textContent();
      },
      { timeout: 20_000 },
    )
    .toMatch(/^1\s*payments/);
  const words = await first.textContent();
  expect(words).toMatch(/\d+ (ms|µs) → [\d.]+ (ms|s)/);
  expect(words).toMatch(/should fall from .* isn’t the cause/);
  await first.getByRole('button', { name: /Mark it/ }).click();
  expect(await chalkline.page.getByRole('textbox', { name: 'Hypothesis on payments' }).inputValue()).not.toBe(
    '',
  );
  await chalkline.undo();
  await expect
    .poll(() => chalkline.page.getByRole('textbox', { name: 'Hypothesis on payments' }).count())
    .toBe(0);
});
