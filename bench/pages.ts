/** The bench's own pages, built as the app is, served as the app is, opened in the browser of the tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { startServer } from '../src/server/index.ts';
import { launchBrowser, newContext } from '../test/e2e/driver/launch.ts';
import { watchPages } from './watch.ts';

export type Pages = {
  browser: Browser;
  url: string;
  /** Where they are built to. */
  folder: string;
  /** A contender on a random board of so many nodes, ready to be measured. */
  open(who: string, nodes: number): Promise<Opened>;
  close(): Promise<void>;
};

export type Opened = { page: Page; cdp: CDPSession; close(): Promise<void> };

/** The largest boards take plain React Flow half a minute on two cores, ms. */
const PATIENCE = 120_000;

/** A blank page that can be measured once it goes somewhere. */
export async function openWatched(context: BrowserContext): Promise<Opened> {
  context.setDefaultTimeout(PATIENCE);
  await watchPages(context);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'timeTicks' });
  return { page, cdp, close: () => context.close() };
}

/** Milliseconds of the main thread that were taken, of each second of a stretch. */
export async function busyOver({ cdp }: Opened, ms: number): Promise<number> {
  const before = await counters(cdp);
  await sleep(ms);
  const after = await counters(cdp);
  return (1000 * (after.TaskDuration! - before.TaskDuration!)) / (after.Timestamp! - before.Timestamp!);
}

async function counters(cdp: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

/** Waits until the page has hardly anything left to do. */
export async function atRest(opened: Opened): Promise<void> {
  while ((await busyOver(opened, 300)) > 250);
}

/** Builds a vite project into a folder of its own and serves it. */
export async function serveBuild(configFile: string) {
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-bench-'));
  await build({ configFile, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  const server = await startServer({ folder, host: '127.0.0.1', port: 0 });
  return {
    folder,
    url: server.url,
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

export async function openPages(): Promise<Pages> {
  const served = await serveBuild(join(import.meta.dirname, 'page', 'vite.config.ts'));
  const browser = await launchBrowser();
  return {
    browser,
    url: served.url,
    folder: served.folder,
    async open(who, nodes) {
      // peers put style elements into the page, which our security policy refuses
      const context = await newContext(browser, { bypassPolicy: true, width: 1440, height: 900 });
      const opened = await openWatched(context);
      const { page } = opened;
      await page.goto(`${served.url}?${new URLSearchParams({ who, nodes: String(nodes) })}`);
      await page.waitForFunction(() => window.bench !== undefined);
      return opened;
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
