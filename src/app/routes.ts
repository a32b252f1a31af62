/** The router as the workspace knows it. Its code comes beside the board, which is shown without its lines till then. */
import type { Board } from '../graph/index.ts';
import type { Routes } from '../workspace/index.ts';

type Router = Pick<Routes, 'update' | 'work' | 'routes' | 'labels' | 'version' | 'quick'>;

export function createRoutes(): Routes {
  let board: Pick<Board, 'nodes' | 'edges'> | null = null;
  let router: Router | null = null;
  const fetched = import('../layout/index.ts').then(({ createRouter, quickRoute }) => {
    const made = createRouter();
    if (board) made.update(board);
    router = Object.assign(made, { quick: quickRoute });
  });
}
