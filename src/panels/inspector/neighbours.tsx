/** The traffic in and out of a node; a row leads to its edge. */
import { ArrowLeft, ArrowRight } from 'lucide';
import { memo } from 'react';
import { adjacencyOf, type BoardEdge, type Id } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { figureText } from '../live/figures.ts';
import { useReadings } from '../live/use-readings.ts';
import { goTo } from '../names.ts';
import { Icon } from '../ui/icon.tsx';

/** Rows of each direction; a hub has hundreds, and the Measure tab lists them all. */
const LISTED = 30;

export function Neighbours({ workspace, node }: { workspace: Workspace; node: Id }) {
  const edges = adjacencyOf(workspace.use((state) => state.board.edges));
  const into = edges.in.get(node) ?? [];
  const out = edges.out.get(node) ?? [];
  if (into.length + out.length === 0) return null;
  return (
    <section>
      <h3>Traffic</h3>
      <ul className="neighbours">
        {into.slice(0, LISTED).map((edge) => (
          <Row key={edge.id} workspace={workspace} edge={edge} far={edge.source} way="in" />
        ))}
        {out.slice(0, LISTED).map((edge) => (
          <Row key={edge.id} workspace={workspace} edge={edge} far={edge.target} way="out" />
        ))}
      </ul>
      {Math.max(into.length, out.length) > LISTED && (
        <p className="aside">
          {into.length} in, {out.length} out in all
        </p>
      )}
    </section>
  );
}

type RowProps = { workspace: Workspace; edge: BoardEdge; far: Id; way: 'in' | 'out' };

const Row = memo(function Row({ workspace, edge, far, way }: RowProps) {
  const name = workspace.use((state) => state.board.nodes[far]?.name || 'unnamed');
  return (
    <li>
      <button type="button" className="row" onClick={() => goTo(workspace, { type: 'edge', id: edge.id })}>
        <Icon of={way === 'in' ? ArrowLeft : ArrowRight} size={14} />
        <span className="hidden">{way === 'in' ? 'from' : 'to'}</span>
        <span className="cut">{name}</span>
        <span className="faint">{edge.protocol ?? edge.kind}</span>
        <Figure workspace={workspace} edge={edge.id} />
      </button>
    </li>
  );
});

function Figure({ workspace, edge }: { workspace: Workspace; edge: Id }) {
  useReadings(workspace, { type: 'edge', id: edge });
  const q = workspace.use((state) => state.session.quantile);
  const units = workspace.use((state) => state.session.units);
  const best = workspace.readings.best({ type: 'edge', id: edge }, 'latency');
  return <span className="number">{figureText(best, q, units)}</span>;
}
