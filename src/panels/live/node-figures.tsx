/** All that is measured of one node, over all instances first and then instance by instance. */
import { type Id, METRIC_NAMES, METRICS, type Metric, type Reading, type Units } from '../../graph/index.ts';
import { instanceReadings, type Workspace } from '../../workspace/index.ts';
import { CountChanged } from './count-changed.tsx';
import { figureText, quantileName } from './figures.ts';
import { HopFigures } from './hop.tsx';
import { Instances } from './instances.tsx';
import { Provenance, Provenances } from './provenance.tsx';
import { SpreadLine } from './spread-line.tsx';
import { useNow, useReadings } from './use-readings.ts';
import './figures.css';

export function NodeFigures({ workspace, node }: { workspace: Workspace; node: Id }) {
  const subject = { type: 'node', id: node } as const;
  const readings = useReadings(workspace, subject);
  useNow(workspace);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  workspace.use((state) => state.health);
  workspace.use((state) => state.session.instance);
  const [first] = readings;
  const around = (
    <>
      <SpreadLine workspace={workspace} subject={subject} />
      <HopFigures workspace={workspace} subject={subject} />
    </>
  );
  if (!first)
    return (
      <>
        <p className="nothing">No figures yet.</p>
        {around}
      </>
    );
  const metrics = (Object.keys(METRICS) as Metric[]).filter((metric) =>
    readings.some((reading) => reading.metric === metric),
  );
  const best = (metric: Metric) => workspace.readings.best(subject, metric);
  const spoken = metrics.map(best).find((reading) => reading !== null) ?? first;
  const stale = workspace.isStale(spoken);
  return (
    <div className={stale ? 'figures stale' : 'figures'}>
      <dl className="pairs">
        {metrics.map((metric) => (
          <MetricPair key={metric} metric={metric} reading={best(metric)} q={q} units={units} />
        ))}
      </dl>
      {around}
      <CountChanged workspace={workspace} subject={subject} readings={readings} />
      <Instances workspace={workspace} readings={instanceReadings(workspace, subject)} />
      <Provenance workspace={workspace} reading={spoken} />
      <Provenances workspace={workspace} readings={readings} />
    </div>
  );
}

type PairProps = { metric: Metric; reading: Reading | null; q: number; units: Units };

function MetricPair({ metric, reading, q, units }: PairProps) {
  const isDistribution = reading !== null && typeof reading.value !== 'number';
  return (
    <>
      <dt>
        {METRIC_NAMES[metric]}
        {isDistribution && <span className="number faint"> {quantileName(q)}</span>}
      </dt>
      <dd className="number">{figureText(reading, q, units)}</dd>
    </>
  );
}
