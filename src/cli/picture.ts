/** A board as a picture: the same drawing as in the app, of the figures that the board holds. */
import { baselineLatency } from '../analysis/index.ts';
import {
  type Board,
  formatDuration,
  projectBoard,
  type Ratio,
  type Reading,
  type Snapshot,
  type Subject,
  subjectKey,
} from '../graph/index.ts';
import { createRouter } from '../layout/index.ts';
import {
  type Drawing,
  drawBoard,
  type EmbeddedFont,
  latencyReading,
  pictureScale,
  type Theme,
} from '../picture/index.ts';
import { withFonts } from './fonts.ts';

export type PictureOptions = {
  theme: Theme;
  legend: boolean;
  titled: boolean;
  quantile: Ratio;
  /** What the figures are of; null leaves them out. */
  shown: Pick<Snapshot, 'name' | 'at' | 'window' | 'readings'> | null;
  /** What they are compared with. */
  against: Snapshot | null;
  /** What it carries along. */
  fonts: readonly EmbeddedFont[];
};

export function pictureOf(whole: Board, options: PictureOptions): Drawing {
  const { shown, against, quantile } = options;
  const { board, groups } = projectBoard(whole);
  const router = createRouter();
  router.update(board);
  while (router.work(1000));
  const readings = Map.groupBy(shown?.readings ?? [], ({ subject }) => subjectKey(subject));
  const of = (subject: Subject): readonly Reading[] => readings.get(subjectKey(subject)) ?? [];
  const labels = [...new Set(shown?.readings.map(({ provenance }) => provenance.label))].sort();
  return drawBoard({
    board,
    readings: of,
    routes: router.routes,
    labels: router.labels,
    theme: options.theme,
    quantile,
    baselines: (id) => {
      const now = against && latencyReading(of({ type: 'edge', id }), quantile);
      return now ? baselineLatency(against, now, quantile) : null;
    },
    stacked: groups,
    title: board.title,
    ...(shown ? timesOf(shown, against) : { at: '' }),
    sources: labels,
    simulated: shown?.readings.some(({ provenance }) => provenance.simulated) ?? false,
    legend: options.legend,
    titled: options.titled,
    withFigures: shown !== null,
    now: shown?.at ?? 0,
    isStale: () => false,
    fonts: options.fonts,
  });
}

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function timesOf(shown: Pick<Snapshot, 'at' | 'window'>, against: Snapshot | null) {
  const window = shown.window > 0 ? `, over ${formatDuration(shown.window)}` : '';
  const past = `${utc(shown.at)}${window}`;
  return { at: against ? `${past}, compared with ${against.name} (${utc(against.at)})` : past, past };
}

/** @returns the PNG, and how large it is, which may be less than the scale asked for */
export async function rasterise(drawing: Drawing, scale: number) {
  const { Resvg } = await import('@resvg/resvg-js');
  const size = pictureScale(drawing, scale);
  const bytes = await withFonts((fontFiles) =>
    new Resvg(drawing.svg, {
      fitTo: { mode: 'width', value: size.width },
      // what the faces have no letters for is set in the machine's own
      font: {
        fontFiles,
        loadSystemFonts: true,
        defaultFontFamily: 'Inter',
        sansSerifFamily: 'Inter',
        monospaceFamily: 'JetBrains Mono',
      },
    })
      .render()
      .asPng(),
  );
  return { bytes: new Uint8Array(bytes), ...size };
}
