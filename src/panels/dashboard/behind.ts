/** What stands behind the lines: windows of snapshots, what happened, the moment shown and what it is compared with. */
import type uPlot from 'uplot';
import type { EpochMs } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import type { Palette } from './look.ts';

export type Backdrop = {
  bands: readonly { from: EpochMs; to: EpochMs; name: string; how: 'snapshot' | 'moment' | 'compared' }[];
  marks: readonly { at: EpochMs; name: string; colour: 'incident' | 'alert' | 'other' }[];
};

export function backdropOf(workspace: Workspace): Backdrop {
  const { board, session } = workspace.use.getState();
  const { moment, compare } = session;
  const bands: Backdrop['bands'][number][] = Object.values(board.snapshots)
    .filter(({ imported }) => !imported)
    .map(({ at, window, name }) => ({ from: at - window, to: at, name, how: 'snapshot' }));
  if (compare && 'at' in compare)
    bands.push({ from: compare.at - compare.window, to: compare.at, name: 'compared', how: 'compared' });
  if (moment) bands.push({ from: moment.at - moment.window, to: moment.at, name: '', how: 'moment' });
  const marks = Object.values(board.events).map(({ at, name, kind }): Backdrop['marks'][number] => ({
    at,
    name: name || kind,
    colour: kind === 'incident' || kind === 'alert' ? kind : 'other',
  }));
  return { bands, marks };
}

/** A band is at least so wide, CSS pixels. */
const LEAST = 2;

/** Drawn before the lines are. All in canvas pixels: `ratio` of them are one CSS pixel. */
export function drawBackdrop(plot: uPlot, { bands, marks }: Backdrop, { tokens }: Palette): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const xOf = (at: EpochMs) => plot.valToPos(at, 'x', true);
  const [left, right, bottom] = [bbox.left, bbox.left + bbox.width, bbox.top + bbox.height];
  const isIn = (from: number, to: number) => to >= left && from <= right;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${10 * ratio}px ${getComputedStyle(plot.root).fontFamily}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  /** Names at the head, each in its own row of two where there is room; at the right end to the left of their time. */
  const ends = [left, left];
  const write = (name: string, x: number, colour: string) => {
    if (name === '') return;
    const gap = 3 * ratio;
    const room = { left: x - gap - left, right: right - x - gap };
    const isRight = room.right >= Math.min(room.left, ctx.measureText(name).width);
    const text = shortened(ctx, name, Math.min(isRight ? room.right : room.left, 110 * ratio));
    const { width } = ctx.measureText(text);
    const start = isRight ? x + gap : x - gap - width;
    const row = ends[0]! <= start ? 0 : 1;
    if (ends[row]! > start) return;
    ctx.fillStyle = colour;
    ctx.fillText(text, start, bbox.top + (2 + 11 * row) * ratio);
    ends[row] = start + width + 5 * ratio;
  };
  const names: [string, number, string][] = [];
  for (const { from, to, name, how } of bands) {
    const [start, end] = [xOf(from), xOf(to)];
    if (!isIn(start, end)) continue;
    const colour = how === 'compared' ? tokens.accent : how === 'moment' ? tokens.ink : tokens.inkFaint;
    ctx.globalAlpha = how === 'snapshot' ? 0.16 : 0.22;
    ctx.fillStyle = colour;
    ctx.fillRect(start, bbox.top, Math.max(LEAST * ratio, end - start), bbox.height);
    ctx.globalAlpha = 1;
    line(ctx, end, bbox.top, bottom, colour, how === 'moment' ? [] : [4 * ratio, 3 * ratio], ratio);
    names.push([name, Math.max(left, start), how === 'compared' ? tokens.accent : tokens.inkSecondary]);
  }
  for (const { at, name, colour } of marks) {
    const x = xOf(at);
    if (!isIn(x, x)) continue;
    const stroke =
      colour === 'incident'
        ? tokens.mark.confirmed
        : colour === 'alert'
          ? tokens.mark.suspected
          : tokens.inkSecondary;
    line(ctx, x, bbox.top, bottom, stroke, [], 1.5 * ratio);
    names.push([name, x, stroke]);
  }
  for (const [name, x, colour] of names.sort((a, b) => a[1] - b[1])) write(name, x, colour);
  ctx.restore();
}

function line(
  ctx: CanvasRenderingContext2D,
  x: number,
  top: number,
  bottom: number,
  colour: string,
  dash: number[],
  width: number,
): void {
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, bottom);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Cut at its end, where it is longer than there is room. */
export function shortened(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let length = text.length;
  while (length > 1 && ctx.measureText(`${text.slice(0, length)}…`).width > room) length--;
  return `${text.slice(0, length)}…`;
}
