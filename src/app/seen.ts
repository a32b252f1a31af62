/** What sources see, drawn: all of it, what is missing, or bit by bit as it comes. */
import {
  addDark,
  darkOf,
  type Id,
  ignoredBy,
  isEmptyPatch,
  type Patch,
  type SeenGraph,
  type SourceConfig,
} from '../graph/index.ts';
import { discover } from '../telemetry/index.ts';
import type { Services, Workspace } from '../workspace/index.ts';
import { newId } from './ids.ts';
import type { LayoutService } from './layout-service.ts';
import { surroundings } from './surroundings.ts';

const byId = <T extends { id: Id }>(all: readonly T[]) =>
  Object.fromEntries(all.map((each) => [each.id, each]));

/** Asks a source once. Never rejects. */
export async function seenBy(
  source: SourceConfig | undefined,
  signal: AbortSignal,
): ReturnType<Services['seen']> {
  if (!source) return { ok: false, reason: 'The source is gone.' };
  try {
    const seen = await discover(source, newId, surroundings, signal);
    if (!seen.ok) return seen;
    const { nodes, edges } = seen.value.graph;
    return { ok: true, graph: { nodes: byId(nodes), edges: byId(edges) } };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `${source.name} could not be asked what it sees: ${why}.` };
  }
}

export type Drawing = {
  /** Draws what a source sees and nobody drew; quietly, where having nothing to draw yet is no news. */
  draw(source: SourceConfig, how: 'aloud' | 'quietly'): Promise<void>;
  stop(): void;
};

/**
 * Besides what it is told to draw: while the session says that a source draws what it sees, every part is drawn when it
 * is first seen. That ends when a hand draws, renames or takes away.
 */
export function createDrawing(workspace: Workspace, layout: LayoutService): Drawing {
  let isOurs = false;
  let isBusy = false;
  let lookedAt: unknown = null;
  let turn: Promise<void> = Promise.resolve();

  async function drawGraph(graph: SeenGraph, source: SourceConfig): Promise<Patch> {
    const { board } = workspace.use.getState();
    const dark = darkOf(board, graph, ignoredBy(source));
    if (dark.nodes.length + dark.edges.length === 0) return {};
    workspace.begin('draw what is seen');
    isOurs = true;
    const happened = workspace.run('draw', addDark(board, graph, dark));
    isOurs = false;
    if (Object.keys(board.nodes).length === 0) await layout.layout(workspace, 'RIGHT');
    workspace.end();
    return happened;
  }

  async function drawNow(source: SourceConfig, how: 'aloud' | 'quietly'): Promise<void> {
    const controller = new AbortController();
    const { id: boardId } = workspace.use.getState().board;
    const working = { text: `Asking ${source.name} what it sees…`, cancel: () => controller.abort() };
    if (how === 'aloud') workspace.session({ working });
    const seen = await seenBy(source, controller.signal);
    if (how === 'aloud') workspace.session({ working: null });
    const { board } = workspace.use.getState();
    // meanwhile another board may have been opened, or the source removed
    const config = board.id === boardId ? board.sources[source.id] : undefined;
    if (controller.signal.aborted || !config) return;
    if (!seen.ok) return how === 'aloud' ? workspace.notify(seen.reason, 'error') : undefined;
    const happened = await drawGraph(seen.graph, config);
    if (how === 'aloud' && isEmptyPatch(happened)) workspace.notify(`All that ${source.name} sees is drawn.`);
  }

  const draw: Drawing['draw'] = (source, how) => {
    turn = turn.then(
      () => drawNow(source, how),
      () => drawNow(source, how),
    );
    return turn;
  };

  function look(): void {
    const { board, session, health, readOnly } = workspace.use.getState();
    if (session.drawing === null || isBusy || isOurs) return;
    const source = board.sources[session.drawing];
    if (!source || readOnly !== null) return workspace.session({ drawing: null });
    const unbound = health[source.id]?.unbound ?? [];
    if (unbound.length === 0 || unbound === lookedAt) return;
    lookedAt = unbound;
    isBusy = true;
    void draw(source, 'quietly').finally(() => {
      isBusy = false;
      look();
    });
  }

  const endWatch = workspace.use.subscribe(look);
  const endPatches = workspace.onPatch((patch) => {
    const { drawing } = workspace.use.getState().session;
    if (drawing !== null && !isOurs && redraws(patch)) workspace.session({ drawing: null });
  });
  return {
    draw,
    stop() {
      endWatch();
      endPatches();
    },
  };
}

/** True for a change of what is drawn or how it is called, and not only of where it stands. */
export function redraws({ nodes, edges }: Patch): boolean {
  const any = (records: object | undefined) => Object.keys(records ?? {}).length > 0;
  const renamed = Object.values(nodes?.updated ?? {}).some(
    ([from, to]) => from.name !== to.name || from.match !== to.match || from.kind !== to.kind,
  );
  return renamed || any(nodes?.added) || any(nodes?.removed) || any(edges?.added) || any(edges?.removed);
}
