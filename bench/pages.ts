/** The bench's own pages, built as the app is, served as the app is, opened in the browser of the tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { build } from 'vite';
import { startServer } from '../src/server/index.ts';
import { launchBrowser, newContext } from '../test/e2e/driver/launch.ts';

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
      context.setDefaultTimeout(PATIENCE);
      const page = await context.newPage();
      await page.goto(`${served.url}?${new URLSearchParams({ who, nodes: String(nodes) })}`);
      await page.waitForFunction(() => window.bench !== undefined);
      const cdp = await context.newCDPSession(page);
      await cdp.send('Performance.enable', { timeDomain: 'timeTicks' });
      return { page, cdp, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
