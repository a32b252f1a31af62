/** The parts of the driver, each a layer on the last: launch, page, board, files. `driver.ts` is their face. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { findBrowser } from '../../../scripts/needs.ts';

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
  /** A screen that is touched. */
  touch?: boolean;
  /** As for eyes that ask for it. */
  contrast?: 'more';
  /** As for people whom motion makes ill. */
  motion?: 'reduce';
  /** False opens the page as in a browser that runs no scripts. */
  scripts?: boolean;
  /** Lets a test put its own script into the page, past the security policy. */
  bypassPolicy?: boolean;
  /** Done to the page before it goes to the app. */
  before?: (page: Page, url: string) => Promise<void>;
  /** Complaints that this test provokes on purpose, such as a server that it stops. */
  expectComplaint?: RegExp;
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath)
    throw new Error('No browser: `npm test` installs one, or name one in CHALKLINE_BROWSER.');
  return chromium.launch({ executablePath, args: FLAGS });
}

/** Longer than this and what is waited for is not coming, even on a busy machine; milliseconds. */
const PATIENCE = 15_000;

export async function newContext(browser: Browser, options: OpenOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    colorScheme: options.theme ?? 'light',
    javaScriptEnabled: options.scripts ?? true,
    bypassCSP: options.bypassPolicy ?? false,
    hasTouch: options.touch ?? false,
    ...(options.contrast && { contrast: options.contrast }),
    ...(options.motion && { reducedMotion: options.motion }),
  });
  context.setDefaultTimeout(PATIENCE);
  return context;
}
