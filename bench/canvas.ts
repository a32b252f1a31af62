/**
 * The canvas beside plain React Flow, cytoscape.js and bare lines on a canvas: frames a second while the mouse
 * pans (middle button held, one move every 8 ms), and how busy the page's main thread is while every edge says
 * something new ten times a second (the browser's own TaskDuration).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { framesDuring, mouseFps, panFps } from './mouse.ts';
import type { Look } from './page/contender.ts';
import type {} from './page/main.ts';
import { busyOver, type Opened, openPages, type Pages } from './pages.ts';
import { atLeast, atMost, median, type Row, ratioAtMost, row } from './row.ts';

const LIMIT = 'bare lines';
const PEERS = ['React Flow', 'cytoscape.js', LIMIT];
const LOOKS: Look[] = ['fit', 'middle', 'work'];
const HERTZ = 10;
const PAN: Record<Look, string> = { fit: 'at fit', middle: 'at the middle zoom', work: 'at work zoom' };
/** The rest before a measurement, ms. */
const REST = 400;

type Speeds = {
  /** Frames a second while panning, by look and updates a second. */
  pan: [look: Look, hertz: number, fps: number][];
  /** Main thread, ms a second, updated and at fit. */
  busy: number;
};

/** By name, so that some can be asked for alone. */
export const CANVAS: Record<string, () => Promise<Row[]>> = {
  'canvas-frames': () => withPages(framesAt1000Edges),
  'canvas-2000': () => withPages((pages) => atSize(pages, 2000, 55, PEERS)),
  'canvas-5000': () => withPages((pages) => atSize(pages, 5000, 50, [LIMIT])),
  'canvas-drag': () => withPages(dragging),
};

async function withPages(measure: (pages: Pages) => Promise<Row[]>): Promise<Row[]> {
  const pages = await openPages();
  try {
    return await measure(pages);
  } finally {
    await pages.close();
  }
}

/** Peers that take seconds for a frame are looked at from one zoom only, the limit from all. */
async function atSize(pages: Pages, nodes: number, leastFps: number, peers: string[]): Promise<Row[]> {
  const ours = await speeds(pages, 'ours', nodes, LOOKS);
  const rows: Row[] = [];
  const size = `${nodes.toLocaleString('en')} nodes`;
  for (const peerName of peers) {
    const peer = await speeds(pages, peerName, nodes, peerName === LIMIT ? LOOKS : ['fit']);
    for (const [look, load, fps] of peer.pan) {
      const name = `pan ${size} ${PAN[look]}, ${load === 0 ? 'idle' : `${HERTZ} Hz`}`;
      const [, , own] = ours.pan.find((each) => each[0] === look && each[1] === load)!;
      rows.push(row({ name, ours: own, peer: fps, peerName, unit: 'fps' }, atLeast(leastFps)));
    }
    const busy = {
      name: `busy ${size}, ${HERTZ} Hz`,
      ours: ours.busy,
      peer: peer.busy,
      peerName,
      unit: 'ms/s',
    };
    rows.push(row(busy, ratioAtMost(peerName === LIMIT ? 2 : 0.2)));
    if (peerName === LIMIT) rows.push(row({ ...busy, name: `${busy.name}, in all` }, atMost(200)));
  }
  return rows;
}

async function speeds(pages: Pages, who: string, nodes: number, looks: readonly Look[]): Promise<Speeds> {
  const opened = await pages.open(who, nodes);
  const pan: Speeds['pan'] = [];
  for (const look of looks) {
    await lookAt(opened, look);
    for (const load of [0, HERTZ]) {
      await traffic(opened, load);
      pan.push([look, load, await panFps(opened.page)]);
    }
    await traffic(opened, 0);
  }
  await lookAt(opened, 'fit');
  await traffic(opened, HERTZ);
  const busy = await busyFor(opened, 3000);
  await opened.close();
  return { pan, busy };
}

/** How long frames take, the 95th of 100, while 1,000 edges are updated and nobody touches anything. */
async function framesAt1000Edges(pages: Pages): Promise<Row[]> {
  const at = async (who: string) => {
    const opened = await pages.open(who, 625);
    await lookAt(opened, 'fit');
    await traffic(opened, HERTZ);
    const times = await framesDuring(opened.page, () => sleep(3000));
    const busy = await busyFor(opened, 2000);
    await opened.close();
    const gaps = times.slice(1).map((time, i) => time - times[i]!);
    return { frame: gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.95)]!, busy };
  };
  const ours = await at('ours');
  const rows: Row[] = [];
  for (const peerName of ['React Flow', 'cytoscape.js']) {
    const peer = await at(peerName);
    const name = `1,000 edges, ${HERTZ} Hz`;
    // one frame at 60 Hz is 16.7 ms; a fifth more is the clock's own jitter
    rows.push(
      row(
        { name: `${name}: frame, p95`, ours: ours.frame, peer: peer.frame, peerName, unit: 'ms' },
        atMost(20),
      ),
      row(
        { name: `${name}: busy`, ours: ours.busy, peer: peer.busy, peerName, unit: 'ms/s' },
        ratioAtMost(0.2),
      ),
    );
  }
  return rows;
}

/** One node of 2,000, by the mouse; the peer drags one as well. */
async function dragging(pages: Pages): Promise<Row[]> {
  const at = async (who: string, look: Look) => {
    const opened = await pages.open(who, 2000);
    await lookAt(opened, look);
    const [x, y] = await opened.page.evaluate(() => window.bench!.node!());
    const fps = await mouseFps(opened.page, [x, y], 'left');
    await opened.close();
    return fps;
  };
  const rows: Row[] = [];
  for (const look of ['fit', 'work'] as const) {
    const [ours, peer] = [await at('ours', look), await at('React Flow', look)];
    const name = `drag one node of 2,000 ${PAN[look]}`;
    rows.push(row({ name, ours, peer, peerName: 'React Flow', unit: 'fps' }, atLeast(55)));
  }
  return rows;
}

async function lookAt({ page }: Opened, look: Look): Promise<void> {
  await page.evaluate((at) => window.bench!.look(at), look);
  await sleep(REST + 200);
}

const traffic = async ({ page }: Opened, hertz: number): Promise<void> => {
  await page.evaluate((each) => window.bench!.traffic(each), hertz);
  await sleep(REST);
};

/** Main-thread milliseconds a second; the median of three stretches. */
async function busyFor(opened: Opened, ms: number): Promise<number> {
  const taken: number[] = [];
  for (let part = 0; part < 3; part++) taken.push(await busyOver(opened, ms / 3));
  return median(taken);
}
