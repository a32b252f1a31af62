/** Where figures are from, what they rest on, and how old they are. */
import { METRIC_NAMES, type Reading } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { momentText } from '../names.ts';
import { agoText, basisText } from './figures.ts';
import { useNow } from './use-readings.ts';

type Props = { workspace: Workspace; reading: Reading };

/** Of the one figure that speaks before all others. */
export function Provenance({ workspace, reading }: Props) {
  return (
    <footer className="provenance">
      <Origin workspace={workspace} reading={reading} />
      <Query reading={reading} />
    </footer>
  );
}

/** Of every figure that is shown of a subject, one by one. */
export function Provenances({ workspace, readings }: { workspace: Workspace; readings: readonly Reading[] }) {
  const instance = workspace.use((state) => state.session.instance);
  const shown = readings.filter(
    (each) => each.operation === undefined && (each.instance === null || each.instance === instance),
  );
  if (shown.length === 0) return null;
  return (
    <details className="provenance">
      <summary>Where each figure is from</summary>
      <ul>
        {shown.map((reading) => {
          const { metric, side, instance: of, provenance } = reading;
          return (
            <li key={`${metric} ${side} ${of} ${provenance.source}`}>
              <b>{METRIC_NAMES[metric]}</b>
              <Origin workspace={workspace} reading={reading} />
              {provenance.query !== undefined && <code>{provenance.query}</code>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

/** `Prometheus localhost:9090 · 4 s ago`, and on what it rests. */
function Origin({ workspace, reading }: Props) {
  const now = useNow(workspace);
  const isPast = workspace.use((state) => state.session.moment !== null);
  const { label, simulated } = reading.provenance;
  const basis = basisText(reading);
  return (
    <>
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
    </>
  );
}

function Query({ reading }: { reading: Reading }) {
  const { query } = reading.provenance;
  if (query === undefined) return null;
  return (
    <details>
      <summary>Query</summary>
      <code>{query}</code>
    </details>
  );
}

const Age = ({ age, stale }: { age: number; stale: boolean }) => (
  <span className={stale ? 'age stale' : 'age'}>
    {stale && 'stale, '}
    {agoText(age)}
  </span>
);
