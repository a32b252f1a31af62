/** Where a figure is from, what it rests on, and how old it is. */
import type { EpochMs, Reading } from '../../graph/index.ts';
import { agoText } from './figures.ts';

type Props = { reading: Reading; now: EpochMs; stale: boolean; basis: string };

export function Provenance({ reading, now, stale, basis }: Props) {
  const { label, simulated, query } = reading.provenance;
  return (
    <footer className="provenance">
      <p>
        {simulated && <span className="chip simulated">Simulated</span>}
        <span className="source">{label}</span>
        <span className={stale ? 'age stale' : 'age'}>
          {stale && 'stale, '}
          {agoText(now - reading.at)}
        </span>
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
