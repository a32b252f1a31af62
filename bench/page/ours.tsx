/** Our own canvas, wired as the app wires it, with histograms arriving for every edge. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-500.css';
import 'virtual:tokens.css';
import '../../src/app/app.css';
import { createRoot } from 'react-dom/client';
import { pictureFonts, rasterise } from '../../src/app/raster.ts';
import { Canvas } from '../../src/canvas/index.ts';
import type { Board, Reading } from '../../src/graph/index.ts';
import { createRouter, quickRoute } from '../../src/layout/index.ts';
import { Timeline } from '../../src/panels/index.ts';
import { drawBoard } from '../../src/picture/index.ts';
import {
  createWorkspace,
  followPast,
  type Routes,
  type Services,
  type Workspace,
} from '../../src/workspace/index.ts';
import { type Contender, isWorse, latencyOf, PNG_WIDTH, ZOOM } from './contender.ts';

const BOUNDS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, null];
const PROVENANCE = { source: 'bench', label: 'Bench', simulated: false };
const noInsets = () => ({ top: 0, right: 0, bottom: 0, left: 0 });

/** Requests spread over the buckets round their middle one; sums and shapes differ from edge to edge. */
function histogram(latency: number): number[] {
  const middle = BOUNDS.findIndex((bound) => bound === null || bound >= latency);
  return BOUNDS.map((_, bucket) => Math.max(0, 100 - 40 * Math.abs(bucket - middle)) + (latency % 7));
}

function readings(edges: readonly string[], round: number, at: number): Reading[] {
  return edges.map((id, i) => ({
    subject: { type: 'edge', id },
    metric: 'latency',
    value: {
      type: 'histogram',
      bounds: BOUNDS,
      counts: histogram(latencyOf(i, 0) * (round > 0 && isWorse(i, round) ? 4 : 1)),
    },
    at,
    window: 1000,
    instance: null,
    instances: null,
    side: 'caller',
    samples: 1000,
    provenance: PROVENANCE,
  }));
}

export async function create(root: HTMLElement, plain: Board): Promise<Contender> {
  const edges = Object.keys(plain.edges);
  const usual = readings(edges, 0, Date.now());
  const baseline = { id: 'usual', name: 'usual', at: Date.now(), window: 1000, readings: usual };
  const board: Board = { ...plain, snapshots: { usual: baseline } };
  const router = createRouter();
  const workspace = createWorkspace({
    board,
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
    routes: Object.assign(router, { quick: quickRoute }) as Routes,
    services: { history: historyOf(edges) } as unknown as Services,
  });
  while (router.work(1000));
  workspace.readings.put(usual);
  createRoot(root).render(
    <div className="app">
      <main>
        <Canvas workspace={workspace} theme="light" insets={noInsets} {...REST} />
      </main>
      <Timeline workspace={workspace} />
    </div>,
  );
  while (!workspace.view) await new Promise(requestAnimationFrame);
  return {
    look: (at) => (at === 'fit' ? workspace.view!.fit(undefined, false) : workspace.view!.zoomTo(ZOOM[at])),
    update: (round) => workspace.readings.put(readings(edges, round, Date.now())),
    scrub: () => scrubTimeline(workspace),
    node: () => nodeInTheMiddle(workspace),
    png: () => picture(workspace),
  };
}

/** A source that remembers: what was said in each of some rounds. Its own work is done beforehand. */
function historyOf(edges: readonly string[]): Services['history'] {
  const rounds = Array.from({ length: 20 }, (_, round) => readings(edges, round, 0));
  return async ({ from, to, step }) => {
    const frames = [];
    for (let at = from; at <= to; at += step)
      frames.push({ at, readings: [...rounds[Math.floor(at / step) % rounds.length]!] });
    return { frames, problems: [] };
  };
}

/** The app's own timeline, with what it will be dragged over fetched already. */
async function scrubTimeline(workspace: Workspace) {
  followPast(workspace);
  workspace.session({ timeline: true });
  await new Promise((shown) => setTimeout(shown, 500));
  const track = document.querySelector('.timeline .track')!.getBoundingClientRect();
  return { left: track.left, right: track.right, y: track.top + 20 };
}

const REST = { card: () => null, onContextMenu: () => {} };

function nodeInTheMiddle(workspace: Workspace): readonly [number, number] {
  const view = workspace.view!;
  const [cx, cy] = view.centre();
  const away = ({ position: [x, y] }: { position: readonly [number, number] }) => Math.hypot(x - cx, y - cy);
  const [node] = Object.values(workspace.use.getState().board.nodes).sort((a, b) => away(a) - away(b));
  const [ox, oy] = view.at([0, 0]);
  const scale = view.at([1, 0])[0] - ox;
  return [(node!.position[0] + 30 - ox) / scale, (node!.position[1] + 24 - oy) / scale];
}

async function picture(workspace: Workspace): Promise<Blob> {
  const { board } = workspace.use.getState();
  const drawing = drawBoard({
    board,
    readings: (subject) => workspace.readings.of(subject),
    routes: workspace.routes.routes,
    labels: workspace.routes.labels,
    theme: 'light',
    quantile: 0.95,
    baselines: (edge) => workspace.labels.baseline(edge),
    title: board.title,
    at: 'now',
    sources: [PROVENANCE.label],
    simulated: false,
    legend: true,
    withFigures: true,
    now: Date.now(),
    isStale: () => false,
    fonts: await pictureFonts(),
  });
  const height = Math.round((PNG_WIDTH * drawing.height) / drawing.width);
  return new Blob([(await rasterise(drawing.svg, PNG_WIDTH, height)) as BlobPart]);
}
