import { expect, it } from 'vitest';
import { openChalkline } from './driver.ts';

it('starts without a complaint and without asking anyone but its own server', async () => {
  const chalkline = await openChalkline({ path: '/healthz' });
  const asked = new Set<string>();
  chalkline.page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') || protocol.startsWith('ws')) asked.add(origin);
  });
  await chalkline.page.goto(chalkline.url);
  await chalkline.page.locator('#root > :not(.shell)').first().waitFor({ state: 'attached' });
  await chalkline.page.waitForLoadState('networkidle');
  expect([...asked]).toEqual([new URL(chalkline.url).origin]);
  await chalkline.close();
});

it('paints the slate and its frame before any script, and says what it needs where scripts are off', async () => {
  const chalkline = await openChalkline({ path: '/healthz', theme: 'dark' });
  const context = await chalkline.context
    .browser()!
    .newContext({ javaScriptEnabled: false, colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(chalkline.url);
  expect(await page.locator('.shell-rail').isVisible()).toBe(true);
  expect(await page.getByText('Chalkline draws in your browser').isVisible()).toBe(true);
  await page.screenshot({ path: await chalkline.screenshot('shell') });
  await chalkline.close();
});
