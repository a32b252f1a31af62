/** uPlot alone, with the same values: no names, no events, nothing behind. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { LINES, PLOT, POINTS, STEP, usedAt } from './chart-lines.ts';
import type { Contender } from './contender.ts';

export async function create(root: HTMLElement): Promise<Contender> {
  const now = Date.now();
  const times = Array.from({ length: POINTS }, (_, i) => now - (POINTS - i) * STEP);
  const lines = Array.from({ length: LINES }, (_, line) => times.map((_at, round) => usedAt(line, round)));
  const plot = new uPlot(
    {
      width: PLOT.width,
      height: PLOT.height,
      ms: 1,
      legend: { show: false },
      scales: { x: { range: () => [Date.now() - POINTS * STEP, Date.now()] }, y: { range: [0, 1] } },
      series: [
        {},
        ...lines.map((_, i) => ({ stroke: `hsl(${i * 7} 60% 40%)`, width: 1, points: { show: false } })),
      ],
    },
    [times, ...lines],
    root,
  );
  return {
    look: () => {},
    update(round) {
      times.push(Date.now());
      for (const [i, line] of lines.entries()) line.push(usedAt(i, round));
      plot.setData([times, ...lines]);
    },
  };
}
