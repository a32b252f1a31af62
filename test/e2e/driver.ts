/**
 * The browser tests' hands and eyes: a real browser on the app as built and as served, spoken to in a person's verbs.
 * What the page complains of is collected, and `close` fails the test on any of it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach } from 'vitest';
import type { Target } from '../../src/server/forward/index.ts';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { dist } from './build.ts';
import { FilesPage } from './driver/files.ts';
import { launchBrowser, newContext, type OpenOptions } from './driver/launch.ts';

type Parts = { context: BrowserContext; page: Page; url: string; end(): Promise<void>; expected?: RegExp };

/** One open Chalkline. */
export class Chalkline extends FilesPage {
  readonly context: BrowserContext;
  readonly url: string;
  readonly #end: () => Promise<void>;
  readonly #complaints: string[] = [];
  readonly #asked = new Set<string>();
  readonly #expected: RegExp | undefined;

  constructor({ context, page, url, end, expected }: Parts) {
    super(page);
    this.context = context;
    this.url = url;
    this.#end = end;
    this.#expected = expected;
    for (const each of context.pages()) this.#listen(each);
    context.on('page', (other) => this.#listen(other));
  }

  /** Opens the app in a further tab of the same browser profile. */
  async secondTab(path = '/'): Promise<FilesPage> {
    const page = await this.context.newPage();
    await page.goto(new URL(path, this.url).href);
    await page.getByRole('toolbar', { name: 'Tools' }).waitFor();
    return new FilesPage(page);
  }

  /** Console errors, refusals of the security policy and uncaught errors so far, those the test expects left out. */
  complaints(): string[] {
    return this.#complaints.filter((complaint) => !this.#expected?.test(complaint));
  }

  /** Every origin that the page has sent a request to. */
  asked(): string[] {
    return [...this.#asked];
  }

  /** Closes what was opened for it, and throws when the page has complained. */
  async close(): Promise<void> {
    await this.#end();
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

async function open(
  { browser, server }: { browser: Browser; server: RunningServer },
  options: OpenOptions,
  end: (context: BrowserContext) => Promise<void>,
): Promise<Chalkline> {
  const context = await newContext(browser, options);
  const chalkline = new Chalkline({
    context,
    page: await context.newPage(),
    url: server.url,
    end: () => end(context),
    ...(options.expectComplaint && { expected: options.expectComplaint }),
  });
  await options.before?.(chalkline.page, server.url);
  await chalkline.page.goto(new URL(options.path ?? '/', server.url).href);
  if (options.scripts !== false) await chalkline.page.getByRole('toolbar', { name: 'Tools' }).waitFor();
  return chalkline;
}

const serve = (targets: readonly Target[] = []) =>
  startServer({ folder: dist, host: '127.0.0.1', port: 0, targets });

/**
 * Serves the built app on a free port and opens it in a browser with an empty profile.
 * @param targets what the server forwards to
 */
export async function openChalkline(
  options: OpenOptions = {},
  targets: readonly Target[] = [],
): Promise<Chalkline> {
  const server = await serve(targets);
  const browser = await launchBrowser();
  const end = async () => {
    await browser.close();
    await server.close();
  };
  try {
    return await open({ browser, server }, options, end);
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * One browser and one server for a test file; each call of what is returned opens Chalkline in an empty profile.
 * After each test they are closed, and the test fails when a page has complained.
 */
export function oneBrowser(): (options?: OpenOptions) => Promise<Chalkline> {
  let shared: Promise<{ browser: Browser; server: RunningServer }> | null = null;
  let opened: Chalkline[] = [];
  const start = async () => ({ browser: await launchBrowser(), server: await serve() });
  afterEach(async () => {
    const closing = opened;
    opened = [];
    const ends = await Promise.allSettled(closing.map((each) => each.close()));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  });
  afterAll(async () => {
    const { browser, server } = (await shared) ?? {};
    await browser?.close();
    await server?.close();
  });
  return async (options = {}) => {
    shared ??= start();
    const chalkline = await open(await shared, options, (context) => context.close());
    opened.push(chalkline);
    return chalkline;
  };
}
