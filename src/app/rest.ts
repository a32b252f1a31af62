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
  const services = createServices({ workspace, keeping, layout, sources, drawing });
  const takeLink = () => {
    if (window.location.hash.startsWith('#board=')) services.openLinked();
  };
  takeLink();
  // of a page that is open already only the fragment changes
  window.addEventListener('hashchange', takeLink);
  return services;
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(work, { timeout: 4000 });
  else setTimeout(work, 2000);
}
