/** All that is measured of one node, over all instances first and then instance by instance. */
import { type Id, METRICS, type Metric } from '../../graph/index.ts';
import { instanceReadings, type Workspace } from '../../workspace/index.ts';
import { CountChanged } from './count-changed.tsx';
import { HopFigures } from './hop.tsx';
import { Instances } from './instances.tsx';
import { MetricGroups } from './metric-groups.tsx';
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
  const shown = metrics.flatMap((metric) => workspace.readings.best(subject, metric) ?? []);
  const spoken = shown[0] ?? first;
  const stale = workspace.isStale(spoken);
  return (
    <div className={stale ? 'figures stale' : 'figures'}>
      <MetricGroups workspace={workspace} readings={shown} q={q} units={units} />
      {around}
      <CountChanged workspace={workspace} subject={subject} readings={readings} />
      <Instances workspace={workspace} readings={instanceReadings(workspace, subject)} />
      <Provenance workspace={workspace} reading={spoken} />
      <Provenances workspace={workspace} readings={readings} />
    </div>
  );
}
