/** A picture: what of the board, how it looks, and how large it is; shown small before it leaves. */
import { useEffect, useState } from 'react';
import { largestScale, MAX_AREA, MAX_SIDE, pictureScale, SCALES } from '../../picture/index.ts';
import type { Draft, ExportOptions, PicturePart, Workspace } from '../../workspace/index.ts';
import { CheckField } from '../ui/field.tsx';
import { ChoiceRow } from '../ui/segmented.tsx';
import type { PaneProps } from './export-pane.ts';

const PARTS = [
  { value: 'board', label: 'Whole board' },
  { value: 'selection', label: 'Selection' },
  { value: 'view', label: 'View', title: 'What of the board is in view now, cut off where that ends' },
] as const;
const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const SCALE_CHOICES = SCALES.map((value) => ({ value, label: `${value}×` }));

/** Parts; a larger picture takes the browser longer to show than a person waits for a small one. */
const SHOWN_UP_TO = 400;

const NOTHING: Record<PicturePart, string> = {
  board: 'Nothing is drawn yet.',
  selection: 'Nothing is selected. Close this, select what the picture is to be of, and come back.',
  view: 'Nothing is in view. Close this and move the board, or take all of it.',
};

const startTheme = (workspace: Workspace): ExportOptions['theme'] => {
  const { theme } = workspace.use.getState().session;
  if (theme !== 'system') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** What the file will tell whoever gets it. */
function leakText(strip: boolean, part: PicturePart, parts: number): string {
  if (strip) return 'The picture alone: only what can be seen leaves. It can not be opened as a board again.';
  if (part === 'board')
    return 'The whole board travels inside, so the picture can be opened again: host names, links and source addresses too, even where they are not drawn.';
  const those = parts === 1 ? 'The one part or note that is' : `The ${parts} parts and notes that are`;
  return `${those} drawn, or at the end of a line, travel inside as a board of their own, with all that is known of them and the sources; the rest of the board stays here.`;
}

export function PicturePane({ workspace, exporter, leaving, format }: PaneProps & { format: 'png' | 'svg' }) {
  const [options, setOptions] = useState<ExportOptions>(() => ({
    theme: startTheme(workspace),
    scale: 2,
    figures: true,
    legend: true,
    titled: true,
    strip: false,
    part: 'board',
  }));
  const set = (change: Partial<ExportOptions>) => setOptions({ ...options, ...change });
  const { part = 'board', titled = true } = options;
  const draft = useDraft(exporter, options);
  const isNothing = draft === 'nothing';
  return (
    <form
      className="pane picture"
      aria-label={format.toUpperCase()}
      onSubmit={(event) => {
        event.preventDefault();
        leaving(() => workspace.services.exportFile(format, options));
      }}
    >
      <Preview draft={draft} part={part} />
      {draft !== null && draft !== 'nothing' && <SizeText draft={draft} {...{ format, options, set }} />}
      <ChoiceRow label="Of" value={part} options={PARTS} onChange={(next) => set({ part: next })} />
      <ChoiceRow label="Theme" value={options.theme} options={THEMES} onChange={(theme) => set({ theme })} />
      {format === 'png' && (
        <ChoiceRow
          label="Scale"
          numbers
          value={options.scale}
          options={SCALE_CHOICES}
          onChange={(scale) => set({ scale })}
        />
      )}
      <div className="checks">
        <CheckField label="Title" checked={titled} onChange={(next) => set({ titled: next })} />
        <CheckField label="Figures" checked={options.figures} onChange={(figures) => set({ figures })} />
        <CheckField label="Legend" checked={options.legend} onChange={(legend) => set({ legend })} />
        <CheckField
          label="Leave the board out of the file"
          checked={options.strip}
          onChange={(strip) => set({ strip })}
        />
      </div>
      <p className="leak">{leakText(options.strip, part, draft === null || isNothing ? 0 : draft.parts)}</p>
      <footer>
        {format === 'png' && (
          <button
            type="button"
            className="button"
            disabled={isNothing}
            onClick={() => leaving(() => workspace.services.copyPng(options))}
          >
            Copy PNG
          </button>
        )}
        <button type="submit" className="button primary" disabled={isNothing} data-first>
          Export {format.toUpperCase()}
        </button>
      </footer>
    </form>
  );
}

/** What would be drawn now: again for each choice, but not with every figure that comes in. Null until it is drawn. */
function useDraft(exporter: PaneProps['exporter'], options: ExportOptions): Draft | 'nothing' | null {
  const [draft, setDraft] = useState<Draft | 'nothing' | null>(null);
  const { theme, figures, legend, titled, part } = options;
  // biome-ignore lint/correctness/useExhaustiveDependencies: scale and what travels inside draw nothing else
  useEffect(() => {
    let isLate = false;
    exporter?.draw(options).then(
      (drawn) => isLate || setDraft(drawn ?? 'nothing'),
      // said when it is exported
      () => isLate || setDraft(null),
    );
    return () => {
      isLate = true;
    };
  }, [exporter, theme, figures, legend, titled, part]);
  return draft;
}

function Preview({ draft, part }: { draft: Draft | 'nothing' | null; part: PicturePart }) {
  const svg = draft !== null && draft !== 'nothing' && draft.parts <= SHOWN_UP_TO ? draft.svg : null;
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (svg === null) return setUrl(null);
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return (
    <figure className="preview">
      {draft === 'nothing' && <p role="status">{NOTHING[part]}</p>}
      {draft === null && <p className="faint">Drawing…</p>}
      {draft !== null && draft !== 'nothing' && svg === null && (
        <p className="faint">{draft.parts} parts: too many to be shown this small.</p>
      )}
      {svg !== null && url !== null && <img src={url} alt="What is drawn, small" />}
    </figure>
  );
}

type SizeProps = {
  draft: Draft;
  format: 'png' | 'svg';
  options: ExportOptions;
  set: (change: Partial<ExportOptions>) => void;
};

const pixels = ({ width, height }: { width: number; height: number }) =>
  `${width.toLocaleString('en')} × ${height.toLocaleString('en')}`;

function SizeText({ draft, format, options: { scale }, set }: SizeProps) {
  if (format === 'svg')
    return (
      <p className="size" role="status">
        <span className="number">{pixels(draft)}</span>, sharp at any size
      </p>
    );
  const size = pictureScale(draft, scale);
  if (!size.clamped)
    return (
      <p className="size" role="status">
        <span className="number">{pixels(size)}</span> pixels
      </p>
    );
  const wanted = pixels({ width: draft.width * scale, height: draft.height * scale });
  const fits = largestScale(draft);
  return (
    <div className="size" role="status">
      <p className="fault">
        {scale}× would be {wanted} pixels. The most is {MAX_SIDE.toLocaleString('en')} on a side and{' '}
        {Math.round(MAX_AREA / 1e6)} million in all, so it is drawn at {pixels(size)} (
        {Number(size.scale.toPrecision(2))}×). An SVG has no such limit.
      </p>
      {fits !== null && (
        <button type="button" className="link" onClick={() => set({ scale: fits })}>
          Draw it at {fits}×
        </button>
      )}
    </div>
  );
}
