/** One contender on one board, named by the page's address; measured from outside through `window.bench`. */
import { randomBoard } from '../graphs.ts';
import type { Contender, Create, Deed } from './contender.ts';

const CONTENDERS: Record<string, () => Promise<{ create: Create }>> = {
  ours: () => import('./ours.tsx'),
  'React Flow': () => import('./flow.tsx'),
  'cytoscape.js': () => import('./cytoscape.ts'),
  charts: () => import('./charts.tsx'),
  uPlot: () => import('./uplot.ts'),
  'bare lines': () => import('./lines.ts'),
};

export type Bench = Contender & {
  /** Every edge updates so often a second; 0 ends it. */
  traffic(hertz: number): void;
};

declare global {
  interface Window {
    bench?: Bench;
  }
}

/** The app's own keys. */
const KEYS: Record<string, Deed> = {
  'Control+a': 'select',
  Escape: 'deselect',
  'Shift+ArrowRight': 'move',
  Delete: 'delete',
  'Control+z': 'undo',
};

/** Not awaited here: what a contender shares with this page may be in one file with it, and would wait for itself. */
async function begin(): Promise<void> {
  const asked = new URL(location.href).searchParams;
  const { create } = await CONTENDERS[asked.get('who')!]!();
  const board = randomBoard(Number(asked.get('nodes')), 1.6, 1);
  const contender = await create(document.getElementById('root')!, board);

  let timer = 0;
  let round = 1;

  window.bench = {
    ...contender,
    traffic(hertz) {
      clearInterval(timer);
      if (hertz > 0) timer = window.setInterval(() => contender.update(round++), 1000 / hertz);
    },
  };

  if (contender.keys)
    window.addEventListener(
      'keydown',
      (event) => {
        const held = `${event.ctrlKey ? 'Control+' : ''}${event.shiftKey ? 'Shift+' : ''}`;
        const deed = KEYS[held + event.key];
        if (!deed) return;
        event.preventDefault();
        event.stopPropagation();
        contender.keys![deed]();
      },
      true,
    );
}

void begin();
