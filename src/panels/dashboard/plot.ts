/** One chart drawn by uPlot. Imperative: made, brought up to date, destroyed; React knows its box only. */
import uPlot from 'uplot';
import { type EpochMs, formatMetric, type Units } from '../../graph/index.ts';
import { shortInstance } from '../../picture/index.ts';
import { ticksOf, tickText, type View } from '../timeline/scale.ts';
import { linearRange, logRange, logTicks, stepsFor } from './axis.ts';
import { type Backdrop, drawBackdrop, shortened } from './behind.ts';
import type { Chart } from './charts.ts';
import type { Column, Film } from './film.ts';
import { placeEnds } from './line-ends.ts';
import { type Palette, stylesOf } from './look.ts';

export type Drawn = { film: Film; chart: Chart; view: View; backdrop: Backdrop };
export type PlotInput = Drawn & {
  target: HTMLElement;
  size: { width: number; height: number };
  palette: Palette;
  log: boolean;
  units: Units;
  /** The pointer is at a time, or gone; it was clicked. */
  onPoint(at: EpochMs | null): void;
  onChoose(at: EpochMs): void;
};
export type Plot = ReturnType<typeof createPlot>;

/** CSS pixels. */
const ROOM = { values: 50, times: 18, top: 6, none: 10, quantile: 32, name: 76 };
/** Of more lines the one under the pointer alone is marked. */
const MANY = 8;

/** What a chart's plot is made for; with another one it has to be made anew. */
export const madeFor = ({
  chart,
  palette,
  log,
  units,
}: Pick<PlotInput, 'chart' | 'palette' | 'log' | 'units'>) =>
  JSON.stringify([
    chart.lines.map(({ column, name, strong }) => [column.key, name, strong]),
    [chart.key, log, units, palette.theme, palette.tokens.line, bandOf(chart) !== null],
  ]);

export function createPlot(input: PlotInput) {
  const { target, size, palette, log, units, onPoint, onChoose } = input;
  const { tokens } = palette;
  const { metric, lines } = input.chart;
  const styles = stylesOf(input.chart, palette);
  const { fontFamily: font } = getComputedStyle(target);
  let drawn: Drawn = input;
  let isOver = false;

  const grid = { stroke: tokens.grid, width: 1 };
  const axis = { stroke: tokens.inkFaint, font: `10px ${font}`, grid, ticks: { show: false } };
  const many = lines.length > MANY;
  const band = bandOf(input.chart) !== null;
  const hidden = { stroke: 'transparent', width: 0, points: { show: false } };
  const yRange = (_: uPlot, min: number | null, max: number | null): [number, number] =>
    log ? logRange(min, max) : linearRange(metric, max);
  const valueTicks = (plot: uPlot, _axis: number, min: number, max: number) =>
    logTicks([min, max], Math.max(2, Math.floor(plot.bbox.height / devicePixelRatio / 22)));
  const steps = stepsFor(metric);

  const plot = new uPlot(
    {
      ...size,
      ms: 1,
      padding: [ROOM.top, roomFor(input.chart), 0, 0],
      legend: { show: false },
      focus: { alpha: 0.25 },
      cursor: {
        y: false,
        drag: { setScale: false, x: false, y: false },
        points: many ? { one: true, size: 6 } : { size: 6 },
        focus: { prox: lines.length > 3 ? 24 : -1 },
        bind: { dblclick: () => null },
      },
      scales: {
        x: { time: true, range: () => [drawn.view.from, drawn.view.to] },
        y: { distr: log ? 3 : 1, range: yRange },
      },
      axes: [
        {
          ...axis,
          size: ROOM.times,
          gap: 3,
          splits: (self, _axis, from, to) => ticksOf({ from, to }, Math.max(2, Math.floor(self.width / 76))),
          values: (_, splits) =>
            splits.map((at) => (plot.valToPos(at, 'x') < ROOM.times ? '' : tickText(at))),
        },
        {
          ...axis,
          size: ROOM.values,
          gap: 4,
          space: 22,
          ...(log && { splits: valueTicks, filter: (_: uPlot, splits: number[]) => splits }),
          ...(steps && !log && { incrs: steps }),
          values: (_, splits) => splits.map((value) => formatMetric(metric, value, units)),
        },
      ],
      series: [
        {},
        ...lines.map((_line, i) => {
          const { colour: stroke, dash, width } = styles[i]!;
          return {
            stroke,
            width,
            dash: [...dash],
            points: { show: false, size: 4, fill: stroke, filter: alone },
          };
        }),
        ...(band ? [hidden, hidden] : []),
      ],
      ...(band && {
        bands: [
          { series: [lines.length + 1, lines.length + 2] as [number, number], fill: washed(tokens.accent) },
        ],
      }),
      hooks: {
        drawAxes: [(self) => drawBackdrop(self, drawn.backdrop, palette)],
        draw: [(self) => drawEnds(self, drawn.chart, palette, font)],
        setCursor: [
          ({ cursor: { idx } }) => {
            if (isOver) onPoint(idx == null ? null : (drawn.film.times[idx] ?? null));
          },
        ],
      },
    },
    dataOf(input),
    target,
  );
  const { over } = plot;
  over.addEventListener('mouseenter', () => {
    isOver = true;
  });
  over.addEventListener('mouseleave', () => {
    isOver = false;
    onPoint(null);
  });
  over.addEventListener('click', (event) => onChoose(plot.posToVal(event.offsetX, 'x')));

  return {
    canvas: plot.ctx.canvas,
    update(next: Drawn): void {
      drawn = next;
      plot.setData(dataOf(next));
    },
    resize: (next: { width: number; height: number }): void => plot.setSize(next),
    /** Shows the time that another chart, or a key, points at. */
    point(at: EpochMs | null): void {
      if (isOver) return;
      const left = at === null ? -10 : plot.valToPos(at, 'x');
      plot.setCursor({ left, top: at === null ? -10 : NOWHERE }, false);
    },
    destroy: (): void => plot.destroy(),
  };
}

