/** How the sources are, in sight all the time; the reason on hover and focus. */
import { useId } from 'react';
import type { Id } from '../../graph/index.ts';
import type { SourceHealth, Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { healthText } from '../sources/health.tsx';

/** Pills shown; of more sources the worst are. */
const SHOWN = 2;
const WORST = ['lost', 'stale', 'connecting', 'live', 'static'] as const;

/** The ones to show, worst first. */
function worstFirst(health: Readonly<Record<Id, SourceHealth>>): [Id, SourceHealth][] {
  return Object.entries(health).sort(([, a], [, b]) => WORST.indexOf(a.state) - WORST.indexOf(b.state));
}

export function HealthPills({ workspace }: { workspace: Workspace }) {
  const health = workspace.use((state) => state.health);
  const now = useNow(workspace);
  const all = worstFirst(health);
  const open = () => workspace.session({ panel: { open: true, tab: 'sources' } });
  return (
    <div className="health-pills">
      {all.length === 0 && (
        <button
          type="button"
          className="health-pill"
          data-state="none"
          title="Connect a source"
          onClick={open}
        >
          <span className="dot" aria-hidden="true" />
          No source
        </button>
      )}
      {all.slice(0, SHOWN).map(([id, each]) => (
        <Pill key={id} health={each} age={healthText(each, now)} onClick={open} />
      ))}
      {all.length > SHOWN && (
        <button type="button" className="health-pill" title="All sources" onClick={open}>
          +{all.length - SHOWN}
        </button>
      )}
    </div>
  );
}

function Pill({ health, age, onClick }: { health: SourceHealth; age: string; onClick: () => void }) {
  const reasonId = useId();
  const { label, simulated, state, reason } = health;
  return (
    <span className="health-holder">
      <button
        type="button"
        className="health-pill"
        data-state={state}
        aria-describedby={reason ? reasonId : undefined}
        onClick={onClick}
      >
        <span className="dot" aria-hidden="true" />
        <span className="cut">{label}</span>
        {simulated && !/simulat/i.test(label) && <span className="chip simulated">Simulated</span>}
        {simulated && /simulat/i.test(label) && <span className="hidden">simulated</span>}
        <span className="number age">{age}</span>
      </button>
      {reason && (
        <span className="island tip" id={reasonId} role="tooltip">
          {reason}
        </span>
      )}
    </span>
  );
}
