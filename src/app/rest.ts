/** What begins once the board is seen: its sources, the layout, and all that actions ask of the outside. */
import { followPast, judgeLabels, type Services, type Workspace } from '../workspace/index.ts';
import type { Keeping } from './keeping.ts';
import { createLayoutService } from './layout-service.ts';
import { createDrawing } from './seen.ts';
import { createServices } from './services.ts';
import { runSources } from './sources.ts';

export function beginRest(workspace: Workspace, keeping: Keeping): Services {
  const layout = createLayoutService();
  const sources = runSources(workspace);
  judgeLabels(workspace);
  followPast(workspace);
  whenIdle(() => void layout.warm());
  const drawing = createDrawing(workspace, layout);
  return createServices({ workspace, keeping, layout, sources, drawing });
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 4000 });
  else setTimeout(work, 2000);
}
