/** The app as built and served, with a board in it. */
import type { Browser, Page } from 'playwright-core';
import type { Board } from '../src/graph/index.ts';
import { newContext } from '../test/e2e/driver/launch.ts';
import { type Opened, openWatched } from './pages.ts';

/** Brings a board in as a person would, and waits till it is shown. */
export async function pasteBoard(page: Page, board: Board): Promise<void> {
  await page.getByRole('complementary').waitFor();
  await page.evaluate((json) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', json);
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  }, JSON.stringify(board));
  await page.waitForFunction((title) => document.title.startsWith(title), board.title);
}

/** @param url where the app is served */
export async function openApp(browser: Browser, url: string, board: Board): Promise<Opened> {
  const opened = await openWatched(await newContext(browser, { width: 1440, height: 900 }));
  await opened.page.goto(url);
  await pasteBoard(opened.page, board);
  return opened;
}
