/**
 * Every edge with its figures, where there is nothing to compare them with. Figures are told anew once a second; the order stays until the person sorts
 * again, so that nothing moves because data arrived.
 */
import { RefreshCw } from 'lucide';
import { memo, useMemo, useState } from 'react';
import { formatDuration, formatQuantile, formatRate, formatShare, type Id } from '../../graph/index.ts';
import { shortInstance } from '../../picture/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';
import { goTo } from '../names.ts';
import { Icon } from '../ui/icon.tsx';
import {
  type Column,
  edgeNames,
  type Measured,
  type MeasureRow,
  type Order,
  rowOf,
  sortRows,
} from './rows.ts';
import '../ui/sorted.css';

const SHOWN = ['name', 'value', 'rate', 'errors'] as const satisfies readonly Column[];
type Shown = (typeof SHOWN)[number];

/** Rows drawn; the rest is found by name. */
const LISTED = 200;

export function EdgeTable({ workspace }: { workspace: Workspace }) {
  const nodes = workspace.use((state) => state.board.nodes);
  const edges = workspace.use((state) => state.board.edges);
  const q = workspace.use((state) => state.session.quantile);
  workspace.use((state) => state.health);
  const selected = workspace.use((state) => state.session.selection.edges);
  useNow(workspace);
  const [order, setOrder] = useState<Order & { by: Shown; asked: number }>({
    by: 'value',
    descending: true,
    asked: 0,
  });
  const [filter, setFilter] = useState('');
  const measured: Measured = { best: workspace.readings.best, q, baseline: null, isStale: workspace.isStale };

  const names = useMemo(() => edgeNames({ nodes, edges }), [nodes, edges]);
  const isMeasured = names.some(([id]) => workspace.readings.best({ type: 'edge', id }, 'latency') !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: sorted when asked, not when figures arrive
  const sorted = useMemo(() => {
    const rows = names.map(([id, name]) => rowOf(id, name, measured));
    return sortRows(rows, order).map(({ id, name }) => [id, name] as const);
  }, [names, order, q, isMeasured]);
  const needle = filter.trim().toLowerCase();
  const found = needle === '' ? sorted : sorted.filter(([, name]) => name.toLowerCase().includes(needle));

  const sortBy = (by: Shown) =>
    setOrder(({ by: was, descending, asked }) => ({
      by,
      descending: by === was ? !descending : by !== 'name',
      asked: asked + 1,
    }));
  if (names.length === 0) return <p className="nothing">No edges yet.</p>;
  return (
    <section className="edge-table" aria-label="Edges">
      <header>
        <input
          type="search"
          aria-label="Find edges by name"
          placeholder={`Find in ${names.length} edges`}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="Sort again"
          title="Sort again: the order stays until you do"
          onClick={() => setOrder((last) => ({ ...last, asked: last.asked + 1 }))}
        >
          <Icon of={RefreshCw} />
        </button>
      </header>
      <table>
        <thead>
          <tr>
            {SHOWN.map((column) => (
              <th key={column} scope="col" className={column} aria-sort={sortState(order, column)}>
                <button type="button" onClick={() => sortBy(column)}>
                  {column === 'value' ? formatQuantile(q) : HEADINGS[column]}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.slice(0, LISTED).map(([id, name]) => {
            const row = rowOf(id, name, measured);
            return <Row key={id} {...row} workspace={workspace} selected={selected.has(id)} />;
          })}
        </tbody>
      </table>
      {found.length === 0 && <p className="nothing">No edge is called so.</p>}
      {found.length > LISTED && (
        <p className="aside">
          The first {LISTED} of {found.length}. Find the others by name.
        </p>
      )}
    </section>
  );
}

const HEADINGS: Record<Exclude<Shown, 'value'>, string> = {
  name: 'Edge',
  rate: 'rate',
  errors: 'errors',
};

const sortState = (order: Order, column: Shown) =>
  order.by !== column ? 'none' : order.descending ? 'descending' : 'ascending';

const orDash = <T,>(value: T | null, words: (value: T) => string) => (value === null ? '–' : words(value));

const Row = memo(function Row({
  workspace,
  selected,
  ...row
}: MeasureRow & { workspace: Workspace; selected: boolean }) {
  const units = workspace.use((state) => state.session.units);
  const duration = (value: number) => formatDuration(value, units);
  return (
    <tr className={`${selected ? 'selected' : ''}${row.stale ? ' stale' : ''}`}>
      <th scope="row">
        <EdgeButton workspace={workspace} id={row.id} name={row.name} />
      </th>
      <td className="number">
        {orDash(row.value, duration)}
        {row.instance !== null && <span className="bounds">{shortInstance(row.instance)}</span>}
      </td>
      <td className="number">{orDash(row.rate, formatRate)}</td>
      <td className="number">{orDash(row.errors, formatShare)}</td>
    </tr>
  );
});

function EdgeButton({ workspace, id, name }: { workspace: Workspace; id: Id; name: string }) {
  return (
    <button type="button" title={name} onClick={() => goTo(workspace, { type: 'edge', id })}>
      {name}
    </button>
  );
}
