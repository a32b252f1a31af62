/**
 * Lays the board out in sight, as one undo step. Again: ELK in its worker, then the nodes glide and stay. Tidy:
 * the nodes glide to where they would go, and the board changes only when that is applied.
 */
import { applyLayout, applyPatch, type Board, type Id } from '../graph/index.ts';
import { createElk } from '../layout/browser.ts';
import { createLayoutEngine, type Direction, movement, type Placement } from '../layout/index.ts';
import type { TidyRequest } from '../layout/tidy-worker.ts';
import type { Selection, Workspace } from '../workspace/index.ts';

export type LayoutService = ReturnType<typeof createLayoutService>;

export function createLayoutService() {
  const engine = createLayoutEngine({ createElk });

  async function layout(workspace: Workspace, direction: Direction): Promise<void> {
    workspace.use.getState().session.preview?.cancel();
    const { board, session } = workspace.use.getState();
    const only = chosen(board, session.selection);
    const count = only?.size ?? Object.keys(board.nodes).length;
    if (count < 2) return;
    const cancel = () => engine.cancel();
    workspace.session({ working: { text: `Laying out ${count} nodes…`, cancel } });
    const result = await engine.layout(board, { direction, ...(only && { only }) });
    workspace.session({ working: null });
    if (result.outcome === 'failed') workspace.notify(result.reason, 'error');
    if (result.outcome !== 'done') return;
    if (workspace.use.getState().board.id !== board.id) return;
    await workspace.view?.glide(result.positions);
    workspace.run('lay out', (current) => applyLayout(current, result));
    workspace.view?.settle();
    if (!only) workspace.view?.fit();
  }

  /** Lays a board out that is not shown; it stays as it is where that fails or something else is laid out meanwhile. */
  async function arrange(board: Board): Promise<Board> {
    const result = await engine.layout(board, { direction: 'RIGHT' });
    return result.outcome === 'done' ? applyPatch(board, applyLayout(board, result)).board : board;
  }

  return { layout, arrange, tidy: previewTidy, warm: () => engine.warm() };
}

/** Rejects, in words, when the worker fails. */
function tidyAside(board: Board, only: ReadonlySet<Id> | undefined): Promise<Placement> {
  const worker = new Worker(new URL('../layout/tidy-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Placement>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Placement>) => resolve(data);
    worker.onerror = (event) =>
      reject(new Error(`Tidying failed: ${event.message || 'its worker could not be loaded'}.`));
    const request: TidyRequest = { board, only: only ?? null };
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}

/** Shows what tidying would move until it is applied, put away, or the board changes under it. */
async function previewTidy(workspace: Workspace): Promise<void> {
  workspace.use.getState().session.preview?.cancel();
  const { board, session } = workspace.use.getState();
  const only = chosen(board, session.selection);
  const placement = await tidyAside(board, only);
  if (workspace.use.getState().board !== board) return;
  const { count, mean } = movement(board, placement);
  if (count === 0) return workspace.notify('Tidy already: nothing needs to move.');
  const all = only?.size ?? Object.keys(board.nodes).length;
  const text = `Tidy moves ${count} of ${all} nodes, ${Math.ceil(mean)} px on average`;

  const endWatch = workspace.use.subscribe((state) => {
    if (state.board !== board || state.readOnly !== null) cancel();
  });
  const end = () => {
    endWatch();
    workspace.session({ preview: null });
  };
  const cancel = () => {
    end();
    workspace.view?.settle();
  };
  const apply = () => {
    end();
    // the board first: between the two the nodes would jump back for a frame
    workspace.run('tidy', (current) => applyLayout(current, placement));
    workspace.view?.settle();
  };
  workspace.session({ preview: { text, apply, cancel } });
  void workspace.view?.glide(placement.positions);
}

/** The nodes selected, those in selected groups included; undefined when that is not several. */
function chosen(board: Board, { nodes, groups }: Selection): ReadonlySet<Id> | undefined {
  const ids = Object.values(board.nodes)
    .filter(({ id, group }) => nodes.has(id) || (group !== undefined && groups.has(group)))
    .map(({ id }) => id);
  return ids.length > 1 ? new Set(ids) : undefined;
}
