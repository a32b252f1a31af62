/** The ranking as it is asked for: it moves when a person asks or does something, never because data arrived. */
import { useCallback, useEffect, useState } from 'react';
import { rankSuspects, type Suspect } from '../../analysis/index.ts';
import type { EpochMs, Snapshot } from '../../graph/index.ts';
import { shownSnapshot, type Workspace } from '../../workspace/index.ts';

export type Ranked = {
  suspects: readonly Suspect[];
  /** What it was compared with; null where there was nothing. */
  before: Snapshot | null;
  /** The time of its figures. */
  at: EpochMs;
};

/** @returns null where nothing is measured; and what ranks again */
export function useRanking(workspace: Workspace): [ranked: Ranked | null, rank: () => void] {
  const [ranked, setRanked] = useState<Ranked | null>(null);
  const rank = useCallback(() => {
    const now = shownSnapshot(workspace);
    if (!now) return setRanked(null);
    const before = workspace.past.baseline();
    const suspects = rankSuspects(workspace.use.getState().board, { before, now });
    setRanked({ suspects, before, at: now.at });
  }, [workspace]);
  const marks = workspace.use((state) => state.board.marks);
  const past = workspace.use((state) => state.past);
  const baseline = workspace.use(workspace.past.baseline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mark, another time or another baseline is a person's doing
  useEffect(rank, [rank, marks, past, baseline]);
  useEffect(() => (ranked ? undefined : workspace.readings.subscribe(rank)), [workspace, ranked, rank]);
  return [ranked, rank];
}
