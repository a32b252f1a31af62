/**
 * From navigation to a board of 50 nodes that can be worked with: the app as built and served, with the board
 * kept on the device, beside the least page with React Flow and the same nodes. No cache on either side.
 */
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { ENTRY_AT_MOST, entryBytes } from '../test/e2e/build.ts';
import { newContext } from '../test/e2e/driver/launch.ts';
import { pasteBoard } from './app.ts';
import { randomBoard } from './graphs.ts';
import { openPages, serveBuild } from './pages.ts';
import { median, type Row, ratioAtMost, row } from './row.ts';

const NODES = 50;
const TIMES = 9;

export async function startRows(): Promise<Row[]> {
  const app = await serveBuild(join(import.meta.dirname, '..', 'vite.config.ts'));
  const pages = await openPages();
  try {
    const mine = await newContext(pages.browser, { width: 1440, height: 900 });
    await keepBoard(mine, app.url);
    const bare = await newContext(pages.browser, { width: 1440, height: 900 });
    const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    for (let i = 0; i <= TIMES; i++) {
      const [a, b] = [await start(mine, app.url), await start(bare, `${pages.url}start.html`)];
      // the first of each warms the browser
      if (i > 0) {
        times.ours.push(a);
        times.bare.push(b);
      }
    }
    const peerName = 'bare React Flow';
    return [
      row(
        { name: 'start, 50 nodes', ours: median(times.ours), peer: median(times.bare), peerName, unit: 'ms' },
        ratioAtMost(1.3),
      ),
      row(
        {
          name: 'entry JavaScript, gzip',
          ours: entryBytes(app.folder, 'index.html') / 1000,
          peer: entryBytes(pages.folder, 'start.html') / 1000,
          peerName,
          unit: 'kB',
        },
        { text: `≤ ${ENTRY_AT_MOST / 1000}`, holds: (kilobytes) => kilobytes * 1000 <= ENTRY_AT_MOST },
      ),
    ];
  } finally {
    await pages.close();
    await app.close();
  }
}

/** Brings the board in as a person would, by dropping its file, and waits till it is saved. */
async function keepBoard(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(url);
  await pasteBoard(page, randomBoard(NODES, 1.6, 1));
  await page.waitForFunction(
    (count) => document.querySelectorAll('.react-flow__node').length === count,
    NODES,
  );
  await page.waitForTimeout(1500);
  await page.close();
}

/** Milliseconds from navigation till all nodes are on the page and the frame after it has been drawn. */
async function start(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
  await watch(page);
  await page.goto(url);
  const handle = await page.waitForFunction(() => (window as { shownAt?: number }).shownAt);
  const at = (await handle.jsonValue())!;
  await page.close();
  return at;
}

const watch = (page: Page): Promise<unknown> =>
  page.addInitScript((count) => {
    const look = () => {
      if (document.querySelectorAll('.react-flow__node').length < count) requestAnimationFrame(look);
      else
        requestAnimationFrame(() => {
          (window as { shownAt?: number }).shownAt = performance.now();
        });
    };
    requestAnimationFrame(look);
  }, NODES);
