/** Lays the board out in sight: ELK in its worker, then the nodes glide, then one undo step. */
import { applyLayout } from '../graph/index.ts';
import type { Direction, LayoutEngine } from '../layout/index.ts';
import type { Workspace } from '../workspace/index.ts';

export type LayoutService = ReturnType<typeof createLayoutService>;

/** Nothing of it is loaded before it is asked for, or told to get warm. */
export function createLayoutService() {
  let made: Promise<LayoutEngine> | null = null;

  function engineOf(): Promise<LayoutEngine> {
    made ??= import('./layout-engine.ts').then(({ createEngine }) => createEngine());
    made.catch(() => {
      made = null;
    });
    return made;
  }

  async function layout(workspace: Workspace, direction: Direction): Promise<void> {
    const { board, session } = workspace.use.getState();
    const { nodes } = session.selection;
    const count = nodes.size > 1 ? nodes.size : Object.keys(board.nodes).length;
    if (count < 2) return;
    const engine = await engineOf();
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

  return { layout, warm: async () => (await engineOf()).warm() };
}
