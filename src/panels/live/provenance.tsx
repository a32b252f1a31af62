/** Where a figure is from, what it rests on, and how old it is. */
import type { Reading } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { momentText } from '../names.ts';
import { agoText } from './figures.ts';
import { useNow } from './use-readings.ts';

type Props = { workspace: Workspace; reading: Reading; basis: string };

export function Provenance({ workspace, reading, basis }: Props) {
  const now = useNow(workspace);
  const isPast = workspace.use((state) => state.session.moment !== null);
  const { label, simulated, query } = reading.provenance;
  return (
    <footer className="provenance">
      <p>
        {simulated && <span className="chip simulated">Simulated</span>}
        <span className="source">{label}</span>
        {isPast ? (
          <span className="age">as of {momentText(reading.at, now)}</span>
        ) : (
          <Age age={now - reading.at} stale={workspace.isStale(reading)} />
        )}
      </p>
      {basis !== '' && <p>{basis}</p>}
      {query !== undefined && (
        <details>
          <summary>Query</summary>
          <code>{query}</code>
        </details>
      )}
    </footer>
  );
}

const Age = ({ age, stale }: { age: number; stale: boolean }) => (
  <span className={stale ? 'age stale' : 'age'}>
    {stale && 'stale, '}
    {agoText(age)}
  </span>
);
