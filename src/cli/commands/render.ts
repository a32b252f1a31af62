/** `render`: a picture of a board. */
import { embedInPng, embedInSvg } from '../../formats/index.ts';
import type { Board, Ratio, Snapshot } from '../../graph/index.ts';
import { type Args, type Command, UsageError } from '../command.ts';
import { STDIN, warn, writeOutput } from '../files.ts';
import { embeddedFonts } from '../fonts.ts';
import { loadBoard } from '../load.ts';
import { type PictureOptions, pictureOf, rasterise } from '../picture.ts';
import { snapshotOf } from '../snapshots.ts';

export const RENDER: Command = {
  name: 'render',
  summary: 'Draw a board, or any file that can be read as one, as SVG or PNG',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Draws the picture that the app exports. BOARD may also be any file, folder or zip that import reads; what has no places is laid out first. The picture opens again as the board, unless it is stripped.',
    'Figures that the board holds from files are shown; those of another snapshot where one is named. They are never live, and the picture says of when they are.',
  ],
  options: {
    out: {
      short: 'o',
      value: 'OUT',
      says: 'Where to: a name that ends in .svg or .png, or - for SVG on standard output.',
    },
    theme: { value: 'THEME', says: 'light or dark. Light unless given.' },
    scale: { value: 'TIMES', says: 'Pixels of a PNG for each of the drawing, from 1 to 4. 2 unless given.' },
    quantile: {
      short: 'q',
      value: 'Q',
      says: 'Which latency edges show, such as 0.5 or 0.99. 0.95 unless given.',
    },
    snapshot: {
      value: 'SNAPSHOT',
      says: 'Show the figures of this one: a name or id in the board, or a file.',
    },
    against: { value: 'SNAPSHOT', says: 'Compare them with this one.' },
    'no-figures': { says: 'Leave all figures out.' },
    'no-title': { says: 'Leave title, time and sources out.' },
    'no-legend': { says: 'Leave the legend out.' },
    strip: { says: 'Leave the board’s data out: the picture does not open as the board again.' },
  },
  examples: [
    {
      run: 'chalkline render architecture.json -o architecture.svg',
      says: 'The picture beside the board in a repository.',
    },
    {
      run: 'chalkline render traces.json -o traces.png --theme dark --scale 3',
      says: 'Straight from a trace file.',
    },
    { run: 'chalkline render compose.yaml -o - > system.svg', says: 'To standard output.' },
  ],
  run: render,
};

const between = (name: string, text: string, [low, high]: readonly [number, number]): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= low && value <= high) return value;
  throw new UsageError(`render: --${name} is a number from ${low} to ${high}`);
};

async function render({ given: [path], text, has }: Args): Promise<number> {
  const out = text('out');
  const type = out === STDIN ? 'svg' : /\.(svg|png)$/i.exec(out ?? '')?.[1]?.toLowerCase();
  if (out === undefined || type === undefined)
    throw new UsageError('render: -o names a file that ends in .svg or .png');
  const theme = text('theme') ?? 'light';
  if (theme !== 'light' && theme !== 'dark') throw new UsageError('render: --theme is light or dark');
  const scale = between('scale', text('scale') ?? '2', [1, 4]);
  const quantile = between('quantile', text('quantile') ?? '0.95', [0, 1]) as Ratio;
  const { board } = await loadBoard(path!, true);
  const [named, against] = [text('snapshot'), text('against')];
  const options: PictureOptions = {
    theme,
    legend: !has('no-legend'),
    titled: !has('no-title'),
    quantile,
    shown: has('no-figures') ? null : named === undefined ? imported(board) : await snapshotOf(board, named),
    against: against === undefined ? null : await snapshotOf(board, against),
    fonts: type === 'svg' ? await embeddedFonts() : [],
  };
  const drawing = pictureOf(board, options);
  if (type === 'svg') {
    await writeOutput(out, has('strip') ? drawing.svg : embedInSvg(drawing.svg, board));
    return 0;
  }
  const { bytes, clamped, width, height } = await rasterise(drawing, scale);
  if (clamped)
    warn(`drawn at ${width} × ${height} pixels, the most a PNG may have; an SVG has no such limit`);
  await writeOutput(out, has('strip') ? bytes : embedInPng(bytes, board));
  return 0;
}

/** All that the board holds from files, spoken of at the time of the latest. */
function imported({ snapshots }: Board): Snapshot | null {
  const all = Object.values(snapshots)
    .filter((each) => each.imported)
    .sort((a, b) => b.at - a.at);
  const [latest] = all;
  return latest ? { ...latest, readings: all.flatMap(({ readings }) => readings) } : null;
}
