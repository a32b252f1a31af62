/** The app's own charts, in its own timeline: one service, a line for each of its instances. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-500.css';
import 'virtual:tokens.css';
import '../../src/app/app.css';
import { createRoot } from 'react-dom/client';
import type { Board, Reading } from '../../src/graph/index.ts';
import { createRouter, quickRoute } from '../../src/layout/index.ts';
import { Timeline } from '../../src/panels/index.ts';
import { createWorkspace, type Routes, type Services, select } from '../../src/workspace/index.ts';
import { LINES, PLOT, POINTS, STEP, usedAt } from './chart-lines.ts';
import type { Contender } from './contender.ts';

const PROVENANCE = { source: 'bench', label: 'Bench', simulated: false };

export async function create(root: HTMLElement, board: Board): Promise<Contender> {
  const [node] = Object.keys(board.nodes) as [string];
  const readings = (round: number, at: number) =>
    Array.from(
      { length: LINES },
      (_, line): Reading => ({
        subject: { type: 'node', id: node },
        metric: 'cpu',
        value: usedAt(line, round),
        at,
        window: 60_000,
        instance: `${line}`,
        instances: null,
        side: null,
        samples: null,
        provenance: PROVENANCE,
      }),
    );
  const history: Services['history'] = async ({ from, to, step }) => {
    const frames = [];
    for (let at = from; at <= to; at += step) frames.push({ at, readings: readings(at / step, at) });
    return { frames, problems: [] };
  };
  const workspace = createWorkspace({
    board,
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
    routes: Object.assign(createRouter(), { quick: quickRoute }) as Routes,
    services: { history } as unknown as Services,
  });
  workspace.session({
    selection: select({ nodes: [node] }),
    range: { span: POINTS * STEP, end: null },
    look: { window: 60_000, step: STEP },
    timeline: true,
    charts: { open: true, height: PLOT.drawer },
  });
  createRoot(root).render(
    <div className="app">
      <Timeline workspace={workspace} />
    </div>,
  );
  while (!document.querySelector('.charts .u-over')) await new Promise(requestAnimationFrame);
  await new Promise((drawn) => setTimeout(drawn, 500));
  return {
    look: () => {},
    update: (round) => workspace.readings.put(readings(round, Date.now())),
  };
}
