/** What the page calls saved is there again; two tabs on one board never overwrite each other. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Board } from '../../src/graph/index.ts';
import { type Chalkline, oneBrowser } from './driver.ts';

const open = oneBrowser();
const names = (board: Board) =>
  Object.values(board.nodes)
    .map(({ name }) => name)
    .sort();

async function openEmpty(): Promise<Chalkline> {
  const chalkline = await open();
  await chalkline.newBoard();
  return chalkline;
}

it('after the tab is killed everything is there that the page had called saved', async () => {
  const chalkline = await openEmpty();
  await chalkline.place('service', { x: 300, y: 300 }, 'a');
  await chalkline.place('database', { x: 640, y: 300 }, 'b');
  await chalkline.connect('a', 'b');
  await chalkline.select('a');
  await chalkline.mark('suspected', 'slow since noon');
  await chalkline.saved();
  const before = await chalkline.boardJson();
  const devtools = await chalkline.context.newCDPSession(chalkline.page);
  const crashed = chalkline.page.waitForEvent('crash');
  // a page that has crashed answers nothing more, this least of all
  devtools.send('Page.crash').catch(() => {});
  await crashed;
  const again = await chalkline.secondTab();
  await again.node('b').waitFor();
  expect(await again.boardJson()).toEqual(before);
});

it('says when the disk is full and why, and saves once there is room', async () => {
  const setQuota = async (page: Page, url: string, quotaSize?: number) => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(url).origin,
      ...(quotaSize !== undefined && { quotaSize }),
    });
    return devtools;
  };
  // before the app's first write: the browser keeps for a while how much room it has found
  const chalkline = await open({ before: async (page, url) => void (await setQuota(page, url, 1)) });
  await chalkline.node('cart').waitFor();
  await chalkline.rename('cart', 'basket');
  const banner = chalkline.page.getByRole('alert').filter({ hasText: 'Not saved' });
  await banner.waitFor();
  expect(await banner.textContent()).toMatch(/disk space .* used up.*export/i);
  await chalkline.rename('checkout', 'till');
  await setQuota(chalkline.page, chalkline.url);
  await banner.waitFor({ state: 'detached', timeout: 40_000 });
  await chalkline.saved();
  await chalkline.page.reload();
  await chalkline.node('till').waitFor();
  expect(names(await chalkline.boardJson())).toEqual(expect.arrayContaining(['basket', 'till']));
});

it('a second tab follows the first, changes nothing, and takes over when asked', async () => {
  const first = await openEmpty();
  await first.place('service', { x: 300, y: 300 }, 'a');
  const second = await first.secondTab();
  await second.page.getByText('Read only').waitFor();
  await second.node('a').waitFor();

  await first.place('database', { x: 640, y: 300 }, 'b');
  await first.connect('a', 'b');
  await second.node('b').waitFor();
  await second.edge('a', 'b').waitFor();
  const before = await first.boardJson();
  await second.select('a');
  await second.press('Delete', 'ArrowRight', 'p', 'm');
  await second.press('s');
  await second.page.mouse.click(300, 560);
  const at = await second.middleOf(second.node('a'));
  await second.drag(at, { x: at.x + 50, y: at.y + 50 });
  expect(await second.boardJson()).toEqual(before);
  expect(await first.boardJson()).toEqual(before);

  await second.page.getByRole('button', { name: 'Take over' }).click();
  await first.page.getByText('Read only').waitFor();
  await second.page.getByText('Read only').waitFor({ state: 'detached' });
  await second.rename('a', 'renamed by the second');
  await first.node('renamed by the second').waitFor();
  expect(await first.boardJson()).toEqual(await second.boardJson());
});

it('when the tab that writes is closed the follower writes on, and nothing is lost', async () => {
  const first = await openEmpty();
  const second = await first.secondTab();
  await second.page.getByText('Read only').waitFor();
  await first.place('service', { x: 300, y: 300 }, 'by the first');
  await first.saved();
  await first.page.close();
  await second.page.getByText('Read only').waitFor({ state: 'detached' });
  await second.place('service', { x: 640, y: 560 }, 'by the second');
  await second.saved();
  const third = await first.secondTab();
  await third.page.getByText('Read only').waitFor();
  await third.node('by the second').waitFor();
  expect(names(await third.boardJson())).toEqual(['by the first', 'by the second']);
});
