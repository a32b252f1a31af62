/** The investigation as it is asked for: it moves when a person does something or asks, never because data arrived. */
import { useCallback, useEffect, useState } from 'react';
import {
  type Beliefs,
  believed,
  type Known,
  nextBest,
  type Suggestion,
  symptomOf,
  togetherOf,
  undisturbed,
} from '../../analysis/index.ts';
import type { Symptom } from '../../graph/index.ts';
import { shownSnapshot, type Workspace } from '../../workspace/index.ts';

export type Investigation = {
  known: Known;
  symptom: Symptom;
  beliefs: Beliefs;
  /** What to try next, the most telling first; once it is settled, at most what shows who shares it. */
  next: readonly Suggestion[];
};

/**
 * @param chosen the symptom, where a person chose one
 * @param threshold what a part has to pass to be called found
 * @returns null where nothing is measured; and what looks again
 */
export function useInvestigation(
  workspace: Workspace,
  chosen: Symptom | null,
  threshold: number,
): [found: Investigation | null, look: () => void] {
  const [found, setFound] = useState<Investigation | null>(null);
  const look = useCallback(() => {
    const { board, session } = workspace.use.getState();
    const known: Known = {
      board,
      usual: workspace.past.baseline(),
      now: undisturbed(board, shownSnapshot(workspace)),
      q: session.quantile,
    };
    const symptom = chosen ?? symptomOf(known);
    if (!symptom) return setFound(null);
    const beliefs = believed(known, symptom, threshold);
    setFound({
      known,
      symptom,
      beliefs,
      next: beliefs.settled ? togetherOf(board, beliefs) : nextBest(board, beliefs),
    });
  }, [workspace, chosen, threshold]);
  const { experiments, marks, nodes, edges } = workspace.use((state) => state.board);
  const past = workspace.use((state) => state.past);
  const baseline = workspace.use(workspace.past.baseline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what a person drew, marked, tried or looks at
  useEffect(look, [look, experiments, marks, nodes, edges, past, baseline]);
  useEffect(() => (found ? undefined : workspace.readings.subscribe(look)), [workspace, found, look]);
  return [found, look];
}
