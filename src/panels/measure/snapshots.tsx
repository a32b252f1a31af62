/** The snapshots kept in the board. */
import { History, Trash2 } from 'lucide';
import type { Snapshot } from '../../graph/index.ts';
import type { Moment, Workspace } from '../../workspace/index.ts';
import { editFields } from '../inspector/edit.ts';
import { timeText } from '../names.ts';
import { windowText } from '../timeline/scale.ts';
import { TextInput } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';

export function Snapshots({ workspace }: { workspace: Workspace }) {
  const snapshots = workspace.use((state) => state.board.snapshots);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const shown = workspace.use((state) => state.session.moment?.snapshot);
  const inUse = workspace.use(workspace.past.baseline);
  const listed = Object.values(snapshots)
    .filter((snapshot) => !snapshot.imported)
    .sort((a, b) => b.at - a.at);
  if (listed.length === 0) return null;
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
              {snapshot === inUse ? (
                <span className="chip">compared with</span>
              ) : (
                <button
                  type="button"
                  className="button small"
                  title={`Compare every edge with ${snapshot.name}`}
                  onClick={() => workspace.past.compareWith({ snapshot: snapshot.id })}
                >
                  Compare
                </button>
              )}
              <button
                type="button"
                className="icon-button small"
                aria-label={`Look at ${snapshot.name}`}
                aria-pressed={shown === snapshot.id}
                title="Show the board as it was frozen"
                onClick={() => workspace.past.lookAt(shown === snapshot.id ? null : momentOf(snapshot))}
              >
                <Icon of={History} size={14} />
              </button>
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
              <span className="number">{windowText(snapshot.window)}</span>
              {' · '}
              {sourcesOf(snapshot)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const momentOf = ({ id, at, window }: Snapshot): Moment => ({ at, window, snapshot: id });

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
