/** One contender on one board, named by the page's address; measured from outside through `window.bench`. */
import { randomBoard } from '../graphs.ts';
import type { Contender, Create } from './contender.ts';

const CONTENDERS: Record<string, () => Promise<{ create: Create }>> = {
  ours: () => import('./ours.tsx'),
  'React Flow': () => import('./flow.tsx'),
  'cytoscape.js': () => import('./cytoscape.ts'),
  'bare lines': () => import('./lines.ts'),
};

export type Bench = Contender & {
  /** Every edge updates so often a second; 0 ends it. */
  traffic(hertz: number): void;
  /** Counts animation frames till called again; then their times, ms. */
  frames(): number[];
};

declare global {
  interface Window {
    bench?: Bench;
  }
}

const asked = new URL(location.href).searchParams;
const { create } = await CONTENDERS[asked.get('who')!]!();
const board = randomBoard(Number(asked.get('nodes')), 1.6, 1);
const contender = await create(document.getElementById('root')!, board);

let timer = 0;
let round = 1;
let times: number[] = [];
let counting = 0;

window.bench = {
  ...contender,
  traffic(hertz) {
    clearInterval(timer);
    if (hertz > 0) timer = window.setInterval(() => contender.update(round++), 1000 / hertz);
  },
  frames() {
    cancelAnimationFrame(counting);
    const counted = times;
    times = [];
    const count = (now: number) => {
      times.push(now);
      counting = requestAnimationFrame(count);
    };
    counting = requestAnimationFrame(count);
    return counted;
  },
};
