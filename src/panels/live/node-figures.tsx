/** All that is measured of one node, over all instances first and then instance by instance. */
import { type Id, METRIC_NAMES, METRICS, type Metric, type Reading, type Units } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { basisText, figureText, quantileName } from './figures.ts';
import { Provenance } from './provenance.tsx';
import { useNow, useReadings } from './use-readings.ts';
import './figures.css';

/** Instances listed; of more the rest is counted. */
const LISTED = 24;

export function NodeFigures({ workspace, node }: { workspace: Workspace; node: Id }) {
  const readings = useReadings(workspace, { type: 'node', id: node });
  useNow(workspace);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  workspace.use((state) => state.health);
  const [first] = readings;
  if (!first) return <p className="nothing">No figures yet.</p>;
  const metrics = (Object.keys(METRICS) as Metric[]).filter((metric) =>
    readings.some((reading) => reading.metric === metric),
  );
  const best = (metric: Metric) => workspace.readings.best({ type: 'node', id: node }, metric);
  const spoken = metrics.map(best).find((reading) => reading !== null) ?? first;
  const stale = workspace.isStale(spoken);
  const instances = Map.groupBy(
    readings.filter((reading) => reading.instance !== null),
    (reading) => reading.instance!,
  );
  return (
    <div className={stale ? 'figures stale' : 'figures'}>
      <dl className="pairs">
        {metrics.map((metric) => (
          <MetricPair key={metric} metric={metric} reading={best(metric)} q={q} units={units} />
        ))}
      </dl>
      {instances.size > 0 && <Instances instances={instances} metrics={metrics} q={q} units={units} />}
      <Provenance workspace={workspace} reading={spoken} basis={basisText(spoken)} />
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

type InstancesProps = {
  instances: Map<string, Reading[]>;
  metrics: readonly Metric[];
  q: number;
  units: Units;
};

function Instances({ instances, metrics, q, units }: InstancesProps) {
  const rows = [...instances].sort(([a], [b]) => a.localeCompare(b)).slice(0, LISTED);
  const columns = metrics.filter((metric) =>
    rows.some(([, list]) => list.some((each) => each.metric === metric)),
  );
  return (
    <table className="instances">
      <thead>
        <tr>
          <th scope="col">Instance</th>
          {columns.map((metric) => (
            <th scope="col" key={metric}>
              {METRIC_NAMES[metric]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([instance, list]) => (
          <tr key={instance}>
            <th scope="row" title={instance}>
              {instance}
            </th>
            {columns.map((metric) => (
              <td key={metric} className="number">
                {figureText(list.find((each) => each.metric === metric) ?? null, q, units)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {instances.size > LISTED && <caption>and {instances.size - LISTED} more</caption>}
    </table>
  );
}
