/**
 * The investigation as it stands, for whoever shows it or writes it down: what it is about, whom figures spoke against
 * before anything was tried, and what to believe since.
 */
import { type Board, METRICS, type Ratio, type Snapshot, type Symptom, subjectKey } from '../graph/index.ts';
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
  return METRICS[metric] === 'ms' ? { subject, metric, q } : { subject, metric };
}

/** What to believe of that symptom: the ranking from before anything was taken out, and every experiment since. */
export const believed = (known: Known, symptom: Symptom, threshold?: number): Beliefs =>
  beliefsFrom(rankedBefore(known, symptom), known, symptom, threshold);

/** Whom figures spoke against before anything was taken out. */
function rankedBefore({ board, usual, now }: Known, symptom: Symptom): Suspect[] {
  const first = Object.values(board.experiments)
    .sort((a, b) => a.at - b.at)
    .find(({ before }) => before !== undefined);
  const then = (first?.before === undefined ? undefined : board.snapshots[first.before]) ?? now;
  return then ? rankSuspects(board, { before: usual, now: then, symptom: symptom.subject }) : [];
}

function beliefsFrom(
  suspects: readonly Suspect[],
  { board, usual, now }: Known,
  symptom: Symptom,
  threshold?: number,
): Beliefs {
  const prior = suspects.length === 0 ? null : priorOf(suspects);
  return beliefs(board, { symptom, usual, now, prior, ...(threshold !== undefined && { threshold }) });
}

/**
 * The ranking as it stands: figures, configuration and marks, and what every experiment has shown since. The shares are
 * those of {@link believed}, so that a suspect is as likely wherever it is shown.
 */
export function ranked(known: Known): Suspect[] {
  const { board, usual, now } = known;
  if (!now) return [];
  const symptom = symptomOf(known);
  if (!symptom) return rankSuspects(board, { before: usual, now });
  const before = rankedBefore(known, symptom);
  const found = beliefsFrom(before, known, symptom);
  const isTried = Object.keys(board.experiments).length > 0;
  const since = isTried
    ? rankSuspects(board, { before: usual, now, told: toldBy(found), symptom: symptom.subject })
    : before;
  return withShares(since, found);
}

/** What is believed of a subject, of its instances and its settings, among all rows that the ranking has of it. */
function withShares(suspects: readonly Suspect[], { candidates }: Beliefs): Suspect[] {
  const believed = new Map<string, number>();
  const ranked = new Map<string, number>();
  for (const { part, share } of candidates)
    add(believed, subjectKey({ type: part.type === 'edge' ? 'edge' : 'node', id: part.id }), share);
  for (const { subject, share } of suspects) add(ranked, subjectKey(subject), share);
  return suspects
    .map((suspect): Suspect => {
      const key = subjectKey(suspect.subject);
      const whole = ranked.get(key)!;
      return { ...suspect, share: whole > 0 ? ((believed.get(key) ?? 0) * suspect.share) / whole : 0 };
    })
    .sort((a, b) => b.share - a.share);
}

const add = (sums: Map<string, number>, key: string, share: number) =>
  sums.set(key, (sums.get(key) ?? 0) + share);

/**
 * How things are with nothing out: while an experiment is under way, and until there are figures of the time since
 * something was put back, what was measured before it.
 * @param shown what is shown; null where nothing is measured
 */
export function undisturbed(
  board: Pick<Board, 'experiments' | 'snapshots'>,
  shown: Snapshot | null,
): Snapshot | null {
  const touching = Object.values(board.experiments)
    .filter(
      ({ since, until }) =>
        since !== undefined &&
        (!shown || (shown.at > since && (until === undefined || shown.at - shown.window < until))),
    )
    .sort((a, b) => a.since! - b.since!);
  const before = touching[0]?.before;
  return (before === undefined ? undefined : board.snapshots[before]) ?? shown;
}
