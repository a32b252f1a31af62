/**
 * Every node and edge against what it is compared with: figures are told anew as they come, the order stays until the
 * person sorts again, so that nothing moves because data arrived.
 */
import { RefreshCw } from 'lucide';
import { useMemo, useState } from 'react';
import { type Comparison, metricWords } from '../../analysis/index.ts';
import { formatQuantile, subjectName, type Units } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText } from '../live/figures.ts';
import { goTo } from '../names.ts';
import { Icon } from '../ui/icon.tsx';
import { Segmented } from '../ui/segmented.tsx';
import {
  COMPARED,
  type ComparedBy,
  type ComparedOrder,
  comparisonKey,
  KINDS,
  type Kind,
  sortComparisons,
} from './comparison-rows.ts';
import { boundsOf, CopySentence, changeText, remarkOf, VerdictWord } from './comparison-words.tsx';
import type { Compared } from './use-comparisons.ts';
import '../ui/sorted.css';

/** Rows drawn; the rest is found by name. */
const LISTED = 200;

type Props = {
  workspace: Workspace;
  compared: Compared;
  kind: Kind;
  onKind: (kind: Kind) => void;
  perInstance: boolean;
  onPerInstance: (perInstance: boolean) => void;
};

export function ComparisonTable({ workspace, compared, kind, onKind, perInstance, onPerInstance }: Props) {
  const board = workspace.use((state) => state.board);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const [order, setOrder] = useState<ComparedOrder & { asked: number }>({
    by: 'verdict',
    descending: true,
    asked: 0,
  });
  const [filter, setFilter] = useState('');
  const { before, comparisons } = compared;
  const isAny = comparisons.length > 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: sorted when asked, not when figures arrive
  const places = useMemo(
    () => new Map(sortComparisons(board, comparisons, order).map((each, i) => [comparisonKey(each), i])),
    [board.edges, board.nodes, order, before, q, kind, perInstance, isAny],
  );
  const place = (each: Comparison) => places.get(comparisonKey(each)) ?? places.size;
  const needle = filter.trim().toLowerCase();
  const found = comparisons
    .filter((each) =>
      `${subjectName(board, each.subject)} ${each.instance ?? ''}`.toLowerCase().includes(needle),
    )
    .sort((a, b) => place(a) - place(b));
  const sortBy = (by: ComparedBy) =>
    setOrder(({ by: was, descending, asked }) => ({
      by,
      descending: by === was ? !descending : by !== 'name',
      asked: asked + 1,
    }));
  return (
    <section className="edge-table compared" aria-label="Comparisons">
      <Segmented
        label="What is compared"
        value={kind}
        options={KINDS.map((value) => ({ value, label: value }))}
        onChange={onKind}
      />
      <header>
        <input
          type="search"
          aria-label="Find comparisons by name"
          placeholder={`Find in ${comparisons.length}`}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <label
          className="check"
          title="Performance is per instance: where instances are told apart, each alone"
        >
          <input
            type="checkbox"
            checked={perInstance}
            onChange={(event) => onPerInstance(event.target.checked)}
          />
          per instance
        </label>
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
            {COMPARED.map((column) => (
              <th
                key={column}
                scope="col"
                className={column}
                aria-sort={order.by !== column ? 'none' : order.descending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => sortBy(column)}>
                  {HEADINGS[column]}
                </button>
              </th>
            ))}
            <th scope="col" className="figures-head">
              {kind === 'durations' ? formatQuantile(q) : 'figures'}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, LISTED).map((each) => (
            <Row key={comparisonKey(each)} workspace={workspace} comparison={each} units={units} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && (
        <p className="nothing">
          {isAny ? 'Nothing compared is called so.' : `No ${kind} are known of both times.`}
        </p>
      )}
      {found.length > LISTED && (
        <p className="aside">
          The first {LISTED} of {found.length}. Find the others by name.
        </p>
      )}
    </section>
  );
}

const HEADINGS: Record<ComparedBy, string> = {
  name: 'Edge or node',
  verdict: 'verdict',
  ratio: 'change',
  interval: '95 % interval',
};

type RowProps = { workspace: Workspace; comparison: Comparison; units: Units };

function Row({ workspace, comparison, units }: RowProps) {
  const { subject, before, after, q, metric, instance } = comparison;
  const name = workspace.use((state) => subjectName(state.board, subject));
  const selected = workspace.use(({ session }) =>
    session.selection[subject.type === 'node' ? 'nodes' : 'edges'].has(subject.id),
  );
  const who = [
    metric !== 'latency' && metric !== 'rate' && metric !== 'errors' && metricWords(comparison),
    instance,
    after.side && `${after.side} side`,
  ].filter(Boolean);
  const remark = remarkOf(comparison);
  return (
    <tr className={selected ? 'selected' : ''}>
      <th scope="row">
        <button type="button" title={name} onClick={() => goTo(workspace, subject)}>
          {name} {who.length > 0 && <span className="faint">{who.join(' · ')}</span>}
        </button>
        <CopySentence workspace={workspace} comparison={comparison} />
      </th>
      <td>
        <VerdictWord comparison={comparison} />
      </td>
      <td className="number">{changeText(comparison)}</td>
      <td className="number">{boundsOf(comparison)}</td>
      <td className="number">
        {figureText(before, q, units)} → {figureText(after, q, units)}
      </td>
      {remark && <td className="remark">{remark}</td>}
    </tr>
  );
}
