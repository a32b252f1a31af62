/** The ranking as it is asked for: it moves when a person asks or does something, never because data arrived. */
import { useCallback, useEffect, useState } from 'react';
import { ranked as rankedBy, type Suspect, undisturbed } from '../../analysis/index.ts';
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
    const { board, session } = workspace.use.getState();
    const now = undisturbed(board, shownSnapshot(workspace));
    if (!now) return setRanked(null);
    const usual = workspace.past.baseline();
    const suspects = rankedBy({ board, usual, now, q: session.quantile });
    setRanked({ suspects, before: usual, at: now.at });
  }, [workspace]);
  const { marks, experiments } = workspace.use((state) => state.board);
  const past = workspace.use((state) => state.past);
  const baseline = workspace.use(workspace.past.baseline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a mark, an experiment, another time or another baseline is a person's doing
  useEffect(rank, [rank, marks, experiments, past, baseline]);
  useEffect(() => (ranked ? undefined : workspace.readings.subscribe(rank)), [workspace, ranked, rank]);
  return [ranked, rank];
}
