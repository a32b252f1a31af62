/**
 * The browser tests' hands and eyes: a real browser on the app as built and as served, spoken to in a person's verbs.
 * What the page complains of is collected, and `close` fails the test on any of it.
 */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Download,
  type Locator,
  type Page,
} from 'playwright-core';
import { findBrowser } from '../../scripts/needs.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { dist, root } from './build.ts';

/** Headless and silent: no sandbox (tests run as root), no graphics card, no talk with the browser's maker. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenOptions {
  /** Where in the app to begin, e.g. `/` or `/?source=…`. */
  path?: string;
  width?: number;
  height?: number;
  theme?: 'light' | 'dark';
  /** False opens the page as in a browser that runs no scripts. */
  scripts?: boolean;
  /** Complaints that this test provokes on purpose, such as a server that it stops. */
  expectComplaint?: RegExp;
}

/** One open Chalkline. Named things are found as a person or a screen reader finds them: by role and name. */
export class Chalkline {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  readonly #browser: Browser;
  readonly #server: RunningServer;
  readonly #complaints: string[] = [];
  readonly #asked = new Set<string>();
  readonly #expected: RegExp | undefined;

  constructor(
    browser: Browser,
    context: BrowserContext,
    page: Page,
    server: RunningServer,
    expected?: RegExp,
  ) {
    this.#browser = browser;
    this.#server = server;
    this.#expected = expected;
    this.context = context;
    this.page = page;
    this.url = server.url;
    this.#listen(page);
    context.on('page', (other) => this.#listen(other));
  }

  /** Presses keys one after another, e.g. `press('Control+k', 'Enter')`. */
  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types text where the focus is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Clicks the button, tab, menu item, link, field or whatever else carries this name. */
  async click(name: string | RegExp): Promise<void> {
    await this.named(name).click();
  }

  /** What carries this name, whatever its role. */
  named(name: string | RegExp): Locator {
    const roles = ['button', 'menuitem', 'tab', 'option', 'link', 'checkbox', 'radio', 'textbox'] as const;
    const [first, ...others] = roles.map((role) => this.page.getByRole(role, { name, exact: true }));
    return others.reduce((any, next) => any.or(next), first!).first();
  }

  /** Drags from one point of the page to another, in steps as a hand does. CSS pixels. */
  async drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
    await this.page.mouse.move(from.x, from.y);
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 8 });
    await this.page.mouse.up();
  }

  /** Does what makes the page hand out a file, and returns the file's name and bytes. */
  async download(act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), act()]);
    return { name: download.suggestedFilename(), bytes: await bytesOf(download) };
  }

  /** Drops a file on the middle of the page, as from a file manager. */
  async drop(name: string, content: string | Buffer, type = 'application/octet-stream'): Promise<void> {
    const base64 = Buffer.from(content).toString('base64');
    await this.page.evaluate(
      ({ name, type, base64 }) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], name, { type }));
        const [clientX, clientY] = [innerWidth / 2, innerHeight / 2];
        const target = document.elementFromPoint(clientX, clientY) ?? document.body;
        for (const kind of ['dragenter', 'dragover', 'drop']) {
          const init = { bubbles: true, cancelable: true, dataTransfer: transfer, clientX, clientY };
          target.dispatchEvent(new DragEvent(kind, init));
        }
      },
      { name, type, base64 },
    );
  }

  /** Saves what the page looks like under test-results/. */
  async screenshot(name: string): Promise<string> {
    const folder = join(root, 'test-results');
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Opens the app in a further tab of the same browser profile. */
  async secondTab(path = '/'): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(new URL(path, this.url).href);
    return page;
  }

  /** Console errors and uncaught errors so far, those the test expects left out. */
  complaints(): string[] {
    return this.#complaints.filter((complaint) => !this.#expected?.test(complaint));
  }

  /** Every origin that the page has sent a request to. */
  asked(): string[] {
    return [...this.#asked];
  }

  /** Closes browser and server, and throws when the page has complained. */
  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
    const complaints = this.complaints();
    if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`);
  }

  #listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error') this.#complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:') this.#asked.add(origin);
    });
    page.on('pageerror', (error) => this.#complaints.push(error.stack ?? error.message));
  }
}

/** Serves the built app on a free port and opens it in a browser with an empty profile. */
export async function openChalkline(options: OpenOptions = {}): Promise<Chalkline> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error('No browser: `npm test` installs one, or name one in CHALKLINE_BROWSER.');
  const server = await startServer({ folder: dist, host: '127.0.0.1', port: 0 });
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.theme ?? 'light',
    javaScriptEnabled: options.scripts ?? true,
  });
  const chalkline = new Chalkline(browser, context, await context.newPage(), server, options.expectComplaint);
  try {
    await chalkline.page.goto(new URL(options.path ?? '/', server.url).href);
  } catch (error) {
    await browser.close();
    await server.close();
    throw error;
  }
  return chalkline;
}

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}
