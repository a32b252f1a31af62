/** A table of the instances of an edge or a node, the worst first; each of them can be spoken of alone. */
import { useState } from 'react';
import {
  formatQuantile,
  givenQuantile,
  METRIC_NAMES,
  type Metric,
  type Reading,
  type Units,
} from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText, quantileFigure } from './figures.ts';
import { type InstanceTable, instanceTables, type Order, sortInstances } from './instance-rows.ts';
import { StaleSince } from './stale-since.tsx';
import '../ui/sorted.css';
import './instances.css';

/** Instances listed; of more the rest is counted. */
const LISTED = 24;

type Props = { workspace: Workspace; readings: readonly Reading[] };

/** @param readings what is known of single instances */
export function Instances({ workspace, readings }: Props) {
  return instanceTables(readings).map((table) => (
    <Table key={table.side ?? 'one'} workspace={workspace} table={table} />
  ));
}

const CAPTIONS = { callee: 'Instances that were called', caller: 'Instances that called' } as const;

function Table({ workspace, table }: { workspace: Workspace; table: InstanceTable }) {
  const caption = table.side ? CAPTIONS[table.side] : 'Instances';
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const chosen = workspace.use((state) => state.session.instance);
  const [order, setOrder] = useState<Order | null>(null);
  const { metrics, rows } = table;
  const worstFirst: Order = { by: metrics[0] ?? 'instance', descending: true };
  const sorting = order ?? worstFirst;
  const sortBy = (by: Order['by']) =>
    setOrder({ by, descending: sorting.by === by ? !sorting.descending : by !== 'instance' });
  const heading = (by: Order['by'], words: string) => (
    <th
      scope="col"
      key={by}
      aria-sort={sorting.by !== by ? 'none' : sorting.descending ? 'descending' : 'ascending'}
    >
      <button type="button" onClick={() => sortBy(by)}>
        {words}
      </button>
    </th>
  );
  return (
    <div className="instances-holder">
      <table className="instances" aria-label={caption}>
        <thead>
          <tr>
            {heading('instance', caption)}
            {metrics.map((metric) =>
              heading(metric, metric === 'latency' ? formatQuantile(q) : METRIC_NAMES[metric]),
            )}
            <th scope="col">
              <span className="hidden">Speak of it alone</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sortInstances(rows, sorting, q)
            .slice(0, LISTED)
            .map(({ instance, of }) => (
              <tr key={instance} className={instance === chosen ? 'chosen' : ''}>
                <th scope="row" title={instance}>
                  {instance}
                  <StaleSince workspace={workspace} readings={[...of.values()]} />
                </th>
                {metrics.map((metric) => (
                  <td key={metric} className="number">
                    <Figure reading={of.get(metric)} metric={metric} q={q} units={units} />
                  </td>
                ))}
                <td>
                  <OnlyThis workspace={workspace} instance={instance} pressed={instance === chosen} />
                </td>
              </tr>
            ))}
        </tbody>
        {rows.length > LISTED && <caption>and {rows.length - LISTED} more</caption>}
      </table>
    </div>
  );
}

type FigureProps = { reading: Reading | undefined; metric: Metric; q: number; units: Units };

function Figure({ reading, q, units }: FigureProps) {
  const given = reading && typeof reading.value !== 'number' ? givenQuantile(reading.value, q) : q;
  const bounds = reading ? quantileFigure(reading, given, null, units)?.bounds : null;
  return (
    <>
      {figureText(reading ?? null, given, units)}
      {given !== q && <span className="bounds">{formatQuantile(given)}</span>}
      {bounds && <span className="bounds">{bounds}</span>}
    </>
  );
}

type OnlyProps = { workspace: Workspace; instance: string; pressed: boolean };

function OnlyThis({ workspace, instance, pressed }: OnlyProps) {
  return (
    <button
      type="button"
      className="link"
      aria-label={pressed ? `all instances, not only ${instance}` : `only ${instance}`}
      title={pressed ? 'Speak of all instances again' : 'Speak of this one only, wherever it is told apart'}
      onClick={() => workspace.session({ instance: pressed ? null : instance })}
    >
      {pressed ? 'all' : 'only'}
    </button>
  );
}
