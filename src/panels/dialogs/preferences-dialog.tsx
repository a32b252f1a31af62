/** What a person prefers, in this browser and for every board. */
import { formatQuantile, QUANTILES, UNITS, type Units } from '../../graph/index.ts';
import type { ThemeChoice, Workspace } from '../../workspace/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ChoiceRow } from '../ui/segmented.tsx';

const THEMES: readonly { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'as the system' },
  { value: 'light', label: 'light' },
  { value: 'dark', label: 'dark' },
];
const RATES = [
  { value: 'all', label: 'of all instances' },
  { value: 'each', label: 'per instance' },
] as const;
const UNIT_WORDS: Record<Units, string> = { auto: 'by size', ms: 'always ms', s: 'always s' };

export function PreferencesDialog({ workspace }: { workspace: Workspace }) {
  const { dialog, theme, quantile, units, grid, perInstance } = workspace.use((state) => state.session);
  if (dialog !== 'preferences') return null;
  return (
    <Dialog title="Preferences" onClose={() => workspace.session({ dialog: null })}>
      <p className="aside">Kept in this browser, for every board.</p>
      <ChoiceRow
        label="Theme"
        value={theme}
        options={THEMES}
        onChange={(next) => workspace.session({ theme: next })}
      />
      <ChoiceRow
        label="On edges"
        value={quantile}
        options={QUANTILES.map((q) => ({ value: q, label: formatQuantile(q) }))}
        onChange={(next) => workspace.session({ quantile: next })}
      />
      <ChoiceRow
        label="Durations"
        value={units}
        options={UNITS.map((each) => ({ value: each, label: UNIT_WORDS[each] }))}
        onChange={(next) => workspace.session({ units: next })}
      />
      <ChoiceRow
        label="Rates"
        value={perInstance ? 'each' : 'all'}
        options={RATES}
        onChange={(next) => workspace.session({ perInstance: next === 'each' })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={grid}
          onChange={(event) => workspace.session({ grid: event.target.checked })}
        />
        Dots on the slate
      </label>
    </Dialog>
  );
}
