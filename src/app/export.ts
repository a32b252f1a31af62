/** The board leaves: as PNG, SVG or JSON, to a file or to the clipboard. */
import { embedInPng, embedInSvg } from '../formats/index.ts';
import { type Board, formatDuration, type Reading, type Subject, serializeBoard } from '../graph/index.ts';
import { type Drawing, drawBoard, pictureScale } from '../picture/index.ts';
import { type ExportOptions, spreadAt, type Workspace } from '../workspace/index.ts';
import { pictureFonts, rasterise } from './raster.ts';

async function draw(workspace: Workspace, options: ExportOptions): Promise<Drawing> {
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
  const { board } = workspace.use.getState();
  const drawing = await draw(workspace, options);
  const size = pictureScale(drawing, options.scale);
  const bytes = await rasterise(drawing.svg, size.width, size.height);
  const whole = options.strip ? bytes : embedInPng(bytes, board);
  if (!size.clamped) return { bytes: whole };
  const note = `Drawn at ${size.width} × ${size.height} pixels, the most a PNG may have here. An SVG has no such limit.`;
  return { bytes: whole, note };
}

/** The board as a report shows it: light, with figures, and without the board's own data in it. */
export async function pictureOf(workspace: Workspace): Promise<{ svg: string; png(): Promise<Uint8Array> }> {
  const options: ExportOptions = { theme: 'light', scale: 2, figures: true, legend: true, strip: true };
  const { svg } = await draw(workspace, options);
  return { svg, png: async () => (await pngOf(workspace, options)).bytes };
}

export async function exportFile(
  workspace: Workspace,
  format: 'png' | 'svg' | 'json',
  options: ExportOptions,
): Promise<void> {
  const { board } = workspace.use.getState();
  const name = fileName(board.title, format);
  if (format === 'json') {
    save(name, 'application/json', serializeBoard(board));
  } else if (format === 'svg') {
    const { svg } = await draw(workspace, options);
    save(name, 'image/svg+xml', options.strip ? svg : embedInSvg(svg, board));
  } else {
    const { bytes, note } = await pngOf(workspace, options);
    save(name, 'image/png', bytes);
    if (note) return workspace.notify(note);
  }
  workspace.notify(`${name} is in your downloads.`);
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

/** `Checkout incident` → `checkout-incident.png`. */
export function fileName(title: string, suffix: string): string {
  const plain = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${plain.slice(0, 80) || 'board'}.${suffix}`;
}

export function saveFile(workspace: Workspace, what: string, suffix: string, content: Blob): void {
  // what it is stays readable, however long the title
  const name = fileName(`${workspace.use.getState().board.title.slice(0, 40)} ${what}`, suffix);
  save(name, content.type, content);
  workspace.notify(`${name} is in your downloads.`);
}

function save(name: string, type: string, content: string | Uint8Array | Blob): void {
  const url = URL.createObjectURL(new Blob([content as BlobPart], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
