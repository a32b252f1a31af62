/** Frames a second while the mouse does something, one real move every 8 ms. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type {} from './watch.ts';

/** Length of one measurement, ms. */
const FOR = 1500;

/** When frames came while something was done, ms. */
export async function framesDuring(page: Page, doing: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => window.watch.frames());
  await doing();
  return page.evaluate(() => window.watch.frames());
}

/** The better of two: what else the machine does must not count. */
export async function panFps(page: Page): Promise<number> {
  const once = () => mouseFps(page, [720, 450], 'middle');
  return Math.max(await once(), await once());
}

/** Frames, ms, and tasks of over 50 ms, while a strip is dragged along to and fro, a move every 8 ms. */
export async function framesOfDrag(
  page: Page,
  { from, to, y }: { from: number; to: number; y: number },
): Promise<{ frames: number[]; long: number[] }> {
  const { mouse } = page;
  await page.evaluate(() => {
    const long: number[] = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map((each) => each.duration))).observe({
      type: 'longtask',
    });
    Object.assign(window, { long });
  });
  await mouse.move(from, y);
  await mouse.down();
  const times = await framesDuring(page, async () => {
    const start = performance.now();
    for (let t = 0; t < FOR; t = performance.now() - start) {
      await mouse.move((from + to) / 2 - ((to - from) / 2) * Math.cos(t / 240), y);
      await sleep(8);
    }
  });
  await mouse.up();
  const long = await page.evaluate(() => (window as unknown as { long: number[] }).long);
  return { frames: times.slice(1).map((time, i) => time - times[i]!), long };
}

/** A button is held and the mouse goes round; `x`, `y` on the page. */
export async function mouseFps(
  page: Page,
  [x, y]: readonly [number, number],
  button: 'left' | 'middle',
): Promise<number> {
  const { mouse } = page;
  await mouse.move(x - 2, y);
  await mouse.move(x, y);
  await sleep(200);
  await mouse.down({ button });
  const times = await framesDuring(page, async () => {
    const start = performance.now();
    for (let t = 0; t < FOR; t = performance.now() - start) {
      await mouse.move(x + 160 * Math.sin(t / 300), y + 90 * Math.sin(t / 470));
      await sleep(8);
    }
  });
  await mouse.up({ button });
  return (1000 * (times.length - 1)) / (times.at(-1)! - times[0]!);
}
