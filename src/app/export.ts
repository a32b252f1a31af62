/** The board leaves: as PNG, SVG or JSON, to a file or to the clipboard; whole, or what is selected or in view of it. */
import { embedInPng, embedInSvg } from '../formats/index.ts';
import { type Board, formatDuration, type Reading, type Subject, serializeBoard } from '../graph/index.ts';
import { type Drawing, drawBoard, pictureScale } from '../picture/index.ts';
import { type ExportOptions, spreadAt, type Workspace } from '../workspace/index.ts';
import { fileName, save, stampOf } from './download.ts';
import { type Pictured, pictured } from './pictured.ts';
import { pictureFonts, rasterise } from './raster.ts';

const NOTHING = {
  board: 'Nothing is drawn yet.',
  selection: 'Nothing is selected.',
  view: 'Nothing is in view.',
} as const;

/** @throws Error in words, where there is nothing to draw */
function chosenPart(workspace: Workspace, { part = 'board' }: ExportOptions): Pictured {
  const found = pictured(workspace, part);
  if (!found) throw new Error(NOTHING[part]);
  return found;
}

export async function draw(
  workspace: Workspace,
  options: ExportOptions,
  { only, frame }: Pictured,
): Promise<Drawing> {
  const { board, session } = workspace.shown();
  const { groups, edges } = workspace.projection();
  const now = workspace.now();
  const fonts = await pictureFonts();
  const used = usedSources(workspace, workspace.use.getState().board);
  return drawBoard({
    board,
    readings: (subject) => spokenFor(workspace, subject),
    routes: workspace.routes.routes,
    labels: workspace.routes.labels,
    theme: options.theme,
    ...(only && { only }),
    ...(frame && { frame }),
    titled: options.titled ?? true,
    quantile: session.quantile,
    units: session.units,
    instance: session.instance,
    spreads: (subject) => spreadAt(workspace, subject),
    baselines: (edge) => workspace.labels.baseline(edge),
    stacked: groups,
    labelOf: (edge) => (edges.has(edge) ? workspace.labels.of(edge) : null),
    title: board.title,
    ...timesOf(workspace),
    sources: session.instance === null ? used.labels : [...used.labels, onlyText(session.instance)],
    simulated: used.simulated,
    legend: options.legend,
    withFigures: options.figures,
    now,
    isStale: workspace.isStale,
    fonts,
  });
}

const onlyText = (instance: string) => `${instance} alone, where it is told apart`;

const timeText = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

/** When, in the viewer's zone; of the past also over how long; and what is compared with, where it was chosen. */
function timesOf(workspace: Workspace): { at: string; past?: string } {
  const { moment, compare } = workspace.use.getState().session;
  const baseline = compare === null ? null : workspace.past.baseline();
  const compared =
    baseline === null ? '' : `, compared with ${baseline.name} (${timeText.format(baseline.at)})`;
  const at = timeText.format(moment?.at ?? workspace.now());
  if (!moment) return { at: at + compared };
  const past = `${at}, over ${formatDuration(moment.window)}`;
  return { at: past + compared, past };
}

/** For an edge's latency the one reading that its pill on the screen shows; everything else as it is. */
function spokenFor(workspace: Workspace, subject: Subject): readonly Reading[] {
  if (subject.type === 'node') return workspace.nodeReadings(subject.id);
  const best = workspace.readings.best(subject, 'latency');
  return best ? [best] : [];
}

function usedSources(workspace: Workspace, board: Board): { labels: string[]; simulated: boolean } {
  const labels = new Set<string>();
  let simulated = false;
  for (const { subject, provenance } of workspace.readings.all()) {
    if (!(subject.id in (subject.type === 'node' ? board.nodes : board.edges))) continue;
    labels.add(provenance.label);
    simulated ||= provenance.simulated;
  }
  return { labels: [...labels].sort(), simulated };
}

async function pngOf(
  workspace: Workspace,
  options: ExportOptions,
): Promise<{ bytes: Uint8Array; note?: string }> {
  const part = chosenPart(workspace, options);
  const drawing = await draw(workspace, options, part);
  const size = pictureScale(drawing, options.scale);
  const bytes = await rasterise(drawing.svg, size.width, size.height);
  const whole = options.strip ? bytes : embedInPng(bytes, part.board);
  if (!size.clamped) return { bytes: whole };
  const note = `Drawn at ${size.width} × ${size.height} pixels, the most a PNG may have here. An SVG has no such limit.`;
  return { bytes: whole, note };
}

/** The board as a report shows it: light, with figures, and without the board's own data in it. */
export async function pictureOf(workspace: Workspace): Promise<{ svg: string; png(): Promise<Uint8Array> }> {
  const options: ExportOptions = { theme: 'light', scale: 2, figures: true, legend: true, strip: true };
  const { svg } = await draw(workspace, options, chosenPart(workspace, options));
  return { svg, png: async () => (await pngOf(workspace, options)).bytes };
}

export async function exportFile(
  workspace: Workspace,
  format: 'png' | 'svg' | 'json',
  options: ExportOptions,
): Promise<void> {
  const { board } = workspace.use.getState();
  const name = nameOf(workspace, format, options);
  if (format === 'json') {
    save(name, 'application/json', serializeBoard(board));
  } else if (format === 'svg') {
    const part = chosenPart(workspace, options);
    const { svg } = await draw(workspace, options, part);
    save(name, 'image/svg+xml', options.strip ? svg : embedInSvg(svg, part.board));
  } else {
    const { bytes, note } = await pngOf(workspace, options);
    save(name, 'image/png', bytes);
    if (note) return workspace.notify(`${name} is in your downloads. ${note}`);
  }
  workspace.notify(`${name} is in your downloads.`);
}

/** A picture with figures is of a time, which its name says; one of a part says of which. */
function nameOf(workspace: Workspace, format: string, { part = 'board', figures }: ExportOptions): string {
  const { board, session } = workspace.use.getState();
  if (format === 'json') return fileName(board.title, format);
  const of = [
    ...(part === 'board' ? [] : [part]),
    ...(figures ? [stampOf(session.moment?.at ?? workspace.now())] : []),
  ];
  return fileName([board.title.slice(0, 40), ...of].join(' '), format);
}

/** The clipboard item is made at once, around a promise: Safari refuses one that comes later. */
export async function copyPng(workspace: Workspace, options: ExportOptions): Promise<void> {
  if (!navigator.clipboard || typeof ClipboardItem === 'undefined')
    throw new Error('This browser lets no page copy pictures here. Export the PNG instead.');
  const blob = pngOf(workspace, options).then(
    ({ bytes }) => new Blob([bytes as BlobPart], { type: 'image/png' }),
  );
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
  workspace.notify('Copied as PNG.');
}
