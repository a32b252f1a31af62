/** The whole board as two tables: all that can be seen and done on the canvas, for keys and screen readers too. */
import {
  addNode,
  type Board,
  connect,
  EDGE_KINDS,
  type EdgeKind,
  formatChange,
  formatDuration,
  formatQuantile,
  formatRate,
  formatShare,
  type Id,
  NODE_KINDS,
  type NodeKind,
  type Subject,
} from '../../graph/index.ts';
import { shortInstance } from '../../picture/index.ts';
import { select, type Workspace } from '../../workspace/index.ts';
import { editFields, textOrNone } from '../inspector/edit.ts';
import { useNow } from '../live/use-readings.ts';
import { type Measured, type MeasureRow, rowOf } from '../measure/rows.ts';
import { goTo } from '../names.ts';
import { AddEdge, AddNode } from './adding.tsx';
import { Grid } from './grid.tsx';
import type { Column } from './grid-row.tsx';
import { type NodeRow, nodeRow } from './rows.ts';
import './outline.css';

export function Outline({ workspace }: { workspace: Workspace }) {
  const board = workspace.use((state) => state.board);
  const selection = workspace.use((state) => state.session.selection);
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const perInstance = workspace.use((state) => state.session.perInstance);
  workspace.use((state) => state.session.instance);
  const duration = (value: number) => formatDuration(value, units);
  workspace.use((state) => state.health);
  const canEdit = workspace.use((state) => state.readOnly === null);
  workspace.use((state) => state.session.spotlight);
  useNow(workspace);
  const { best } = workspace.readings;
  const { nodeReadings } = workspace;
  const baseline = workspace.use(workspace.past.baseline);
  const measured: Measured = { best, q, baseline, perInstance, isStale: workspace.isStale };
  const lit = workspace.lit();
  const nodes = Object.keys(board.nodes).filter((id) => lit?.nodes.has(id) ?? true);
  const edges = Object.keys(board.edges).filter((id) => lit?.edges.has(id) ?? true);
  const choose = (subject: Subject) => {
    const chosen = subject.type === 'node' ? selection.nodes : selection.edges;
    if (chosen.has(subject.id)) return;
    workspace.select(select(subject.type === 'node' ? { nodes: [subject.id] } : { edges: [subject.id] }));
  };
  return (
    <div className="outline" key={board.id}>
      <section aria-label="Nodes">
        <h3>Nodes</h3>
        <Grid
          label="Nodes"
          ids={nodes}
          rowOf={(id) => nodeRow(board, id, { best, q, perInstance, nodeReadings })}
          columns={nodeColumns(workspace, q, duration, rateHeading(perInstance))}
          selected={selection.nodes}
          onChoose={(id) => choose({ type: 'node', id })}
          onShow={(id) => goTo(workspace, { type: 'node', id })}
          canEdit={canEdit}
          takesFocus
        />
        {lit && <Rest shown={nodes.length} of={board.nodes} />}
        {canEdit && <AddNode onAdd={(name, kind) => add(workspace, name, kind)} />}
      </section>
      <section aria-label="Edges">
        <h3>Edges</h3>
        <Grid
          label="Edges"
          ids={edges}
          rowOf={(id) => edgeRow(board, id, measured)}
          columns={edgeColumns(workspace, q, duration, rateHeading(perInstance))}
          selected={selection.edges}
          onChoose={(id) => choose({ type: 'edge', id })}
          onShow={(id) => goTo(workspace, { type: 'edge', id })}
          canEdit={canEdit}
        />
        {lit && <Rest shown={edges.length} of={board.edges} />}
        {canEdit && <AddEdge workspace={workspace} onAdd={(from, to) => join(workspace, from, to)} />}
      </section>
    </div>
  );
}

const Rest = ({ shown, of }: { shown: number; of: object }) => (
  <p className="aside">
    {shown} of {Object.keys(of).length}: what is lit on the board. <kbd>Esc</kbd> shows all.
  </p>
);

function add(workspace: Workspace, name: string, kind: NodeKind): void {
  const id = workspace.newId();
  const position = workspace.view?.centre() ?? [0, 0];
  workspace.run(`place ${kind}`, (board) => addNode(board, { id, kind, name, position, free: true }));
}

function join(workspace: Workspace, source: Id, target: Id): void {
  const id = workspace.newId();
  workspace.run('connect', (board) => connect(board, { id, source, target }));
  if (!workspace.use.getState().board.edges[id]) workspace.notify('That edge is drawn already.');
}

const orDash = <T,>(value: T | null, words: (value: T) => string) => (value === null ? '–' : words(value));

type Duration = (value: number) => string;

const rateHeading = (perInstance: boolean) => (perInstance ? 'rate each' : 'rate');

const nodeColumns = (
  workspace: Workspace,
  q: number,
  duration: Duration,
  rate: string,
): Column<NodeRow>[] => [
  {
    heading: 'name',
    text: (row) => row.name,
    edit: { commit: (row, name) => name !== '' && editFields(workspace, 'nodes', [row.id], { name }) },
  },
  {
    heading: 'kind',
    text: (row) => row.kind,
    edit: {
      options: NODE_KINDS,
      commit: (row, kind) => editFields(workspace, 'nodes', [row.id], { kind: kind as NodeKind }),
    },
  },
  {
    heading: 'technology',
    text: (row) => row.technology,
    edit: {
      commit: (row, text) => editFields(workspace, 'nodes', [row.id], { technology: textOrNone(text) }),
    },
  },
  { heading: 'group', text: (row) => row.group },
  { heading: 'in', figures: true, text: (row) => String(row.into), key: (row) => row.into },
  { heading: 'out', figures: true, text: (row) => String(row.out), key: (row) => row.out },
  { heading: rate, figures: true, text: (row) => orDash(row.rate, formatRate), key: (row) => row.rate },
  {
    heading: `worst ${formatQuantile(q)}`,
    figures: true,
    text: (row) => orDash(row.worst, duration),
    key: (row) => row.worst,
  },
];

type EdgeRow = MeasureRow & { source: string; target: string; kind: string };

function edgeRow({ nodes, edges }: Board, id: Id, measured: Measured): EdgeRow {
  const { source, target, kind } = edges[id]!;
  const nameOf = (node: Id) => nodes[node]?.name || 'unnamed';
  return { ...rowOf(id, '', measured), source: nameOf(source), target: nameOf(target), kind };
}

const edgeColumns = (
  workspace: Workspace,
  q: number,
  duration: Duration,
  rate: string,
): Column<EdgeRow>[] => [
  { heading: 'source', text: (row) => row.source },
  { heading: 'target', text: (row) => row.target },
  {
    heading: 'kind',
    text: (row) => row.kind,
    edit: {
      options: EDGE_KINDS,
      commit: (row, kind) => editFields(workspace, 'edges', [row.id], { kind: kind as EdgeKind }),
    },
  },
  {
    heading: formatQuantile(q),
    figures: true,
    text: (row) =>
      orDash(row.value, duration) +
      (row.instance === null ? '' : ` · ${shortInstance(row.instance)}`) +
      (row.stale ? ' stale' : ''),
    key: (row) => row.value,
  },
  {
    heading: 'change',
    figures: true,
    text: (row) => orDash(row.ratio, formatChange),
    key: (row) => row.ratio,
  },
  { heading: rate, figures: true, text: (row) => orDash(row.rate, formatRate), key: (row) => row.rate },
  {
    heading: 'errors',
    figures: true,
    text: (row) => orDash(row.errors, formatShare),
    key: (row) => row.errors,
  },
];
