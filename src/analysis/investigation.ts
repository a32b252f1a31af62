/**
 * The investigation as it stands, for whoever shows it or writes it down: what it is about, whom figures spoke against
 * before anything was tried, and what to believe since.
 */
import type { Board, Ratio, Snapshot, Symptom } from '../graph/index.ts';
import { type Beliefs, beliefs, priorOf, toldBy } from './experiments/index.ts';
import { rankSuspects, type Suspect } from './suspects/index.ts';

export type Known = {
  board: Board;
  /** When all was well; null where nobody kept it. */
  usual: Snapshot | null;
  /** As things are; null where nothing is measured. */
  now: Snapshot | null;
  /** The quantile of times. */
  q: Ratio;
};

/**
 * What the latest experiment looked at; before there is one, what changed most where requests come in. Null where nothing
 * is measured there.
 */
export function symptomOf({ board, usual, now, q }: Known): Symptom | null {
  const tried = Object.values(board.experiments)
    .sort((a, b) => b.at - a.at)
    .find(({ symptom }) => symptom);
  if (tried?.symptom) return tried.symptom;
  const [first] = now ? rankSuspects(board, { before: usual, now }) : [];
  if (!first?.refutedBy.symptom) return null;
  const { symptom: subject, metric } = first.refutedBy;
  return metric === 'latency' ? { subject, metric, q } : { subject, metric };
}

/** What to believe of that symptom: the ranking from before anything was taken out, and every experiment since. */
export function believed({ board, usual, now }: Known, symptom: Symptom, threshold?: number): Beliefs {
  const first = Object.values(board.experiments)
    .sort((a, b) => a.at - b.at)
    .find(({ before }) => before !== undefined);
  const then = (first?.before === undefined ? undefined : board.snapshots[first.before]) ?? now;
  const ranked = then ? rankSuspects(board, { before: usual, now: then, symptom: symptom.subject }) : [];
  const prior = ranked.length === 0 ? null : priorOf(ranked);
  return beliefs(board, { symptom, usual, now, prior, ...(threshold !== undefined && { threshold }) });
}

/** The ranking as it stands: figures, configuration and marks, and what every experiment has shown since. */
export function ranked(known: Known): Suspect[] {
  const { board, usual, now } = known;
  if (!now) return [];
  const symptom = symptomOf(known);
  const isTried = Object.keys(board.experiments).length > 0;
  const told = symptom && isTried ? toldBy(believed(known, symptom)) : [];
  return rankSuspects(board, { before: usual, now, told, ...(symptom && { symptom: symptom.subject }) });
}
