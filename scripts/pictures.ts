/**
 * The pictures in docs/pictures/, taken from the app as it is built and served: `npm run build && npm run pictures`.
 * Look at each before committing it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startServer } from '../src/server/index.ts';
import { ensureBrowser } from './needs.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs', 'pictures');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
];

type Theme = 'light' | 'dark';
type Shot = {
  name: string;
  theme: Theme;
  width: number;
  height: number;
  prepare: (page: Page) => Promise<void>;
};

const live = (page: Page) => page.getByRole('button', { name: /^edge edge to checkout, p95/ }).waitFor();
/** Long enough for the simulator to have told of every part, and for queues to fill. */
const seconds = (count: number) => (page: Page) => page.waitForTimeout(count * 1000);

/** A baseline, then a fault in the simulated system, then a suspicion: the method in one picture. */
async function investigate(page: Page): Promise<void> {
  await live(page);
  await seconds(3)(page);
  await page.getByRole('button', { name: 'Take a baseline' }).click();
  await page.getByRole('tab', { name: 'Sources' }).click();
  await page.getByText('Make something misbehave').click();
  await page.getByLabel('On', { exact: true }).selectOption({ label: 'payments' });
  await page.getByRole('button', { name: 'Let it misbehave' }).click();
  await seconds(6)(page);
  await page.locator('.react-flow__node').filter({ hasText: 'payments' }).click();
  await page.keyboard.press('m');
  await page.getByPlaceholder('Why? What would show it?').fill('pool exhausted?');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: 'Put away' })
    .click({ timeout: 2000 })
    .catch(() => {});
  await page.mouse.move(640, 760);
  await seconds(2)(page);
}

const SHOTS: readonly Shot[] = [
  { name: 'investigation-dark', theme: 'dark', width: 1280, height: 800, prepare: investigate },
  { name: 'investigation-light', theme: 'light', width: 1280, height: 800, prepare: investigate },
  {
    name: 'first-visit',
    theme: 'light',
    width: 1280,
    height: 800,
    prepare: async (page) => {
      await live(page);
      await seconds(2)(page);
    },
  },
  {
    name: 'edge-card',
    theme: 'dark',
    width: 1280,
    height: 800,
    prepare: async (page) => {
      await live(page);
      await seconds(12)(page);
      await page.getByRole('button', { name: /^edge edge to checkout, p95/ }).hover();
      await seconds(1)(page);
    },
  },
  {
    name: 'empty-board',
    theme: 'dark',
    width: 1280,
    height: 800,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('menuitem', { name: 'New board' }).click();
      await seconds(1)(page);
    },
  },
];

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { name, theme, width, height } = shot;
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  await page.goto(url);
  await shot.prepare(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
  console.log(`docs/pictures/${name}.png`);
}

mkdirSync(folder, { recursive: true });
const server = await startServer({ folder: join(root, 'dist'), host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath: ensureBrowser(), args: FLAGS });
try {
  for (const shot of SHOTS) await take(browser, server.url, shot);
} finally {
  await browser.close();
  await server.close();
}
