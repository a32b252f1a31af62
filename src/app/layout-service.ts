/** Lays the board out in sight: ELK in its worker, then the nodes glide, then one undo step. */
import { applyLayout } from '../graph/index.ts';
import { createElk } from '../layout/browser.ts';
import { createLayoutEngine, type Direction } from '../layout/index.ts';
import type { Workspace } from '../workspace/index.ts';

export type LayoutService = ReturnType<typeof createLayoutService>;

export function createLayoutService() {
  const engine = createLayoutEngine({ createElk });

  async function layout(workspace: Workspace, direction: Direction): Promise<void> {
    const { board, session } = workspace.use.getState();
    const { nodes } = session.selection;
    const count = nodes.size > 1 ? nodes.size : Object.keys(board.nodes).length;
    if (count < 2) return;
    const cancel = () => engine.cancel();
    workspace.session({ working: { text: `Laying out ${count} nodes…`, cancel } });
    const result = await engine.layout(board, { direction, ...(nodes.size > 1 && { only: nodes }) });
    workspace.session({ working: null });
    if (result.outcome === 'failed') workspace.notify(result.reason, 'error');
    if (result.outcome !== 'done') return;
    if (workspace.use.getState().board.id !== board.id) return;
    await workspace.view?.glide(result.positions);
    workspace.run('lay out', (current) => applyLayout(current, result));
    workspace.view?.settle();
    if (nodes.size < 2) workspace.view?.fit();
  }

  return { layout, warm: () => engine.warm() };
}
