/** Comparisons of what is shown with what is compared with, worked out anew while figures come in. */
import { useMemo } from 'react';
import { type CompareOptions, type Comparison, compareSnapshots } from '../../analysis/index.ts';
import type { Snapshot } from '../../graph/index.ts';
import { shownSnapshot, type Workspace } from '../../workspace/index.ts';
import { useNow } from '../live/use-readings.ts';

export type Compared = { before: Snapshot; after: Snapshot; comparisons: readonly Comparison[] };

/** Boards with more edges than this are compared every so many seconds. */
const MANY = 200;
const SECONDS_OF_MANY = 10;

/** Null where there is nothing to compare, or nothing to compare it with. */
export function useComparisons(
  workspace: Workspace,
  { perInstance = true, metrics, subjects }: Omit<CompareOptions, 'q'>,
): Compared | null {
  const q = workspace.use((state) => state.session.quantile);
  const board = workspace.use((state) => state.board);
  const before = workspace.use(workspace.past.baseline);
  const past = workspace.use((state) => state.past);
  const moment = workspace.use((state) => state.session.moment);
  const seconds = useNow(workspace) / 1000;
  const isMany = !subjects && Object.keys(board.edges).length > MANY;
  const tick = moment ? 0 : Math.floor(isMany ? seconds / SECONDS_OF_MANY : seconds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: figures come with each tick, and with another time
  return useMemo(() => {
    const after = before && shownSnapshot(workspace);
    if (!after) return null;
    const options = { q, perInstance, ...(metrics && { metrics }), ...(subjects && { subjects }) };
    return { before, after, comparisons: compareSnapshots(board, before, after, options) };
  }, [workspace, board, before, q, perInstance, metrics, subjects, past, moment, tick]);
}
