/** The snapshots kept in the board. */
import { Trash2 } from 'lucide';
import { formatDuration, type Snapshot } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { editFields } from '../inspector/edit.ts';
import { timeText } from '../names.ts';
import { TextInput } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

export function Snapshots({ workspace }: { workspace: Workspace }) {
  const snapshots = workspace.use((state) => state.board.snapshots);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const listed = Object.values(snapshots)
    .filter((snapshot) => !snapshot.imported)
    .sort((a, b) => b.at - a.at);
  if (listed.length === 0) return null;
  const inUse = workspace.use(workspace.past.baseline);
  return (
    <section>
      <h3>Snapshots</h3>
      <ul className="snapshots">
        {listed.map((snapshot) => (
          <li key={snapshot.id}>
            <fieldset disabled={readOnly}>
              <TextInput
                label="Name of the snapshot"
                value={snapshot.name}
                onCommit={(name) => editFields(workspace, 'snapshots', [snapshot.id], { name })}
              />
              {snapshot === inUse && <span className="chip">compared with</span>}
              <button
                type="button"
                className="icon-button small"
                aria-label={`Delete ${snapshot.name}`}
                title="Delete (can be undone)"
                onClick={() =>
                  workspace.run('delete snapshot', { snapshots: { removed: { [snapshot.id]: snapshot } } })
                }
              >
                <Icon of={Trash2} size={14} />
              </button>
            </fieldset>
            <p className="faint">
              <span className="number">{timeText(snapshot.at, workspace.now())}</span>
              {' · over '}
              <span className="number">{formatDuration(snapshot.window)}</span>
              {' · '}
              {sourcesOf(snapshot)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function sourcesOf(snapshot: Snapshot): string {
  const labels = new Set(
    snapshot.readings.map(({ provenance }) =>
      provenance.simulated && !/simulat/i.test(provenance.label)
        ? `${provenance.label} (simulated)`
        : provenance.label,
    ),
  );
  return [...labels].join(', ') || 'no figures';
}
