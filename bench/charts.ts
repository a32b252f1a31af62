/**
 * Charts of very many lines brought up to date: one service of 300 instances, a line each, 300 moments of history and
 * a new figure of every instance ten times a second. The app's own charts, from readings to pixels, beside uPlot alone
 * with the same values in a plot of the same size.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type {} from './page/main.ts';
import { busyOver, openPages, type Pages } from './pages.ts';
import { atMost, median, type Row, ratioAtMost, row } from './row.ts';

const HERTZ = 10;
/** Measured so often, for so long, ms. */
const RUNS = 3;
const SPAN = 3000;
/** Two frames at 60 Hz, ms. */
const FRAME = 34;

export async function chartsRows(): Promise<Row[]> {
  const pages = await openPages();
  try {
    const ours = await kept(pages, 'charts');
    const bare = await kept(pages, 'uPlot');
    const name = '300 lines × 300 points';
    const peerName = 'bare uPlot';
    return [
      row(
        { name: `${name}: an update`, ours: ours.update, peer: bare.update, peerName, unit: 'ms' },
        ratioAtMost(2),
      ),
      row(
        { name: `${name} at 10 Hz: frame, p95`, ours: ours.frame, peer: bare.frame, peerName, unit: 'ms' },
        atMost(FRAME),
      ),
    ];
  } finally {
    await pages.close();
  }
}

/** What an update takes of the main thread, and the frames meanwhile. */
async function kept(pages: Pages, who: string) {
  const opened = await pages.open(who, 1);
  const { page } = opened;
  await page.evaluate((hertz) => window.bench!.traffic(hertz), HERTZ);
  await sleep(1500);
  const updates: number[] = [];
  const frames: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    await page.evaluate(() => window.watch.frames());
    updates.push((await busyOver(opened, SPAN)) / HERTZ);
    const times = await page.evaluate(() => window.watch.frames());
    frames.push(p95(times.slice(1).map((time, i) => time - times[i]!)));
  }
  await opened.close();
  return { update: median(updates), frame: median(frames) };
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
