/**
 * Boards of 500 and 2,000 nodes in a person's hands: panning, dragging one node, selecting all, taking a great
 * change back, typing a sketch. The app itself, as served, beside what does the least of the same.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Board, centreOf, nodeRect } from '../src/graph/index.ts';
import { BoardPage } from '../test/e2e/driver/board.ts';
import { openApp } from './app.ts';
import { randomBoard } from './graphs.ts';
import { framesDuring, mouseFps, panFps } from './mouse.ts';
import { atRest, type Opened, openPages, type Pages, serveBuild } from './pages.ts';
import { atLeast, atMost, type Row, row } from './row.ts';
import type { Shown } from './watch.ts';

const EDGES_PER_NODE = 1.6;
const TIMES = 5;
/** A line of 60 characters, after a beginning that makes it a sketch. */
const BEGUN = 'checkout -> ';
const LINE = 'payments x3 -> kafka:orders => billing ?> ledger-db -> audit';
/** A fast typist's keys, ms apart. */
const KEY_EVERY = 60;
/** At most, ms; a frame that is longer than this holds a task that is felt. */
const BARS = { select: 200, undo: 300, key: 100, frame: 67 };

type Times = { select: number; move: number; delete: number };
type Typing = { key: number; frame: number };

export const HANDS: Record<string, () => Promise<Row[]>> = {
  'hands-500': () => atSize(500),
  'hands-2000': () => atSize(2000),
};

async function atSize(nodes: number): Promise<Row[]> {
  const app = await serveBuild(new URL('../vite.config.ts', import.meta.url).pathname);
  const pages = await openPages();
  try {
    return [...(await moving(pages, app.url, nodes)), ...(await typing(pages, app.url, nodes))];
  } finally {
    await pages.close();
    await app.close();
  }
}

async function moving(pages: Pages, url: string, nodes: number): Promise<Row[]> {
  const board = randomBoard(nodes, EDGES_PER_NODE, 1);
  const edges = Object.keys(board.edges).length;
  const ours = await withOpened(openApp(pages.browser, url, board), async (opened) => ({
    pan: await panFps(opened.page),
    drag: await mouseFps(opened.page, await nodeInTheMiddle(opened, board), 'left'),
    ...(await wholeBoard(opened, () => ({ canvas: '.canvas-layer' }))),
  }));
  const flow = await withOpened(pages.open('React Flow', nodes), async (opened) => ({
    pan: await panFps(opened.page),
    drag: await mouseFps(opened.page, await opened.page.evaluate(() => window.bench!.node!()), 'left'),
    ...(await wholeBoard(opened, (deed) =>
      deed === 'select'
        ? { elements: '.react-flow__node.selected', count: nodes }
        : { elements: '.react-flow__edge', count: edges },
    )),
  }));
  const cytoscape = await withOpened(pages.open('cytoscape.js', nodes), async (opened) => ({
    pan: await panFps(opened.page),
    ...(await wholeBoard(opened, () => ({ canvas: 'canvas' }))),
  }));
  const rows: Row[] = [];
  for (const [peerName, peer] of [
    ['React Flow', flow],
    ['cytoscape.js', cytoscape],
  ] as const) {
    const of = (name: string, figure: keyof typeof ours, unit: string, bar: Parameters<typeof row>[1]) => {
      const theirs = (peer as Partial<typeof ours>)[figure];
      if (theirs !== undefined)
        rows.push(row({ name, ours: ours[figure], peer: theirs, peerName, unit }, bar));
    };
    const size = nodes.toLocaleString('en');
    of(`${size} nodes in the app: pan at fit`, 'pan', 'fps', atLeast(55));
    of(`${size} nodes in the app: drag one at fit`, 'drag', 'fps', atLeast(55));
    of(`${size} nodes: select all`, 'select', 'ms', atMost(BARS.select));
    of(`${size} nodes: undo moving all`, 'move', 'ms', atMost(BARS.undo));
    of(`${size} nodes: undo deleting all`, 'delete', 'ms', atMost(BARS.undo));
  }
  return rows;
}

