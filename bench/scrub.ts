/**
 * The timeline dragged to and fro with the mouse: every edge says what it said then, in every frame. The app's own
 * timeline over its canvas, with what it is dragged over fetched already, beside plain React Flow whose labels are
 * set anew; and panning the same board, where nothing new is said.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { framesOfDrag, panFps } from './mouse.ts';
import type {} from './page/main.ts';
import { openPages, type Pages } from './pages.ts';
import { atMost, type Row, row } from './row.ts';

/** Page pixels of the strip that are dragged over: some twenty moments. */
const REACH = 120;
/** The best of so many drags: what else the machine does must not count. */
const RUNS = 4;
/** At most, ms: two frames at 60 Hz, and what a task may take before it is felt. */
const BARS = { frame: 34, task: 50 };

export const SCRUB: Record<string, () => Promise<Row[]>> = {
  'scrub-500': () => atSize(500),
  'scrub-2000': () => atSize(2000),
};

async function atSize(nodes: number): Promise<Row[]> {
  const pages = await openPages();
  try {
    const ours = await scrubbed(pages, 'ours', nodes);
    const flow = await scrubbed(pages, 'React Flow', nodes);
    const name = `scrub ${nodes.toLocaleString('en')} nodes at fit`;
    const unit = 'ms';
    const peerName = 'React Flow';
    return [
      row(
        { name: `${name}: frame, p95`, ours: ours.frame, peer: flow.frame, peerName, unit },
        atMost(BARS.frame),
      ),
      row({ name: `${name}: frame, p95`, ours: ours.frame, peer: ours.panned, peerName: 'panning it', unit }),
      row(
        { name: `${name}: longest task`, ours: ours.task, peer: flow.task, peerName, unit },
        atMost(BARS.task),
      ),
    ];
  } finally {
    await pages.close();
  }
}

async function scrubbed(pages: Pages, who: string, nodes: number) {
  const opened = await pages.open(who, nodes);
  const { page } = opened;
  await page.evaluate(() => window.bench!.look('fit'));
  await sleep(600);
  const panned = 1000 / (await panFps(page));
  const { left, right, y } = await page.evaluate(() => window.bench!.scrub!());
  const from = left + 0.4 * (right - left);
  const way = { from, to: from + REACH, y };
  // all that is passed over is looked at once, and so is there
  for (let x = from; x <= from + REACH; x += 6) {
    await page.mouse.click(x, y);
    await sleep(120);
  }
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await framesOfDrag(page, way));
  await opened.close();
  return {
    panned,
    frame: Math.min(...runs.map(({ frames }) => p95(frames))),
    task: Math.min(...runs.map(({ long }) => longest(long))),
  };
}

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;

/** The longest task of over 50 ms; what is shorter is not told, and counts as that. */
const longest = (tasks: readonly number[]): number => Math.max(50, ...tasks);
