/** Leaving with a picture or the board. Says what travels along. */
import { useState } from 'react';
import type { ExportOptions, Workspace } from '../../workspace/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { CheckField } from '../ui/field.tsx';
import { ChoiceRow } from '../ui/segmented.tsx';

type Format = 'png' | 'svg' | 'json';

const FORMATS = [
  { value: 'png', label: 'PNG' },
  { value: 'svg', label: 'SVG' },
  { value: 'json', label: 'JSON' },
] as const;
const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;
const SCALES = ([1, 2, 3, 4] as const).map((value) => ({ value, label: `${value}×` }));

const startTheme = (workspace: Workspace): ExportOptions['theme'] => {
  const { theme } = workspace.use.getState().session;
  if (theme !== 'system') return theme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** What the file will tell whoever gets it. */
function leakText(format: Format, strip: boolean): string {
  if (format === 'json')
    return 'The JSON is the board itself: every name, link, source address and snapshot in it travels along.';
  return strip
    ? 'The picture alone: only what can be seen leaves. It can not be opened as a board again.'
    : 'The whole board travels inside, so the picture can be opened again: host names, links and source addresses too, even where they are not drawn.';
}

export function ExportDialog({ workspace }: { workspace: Workspace }) {
  const open = workspace.use((state) => state.session.dialog === 'export');
  if (!open) return null;
  return <ExportForm workspace={workspace} />;
}

function ExportForm({ workspace }: { workspace: Workspace }) {
  const [format, setFormat] = useState<Format>('png');
  const [options, setOptions] = useState<ExportOptions>(() => ({
    theme: startTheme(workspace),
    scale: 2,
    figures: true,
    legend: true,
    strip: false,
  }));
  const set = (change: Partial<ExportOptions>) => setOptions({ ...options, ...change });
  const close = () => workspace.session({ dialog: null });
  const isPicture = format !== 'json';
  return (
    <Dialog title="Export" onClose={close}>
      <form
        className="export"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          workspace.services.exportFile(format, options);
        }}
      >
        <ChoiceRow label="Format" value={format} options={FORMATS} onChange={setFormat} />
        {isPicture && (
          <ChoiceRow
            label="Theme"
            value={options.theme}
            options={THEMES}
            onChange={(theme) => set({ theme })}
          />
        )}
        {format === 'png' && (
          <ChoiceRow
            label="Scale"
            numbers
            value={options.scale}
            options={SCALES}
            onChange={(scale) => set({ scale })}
          />
        )}
        {isPicture && (
          <div className="checks">
            <CheckField label="Figures" checked={options.figures} onChange={(figures) => set({ figures })} />
            <CheckField label="Legend" checked={options.legend} onChange={(legend) => set({ legend })} />
            <CheckField
              label="Leave the board out of the file"
              checked={options.strip}
              onChange={(strip) => set({ strip })}
            />
          </div>
        )}
        <p className="leak">{leakText(format, options.strip)}</p>
        <footer>
          <button
            type="button"
            className="button"
            disabled={!isPicture}
            onClick={() => {
              close();
              workspace.services.copyPng(options);
            }}
          >
            Copy PNG
          </button>
          <button type="submit" className="button primary" data-first>
            Export {format.toUpperCase()}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
