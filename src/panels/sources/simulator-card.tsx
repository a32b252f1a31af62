/** The embedded simulator: figures for whatever is drawn, and faults to look for. Always called simulated. */
import type { EpochMs, SourceConfig } from '../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../workspace/index.ts';
import { Faults } from './faults.tsx';
import { HealthLine } from './health.tsx';

type Props = {
  workspace: Workspace;
  source: SourceConfig | undefined;
  health: SourceHealth | undefined;
  now: EpochMs;
};

/** The same seed gives the same run. */
const SEED = 1;

export function SimulatorCard({ workspace, source, health, now }: Props) {
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const toggle = () => {
    if (source) return workspace.services.disconnect(source.id);
    const id = workspace.newId();
    workspace.services.connect({ id, type: 'simulator', name: 'Simulator', seed: SEED });
  };
  return (
    <section className="source-card">
      <header>
        <h3>Simulator</h3>
        <button
          type="button"
          role="switch"
          className="switch"
          aria-checked={source !== undefined}
          aria-label="Simulator"
          disabled={readOnly}
          onClick={toggle}
        >
          <span className="thumb" />
        </button>
      </header>
      {source ? (
        <HealthLine health={health} now={now} />
      ) : (
        <p className="aside">
          A queueing model of what is drawn. Its figures are labelled as simulated everywhere.
        </p>
      )}
      {source && <Faults workspace={workspace} fault={health?.fault ?? null} />}
    </section>
  );
}
