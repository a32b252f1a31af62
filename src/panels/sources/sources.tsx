/** Where readings come from, how each source is, and what it sees that nobody drew. */
import type { Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { AddSource } from './add-source.tsx';
import { ImportedCard } from './imported-card.tsx';
import { Match } from './match/match.tsx';
import { SimulatorCard } from './simulator-card.tsx';
import { SourceCard } from './source-card.tsx';
import './sources.css';

export default function Sources({ workspace }: { workspace: Workspace }) {
  const matching = workspace.use((state) => state.session.matching);
  return matching ? <Match workspace={workspace} /> : <All workspace={workspace} />;
}

function All({ workspace }: { workspace: Workspace }) {
  const sources = workspace.use((state) => state.board.sources);
  const health = workspace.use((state) => state.health);
  const now = useNow(workspace);
  const real = Object.values(sources).filter((source) => source.type !== 'simulator');
  const simulator = Object.values(sources).find((source) => source.type === 'simulator');
  const imported = Object.entries(health).filter(([id]) => !sources[id]);
  return (
    <>
      {real.map((source) => (
        <SourceCard
          key={source.id}
          workspace={workspace}
          source={source}
          health={health[source.id]}
          now={now}
        />
      ))}
      {imported.map(([id, each]) => (
        <ImportedCard key={id} workspace={workspace} id={id} health={each} now={now} />
      ))}
      <AddSource key={real.length} workspace={workspace} first={real.length === 0} />
      <SimulatorCard
        workspace={workspace}
        source={simulator}
        health={simulator && health[simulator.id]}
        now={now}
      />
    </>
  );
}