/** Beside the same bar over nothing, and beside the least that takes a key: a plain input on React Flow's page. */
async function typing(pages: Pages, url: string, nodes: number): Promise<Row[]> {
  const inBar = (board: Board) =>
    withOpened(openApp(pages.browser, url, board), async (opened) => {
      await opened.page.keyboard.press('Control+k');
      await opened.page.getByRole('combobox', { name: 'Sketch, find or do' }).waitFor();
      return typeLine(opened, { canvas: '.canvas-layer' });
    });
  const ours = await inBar(randomBoard(nodes, EDGES_PER_NODE, 1));
  const empty = await inBar(randomBoard(0, EDGES_PER_NODE, 1));
  const plain = await withOpened(pages.open('React Flow', nodes), async (opened) => {
    await opened.page.evaluate(() => {
      const input = document.createElement('input');
      Object.assign(input.style, { position: 'fixed', inset: '40% 30% auto', zIndex: '9' });
      document.body.append(input);
      input.focus();
    });
    return typeLine(opened, { elements: 'input', count: 1 });
  });
  const size = nodes.toLocaleString('en');
  return (
    [
      ['empty board', empty],
      ['plain input', plain],
    ] as const
  ).flatMap(([peerName, peer]) => [
    row(
      {
        name: `${size} nodes: key to ghost, 95th of 100`,
        ours: ours.key,
        peer: peer.key,
        peerName,
        unit: 'ms',
      },
      atMost(BARS.key),
    ),
    row(
      {
        name: `${size} nodes: longest frame while typing`,
        ours: ours.frame,
        peer: peer.frame,
        peerName,
        unit: 'ms',
      },
      atMost(BARS.frame),
    ),
  ]);
}

async function withOpened<T>(opening: Promise<Opened>, measure: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await opening;
  await atRest(opened);
  const measured = await measure(opened);
  await opened.close();
  return measured;
}

/** The best of some times each, ms: what else the machine does must not count. */
async function wholeBoard(opened: Opened, shown: (deed: keyof Times) => Shown): Promise<Times> {
  const { keyboard } = opened.page;
  const timed = async (deed: keyof Times, key: string, prepare: string[], after: string[]) => {
    const taken: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      for (const each of prepare) {
        await keyboard.press(each);
        await atRest(opened);
      }
      taken.push(await press(opened, key, shown(deed)));
      await atRest(opened);
      for (const each of after) {
        await keyboard.press(each);
        await atRest(opened);
      }
    }
    return Math.min(...taken);
  };
  return {
    select: await timed('select', 'Control+a', [], ['Escape']),
    move: await timed('move', 'Control+z', ['Control+a', 'Shift+ArrowRight'], ['Escape']),
    delete: await timed('delete', 'Control+z', ['Control+a', 'Delete'], ['Escape']),
  };
}

async function press({ page }: Opened, key: string, shown: Shown): Promise<number> {
  await page.evaluate((what) => window.watch.arm(what), shown);
  await page.keyboard.press(key);
  return page.evaluate(() => window.watch.drawn());
}

/** The best of three lines: what else the machine does must not count. */
async function typeLine(opened: Opened, shown: Shown): Promise<Typing> {
  const { page } = opened;
  const lines: Typing[] = [];
  for (let i = 0; i < 3; i++) {
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(BEGUN);
    await atRest(opened);
    const keys: number[] = [];
    const frames = await framesDuring(page, async () => {
      for (const key of LINE) {
        const rest = sleep(KEY_EVERY);
        // half an arrow is not drawn, so it can't be waited for
        if (/\w/.test(key)) keys.push(await press(opened, key, shown));
        else await page.keyboard.type(key);
        await rest;
      }
    });
    const gaps = frames.slice(1).map((time, j) => time - frames[j]!);
    lines.push({
      key: keys.toSorted((a, b) => a - b)[Math.floor(keys.length * 0.95)]!,
      frame: Math.max(...gaps),
    });
  }
  return {
    key: Math.min(...lines.map(({ key }) => key)),
    frame: Math.min(...lines.map(({ frame }) => frame)),
  };
}

/** Where one near the middle of the page is, page pixels. */
async function nodeInTheMiddle({ page }: Opened, board: Board): Promise<readonly [number, number]> {
  const hands = new BoardPage(page);
  const [origin, unit] = [await hands.onPage([0, 0]), await hands.onPage([1, 0])];
  const zoom = unit.x - origin.x;
  const away = ([x, y]: readonly [number, number]) => Math.hypot(x - 640, y - 450);
  return Object.values(board.nodes)
    .map((node) => centreOf(nodeRect(node)))
    .map(([x, y]) => [origin.x + x * zoom, origin.y + y * zoom] as const)
    .sort((a, b) => away(a) - away(b))[0]!;
}
