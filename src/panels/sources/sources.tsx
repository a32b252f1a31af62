/** Where readings come from, how each source is, and what it sees that nobody drew. */
import type { SimulatorFault, Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { AddPrometheus } from './add-prometheus.tsx';
import { SimulatorCard } from './simulator-card.tsx';
import { SourceCard } from './source-card.tsx';
import './sources.css';

type Props = {
  workspace: Workspace;
  fault: SimulatorFault | null;
  setFault: (fault: SimulatorFault | null) => void;
};

export function Sources({ workspace, fault, setFault }: Props) {
  const sources = workspace.use((state) => state.board.sources);
  const health = workspace.use((state) => state.health);
  const now = useNow(workspace);
  const configured = Object.values(sources).filter((source) => source.type === 'prometheus');
  const simulator = Object.values(sources).find((source) => source.type === 'simulator');
  const others = Object.entries(health).filter(([id]) => !sources[id]);
  return (
    <>
      {configured.map((source) => (
        <SourceCard
          key={source.id}
          workspace={workspace}
          source={source}
          health={health[source.id]}
          now={now}
        />
      ))}
      {others.map(([id, each]) => (
        <SourceCard key={id} workspace={workspace} id={id} health={each} now={now} />
      ))}
      <AddPrometheus workspace={workspace} first={configured.length === 0} />
      <SimulatorCard
        workspace={workspace}
        source={simulator}
        health={simulator && health[simulator.id]}
        now={now}
        fault={fault}
        setFault={setFault}
      />
    </>
  );
}
