/** Wires everything, once: storage, workspace, sources, layout, keys. */
import { openShelf } from '../sync/index.ts';
import { createWorkspace, type Workspace } from '../workspace/index.ts';
import { demoBoard } from './demo.ts';
import { newId } from './ids.ts';
import { createKeeping, firstBoard } from './keeping.ts';
import { createLayoutService } from './layout-service.ts';
import { createServices, type Parts } from './services.ts';
import { createRoutes } from './routes.ts';
import type { SourceRunner } from './sources.ts';
import { applyTheme, storedTheme } from './theme.ts';

const now = () => Date.now();

export async function boot(): Promise<Workspace> {
  const shelf = await openShelf({ now });
  // where nothing can be kept the demo still opens; what is drawn is then said to be unsaved
  const first = await firstBoard(shelf).catch(() => ({ board: demoBoard(newId()), readOnly: null }));
  let parts: Parts | null = null;
  const services = createServices(() => parts!);
  const workspace = createWorkspace({ board: first.board, newId, now, routes: createRoutes(), services });
  const layout = createLayoutService();
  const keeping = createKeeping(workspace, shelf);
  workspace.session({ theme: storedTheme() });
  keeping.begin(first.readOnly);
  parts = { workspace, keeping, layout, sources: startSources(workspace) };
  watchTheme(workspace);
  watchLeaving(keeping);
  // what can't be fetched now is asked for again, and told, when it is needed
  whenIdle(() => void layout.warm().catch(() => {}));
  return workspace;
}

async function startSources(workspace: Workspace): Promise<SourceRunner> {
  const { runSources } = await import('./sources.ts');
  return runSources(workspace);
}

function watchTheme(workspace: Workspace): void {
  applyTheme(workspace.use.getState().session.theme);
  workspace.use.subscribe(({ session }, before) => {
    if (session.theme !== before.session.theme) applyTheme(session.theme);
  });
}

/** Leaving a page with unsaved changes is asked about; a page that is put away saves first. */
function watchLeaving(keeping: ReturnType<typeof createKeeping>): void {
  window.addEventListener('beforeunload', (event) => {
    if (!keeping.isUnsaved()) return;
    void keeping.flush();
    event.preventDefault();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void keeping.flush();
  });
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 4000 });
  else setTimeout(work, 2000);
}
