/** One chart: its name, where its figures are from, the plot, and its lines by name with their values. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type EpochMs, METRICS } from '../../graph/index.ts';
import { momentText } from '../names.ts';
import { stepsOf } from '../ui/keys.ts';
import type { Chart } from './charts.ts';
import type { Crosshair } from './crosshair.ts';
import { type Film, rowFrom } from './film.ts';
import { Legend } from './legend.tsx';
import { stylesOf } from './look.ts';
import { createPlot, madeFor, type Plot } from './plot.ts';
import type { Setting } from './setting.ts';
import { chartWords } from './words.ts';

type Props = { film: Film; chart: Chart; of: string; setting: Setting };

export function ChartFigure({ film, chart, of, setting }: Props) {
  const { crosshair, palette, isLog, units, now, gap, time } = setting;
  const log = isLog && METRICS[chart.metric] === 'ms';
  const at = usePointed(crosshair) ?? time;
  const words = `${momentText(at, now)}: ${chartWords(film, chart, at, gap, units)}`;
  const unit = METRICS[chart.metric] === 'messages' ? ', messages' : '';
  return (
    <figure className="chart">
      <figcaption>
        <b>{chart.title}</b>
        {unit}
        <span className="origin" title={chart.origin}>
          {chart.origin}
        </span>
      </figcaption>
      <div
        className="plot"
        role="slider"
        tabIndex={0}
        aria-label={`${chart.title} of ${of}, time`}
        aria-valuemin={Math.round(setting.view.from / 1000)}
        aria-valuemax={Math.round(setting.view.to / 1000)}
        aria-valuenow={Math.round(at / 1000)}
        aria-valuetext={words}
        onKeyDown={(event) => move(event, film, chart, at, setting)}
        onBlur={() => crosshair.set(null)}
      >
        <Canvas film={film} chart={chart} log={log} setting={setting} />
      </div>
      <Legend film={film} chart={chart} at={at} gap={gap} units={units} styles={stylesOf(chart, palette)} />
    </figure>
  );
}

/** The time that is pointed at in any of the charts. */
function usePointed(crosshair: Crosshair): EpochMs | null {
  const [at, setAt] = useState(crosshair.at);
  useEffect(() => crosshair.subscribe(() => setAt(crosshair.at())), [crosshair]);
  return at;
}

type CanvasProps = { film: Film; chart: Chart; log: boolean; setting: Setting };

/** The plot in its box: made when the box has a size, made anew when its lines are others. */
function Canvas({ film, chart, log, setting }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<{ made: string; plot: Plot } | null>(null);
  const [size, setSize] = useState<{ width: number; height: number } | null>(null);
  const { crosshair, onChoose } = setting;

  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width > 0 && height > 0) setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(box.current!);
    return () => {
      observer.disconnect();
      plot.current?.plot.destroy();
      plot.current = null;
    };
  }, []);
  useLayoutEffect(() => {
    if (size) plot.current?.plot.resize(size);
  }, [size]);
  useLayoutEffect(() => {
    if (!size) return;
    const { view, backdrop, palette, units } = setting;
    const drawn = { film, chart, view, backdrop };
    const made = madeFor({ chart, palette, log, units });
    if (plot.current?.made === made) plot.current.plot.update(drawn);
    else {
      plot.current?.plot.destroy();
      const input = { ...drawn, target: box.current!, size, palette, log, units };
      plot.current = { made, plot: createPlot({ ...input, onPoint: crosshair.set, onChoose }) };
    }
    plot.current.plot.point(crosshair.at());
  });
  useEffect(() => crosshair.subscribe(() => plot.current?.plot.point(crosshair.at())), [crosshair]);
  return <div ref={box} className="canvas-box" aria-hidden="true" />;
}

function move(event: KeyboardEvent, film: Film, chart: Chart, at: EpochMs, setting: Setting): void {
  const { crosshair, onChoose, view } = setting;
  const times = measuredTimes(film, chart, view.from, view.to);
  // what was pointed at since this was drawn
  const pointed = crosshair.at() ?? at;
  const here = Math.min(rowFrom(times, pointed), times.length - 1);
  const go = (row: number) => crosshair.set(times[Math.min(Math.max(row, 0), times.length - 1)] ?? null);
  const steps = stepsOf(event);
  if (steps !== undefined) go(here + steps);
  else if (event.key === 'Home') go(0);
  else if (event.key === 'End') go(times.length - 1);
  else if (event.key === 'Enter' || event.key === ' ') onChoose(pointed);
  else if (event.key === 'Escape' && crosshair.at() !== null) crosshair.set(null);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Where at least one line has a value. */
const measuredTimes = ({ times }: Film, { lines }: Chart, from: EpochMs, to: EpochMs): EpochMs[] =>
  times.filter((at, row) => at >= from && at <= to && lines.some(({ column }) => column.values[row] != null));
