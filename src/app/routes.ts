/** The router as the workspace knows it. Its code comes beside the board's, which stands without lines till then. */
import type { Board, Id } from '../graph/index.ts';
import type { Routes } from '../workspace/index.ts';

type Layout = Pick<typeof import('../layout/index.ts'), 'createRouter' | 'quickRoute'>;

/** `ready` rejects where the router can't be fetched: then nodes are all there is to see. */
export function createRoutes(): { routes: Routes; ready: Promise<void> } {
  let board: Pick<Board, 'nodes' | 'edges'> = { nodes: {}, edges: {} };
  let layout: Layout | null = null;
  let router: ReturnType<Layout['createRouter']> | null = null;
  let wide: ReadonlyMap<Id, number> = new Map();
  let waiting = true;
  const fetchRouter = async () => {
    try {
      layout = await import('../layout/index.ts');
      router = layout.createRouter();
      router.update(board, wide);
    } finally {
      waiting = false;
    }
  };
  const none = new Map<never, never>();
  const routes: Routes = {
    update(next, nextWide) {
      board = next;
      wide = nextWide;
      router?.update(next, nextWide);
    },
    // while it is on its way the canvas keeps asking, so that the lines are drawn once it is there
    work: (ms) => router?.work(ms) ?? waiting,
    get routes() {
      return router?.routes ?? none;
    },
    get labels() {
      return router?.labels ?? none;
    },
    get version() {
      return router?.version ?? 0;
    },
    quick: (source, target) => layout?.quickRoute(source, target) ?? [],
  };
  return { routes, ready: fetchRouter() };
}
