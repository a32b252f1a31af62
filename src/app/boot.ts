/** Wires everything, once: storage, workspace, sources, layout, keys. */
import { openShelf } from '../sync/index.ts';
import { createWorkspace, type Workspace } from '../workspace/index.ts';
import { fetchedServices } from './fetched-services.ts';
import { firstFrames } from './frames.ts';
import { newId } from './ids.ts';
import { createKeeping, demo, firstBoard } from './keeping.ts';
import { keepPreferences } from './preferences.ts';
import { createRoutes } from './routes.ts';

const MISSING = 'A part of this page could not be fetched. Nothing is lost; load the page again.';

const now = () => Date.now();

export async function boot(): Promise<Workspace> {
  const shelf = await openShelf({ now });
  // where nothing can be kept the demo still opens; what is drawn is then said to be unsaved
  const first = await firstBoard(shelf).catch(async () => ({ board: await demo(), readOnly: null }));
  const { routes, ready } = createRoutes();
  const services = fetchedServices(() => rest);
  const workspace = createWorkspace({ board: first.board, newId, now, routes, services });
  const keeping = createKeeping(workspace, shelf);
  const rest = firstFrames()
    .then(() => import('./rest.ts'))
    .then(({ beginRest }) => beginRest(workspace, keeping));
  Promise.all([ready, rest]).catch(() => workspace.notify(MISSING, 'error'));
  keepPreferences(workspace);
  keeping.begin(first.readOnly);
  watchLeaving(keeping);
  return workspace;
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
