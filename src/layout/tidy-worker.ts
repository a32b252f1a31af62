/** Module worker: tidies a board aside, so that a large one never holds up the page. */
import type { Board, Id } from '../graph/index.ts';
import { type Placement, tidy } from './index.ts';

export type TidyRequest = { board: Board; only: ReadonlySet<Id> | null };

self.onmessage = ({ data: { board, only } }: MessageEvent<TidyRequest>) => {
  const placement: Placement = tidy(board, only ? { only } : {});
  self.postMessage(placement);
};