/** For names at the ends of lines: quantiles are short, and one line needs none. */
function roomFor({ lines }: Chart): number {
  if (lines.length < 2) return ROOM.none;
  return lines.every(({ column }) => column.quantile !== null && column.instance === null)
    ? ROOM.quantile
    : ROOM.name;
}

/** So far above all lines that none of them is near. */
const NOWHERE = -10_000;

const washed = (colour: string) => `${colour}33`;

/** The line whose bucket is shown around it: the one that speaks, where its source knows no more than buckets. */
function bandOf({ lines, byInstance }: Chart): Column | null {
  const column = byInstance ? undefined : lines.find(({ strong }) => strong)?.column;
  if (!column || column.quantile === null) return null;
  return column.low.some((low, row) => low != null && low !== column.high[row]) ? column : null;
}

function dataOf({ film, chart }: Drawn): uPlot.AlignedData {
  const band = bandOf(chart);
  const columns = chart.lines.map(({ column }) => column.values);
  // an open bucket has no upper bound to be drawn
  const high = band?.high.map((each, row) => (each === Number.POSITIVE_INFINITY ? band.values[row] : each));
  return [film.times, ...columns, ...(band && high ? [high, band.low] : [])];
}

/** Points that no line leads to. */
function alone(plot: uPlot, series: number): number[] | null {
  const values = plot.data[series] as Column['values'];
  const found: number[] = [];
  /** A point with nothing before it, as long as nothing has come after it. */
  let lone = -1;
  let isFirst = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (value === undefined) continue;
    if (value === null && lone >= 0) found.push(lone);
    lone = value !== null && isFirst ? row : -1;
    isFirst = value === null;
  }
  if (lone >= 0) found.push(lone);
  return found.length > 0 ? found : null;
}

/** The name of each line beside its last point. */
function drawEnds(plot: uPlot, chart: Chart, palette: Palette, font: string): void {
  const { lines, byInstance } = chart;
  if (lines.length < 2) return;
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const styles = stylesOf({ lines }, palette);
  const ends = lines.flatMap(({ column, name, strong }, i) => {
    const value = column.values[column.last];
    if (value == null) return [];
    const y = plot.valToPos(value, 'y', true);
    const short = byInstance ? shortInstance(name) : name;
    return [{ name: short, y, colour: styles[i]!.colour, strong: strong && !byInstance }];
  });
  const x = bbox.left + bbox.width + 4 * ratio;
  const room = (roomFor(chart) - 6) * ratio;
  ctx.save();
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const { name, y, colour, strong } of placeEnds(ends, bbox.top, bbox.top + bbox.height, 11 * ratio)) {
    ctx.font = `${strong ? 600 : 400} ${10 * ratio}px ${font}`;
    ctx.fillStyle = colour;
    ctx.fillRect(x, y - 4 * ratio, 2 * ratio, 8 * ratio);
    ctx.fillStyle = strong ? palette.tokens.ink : palette.tokens.inkSecondary;
    ctx.fillText(shortened(ctx, name, room - 5 * ratio), x + 5 * ratio, y);
  }
  ctx.restore();
}
