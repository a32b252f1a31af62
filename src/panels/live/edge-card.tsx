/** What hovering over an edge shows. Whoever holds it says where it stands. */
import type { Id } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { edgeName } from '../names.ts';
import { EdgeFigures } from './edge-figures.tsx';

export function EdgeCard({ workspace, edge }: { workspace: Workspace; edge: Id }) {
  const board = workspace.use((state) => state.board);
  const record = board.edges[edge];
  if (!record) return null;
  return (
    <section className="panels edge-card" aria-label={`Edge ${edgeName(board, edge, 'to')}`}>
      <h2>
        {edgeName(board, edge)}
        <span className="faint">{record.protocol ?? record.kind}</span>
      </h2>
      <EdgeFigures workspace={workspace} edge={edge} />
    </section>
  );
}
