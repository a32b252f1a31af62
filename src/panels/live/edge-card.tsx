/** What hovering over an edge shows. Whoever holds it says where it stands. */
import { Fragment } from 'react';
import { edgeName, type Id } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { EdgeFigures } from './edge-figures.tsx';
import { Origins } from './origins.tsx';
import { useNow } from './use-readings.ts';

export function EdgeCard({ workspace, edge }: { workspace: Workspace; edge: Id }) {
  const board = workspace.use(() => workspace.shown().board);
  const parts = workspace.projection().edges.get(edge);
  const record = board.edges[edge];
  if (!record) return null;
  return (
    <section className="panels edge-card" aria-label={`Edge ${edgeName(board, edge, 'to')}`}>
      <h2>
        {edgeName(board, edge)}
        <span className="faint">{record.protocol ?? record.kind}</span>
      </h2>
      {parts ? (
        <Parts workspace={workspace} edges={parts} />
      ) : (
        <>
          <EdgeFigures workspace={workspace} edge={edge} />
          <Origins of={record.origins} most={3} />
        </>
      )}
    </section>
  );
}

/** Told one by one, as many as are worth reading in passing. */
const LISTED = 8;

/** Each of the edges that one stands for: what is merged can always be looked at apart. */
function Parts({ workspace, edges }: { workspace: Workspace; edges: readonly Id[] }) {
  const board = workspace.use((state) => state.board);
  useNow(workspace);
  return (
    <>
      <dl className="pairs">
        {edges.slice(0, LISTED).map((id) => (
          <Fragment key={id}>
            <dt>{edgeName(board, id)}</dt>
            <dd className="number">{workspace.labels.of(id).text}</dd>
          </Fragment>
        ))}
      </dl>
      {edges.length > LISTED && <p className="aside">and {edges.length - LISTED} more</p>}
    </>
  );
}
