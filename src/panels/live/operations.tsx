/** What was measured of single API calls or topics of an edge, the slowest first. */
import { formatQuantile, type Metric, quantile, type Reading } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { distributionOf, figureText } from './figures.ts';
import { StaleSince } from './stale-since.tsx';

/** Operations listed; of more the rest is counted. */
const LISTED = 24;

type Row = { operation: string; of: ReadonlyMap<Metric, Reading> };

export function OperationFigures({
  workspace,
  readings,
}: {
  workspace: Workspace;
  readings: readonly Reading[];
}) {
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const rows = operationRows(readings, q);
  if (rows.length === 0) return null;
  return (
    <table className="instances" aria-label="Operations">
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">{formatQuantile(q)}</th>
          <th scope="col">Rate</th>
          <th scope="col">Errors</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, LISTED).map(({ operation, of }) => (
          <tr key={operation}>
            <th scope="row" title={operation}>
              {operation}
              <StaleSince workspace={workspace} readings={[...of.values()]} />
            </th>
            {(['latency', 'rate', 'errors'] as const).map((metric) => (
              <td key={metric} className="number">
                {figureText(of.get(metric) ?? null, q, units)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {rows.length > LISTED && <caption>and {rows.length - LISTED} more</caption>}
    </table>
  );
}

/** One row for each operation; where both ends were measured, what its caller saw. */
function operationRows(readings: readonly Reading[], q: number): Row[] {
  const told = readings.filter((each) => each.operation !== undefined && each.instance === null);
  const rows = [...Map.groupBy(told, ({ operation }) => operation!)].map(([operation, own]): Row => {
    const byCallerLast = own.toSorted((a, b) => Number(a.side === 'caller') - Number(b.side === 'caller'));
    return { operation, of: new Map(byCallerLast.map((each) => [each.metric, each])) };
  });
  const slowness = ({ of }: Row) => {
    const distribution = distributionOf(of.get('latency'));
    return (distribution && quantile(distribution, q)?.value) ?? -1;
  };
  return rows.sort((a, b) => slowness(b) - slowness(a));
}
