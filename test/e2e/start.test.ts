import { expect, it } from 'vitest';
import { dist, ENTRY_AT_MOST, entryBytes } from './build.ts';
import { openChalkline } from './driver.ts';

it('starts without a complaint and without asking anyone but its own server', async () => {
  const chalkline = await openChalkline();
  await chalkline.page.locator('#root > :not(.shell)').first().waitFor({ state: 'attached' });
  await chalkline.page.waitForLoadState('networkidle');
  expect(chalkline.asked()).toEqual([new URL(chalkline.url).origin]);
  await chalkline.close();
});

it('paints the slate and its frame before any script, and says what it needs where scripts are off', async () => {
  const chalkline = await openChalkline({ scripts: false, theme: 'dark' });
  expect(await chalkline.page.locator('.shell-rail').isVisible()).toBe(true);
  expect(await chalkline.page.locator('.shell-words').isVisible()).toBe(true);
  await chalkline.screenshot('shell');
  await chalkline.close();
});

it('fetches no more script than a board is seen and moved with; all else comes later', () => {
  const bytes = entryBytes(dist, 'index.html');
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(ENTRY_AT_MOST);
});

it('a key that is pressed before the controls are there is not lost', async () => {
  const released = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const chalkline = await openChalkline({
    before: async (page) => {
      await page.route(/\/Floating-[^/]*\.js$/, async (route) => {
        held.resolve();
        await released.promise;
        await route.continue();
      });
      // opening waits for the controls, so what is pressed meanwhile is pressed from here
      void held.promise.then(async () => {
        await page.keyboard.press('Control+Shift+o');
        await page.keyboard.press('n');
        released.resolve();
      });
    },
  });
  await chalkline.page.getByRole('dialog', { name: 'Boards' }).waitFor();
  // what came after it may have been meant for that dialog
  expect(
    await chalkline.page.getByRole('button', { name: 'Select', exact: true }).getAttribute('aria-pressed'),
  ).toBe('true');
  await chalkline.close();
});
