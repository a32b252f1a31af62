/** Evidence and beliefs → one ranking. */
import {
  type Board,
  type Id,
  type Reading,
  type Snapshot,
  type Subject,
  subjectKey,
} from '../../graph/index.ts';
import { audit } from '../defaults/audit.ts';
import { contradictions } from '../defaults/contradictions.ts';
import { accountsOf } from './accounts.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { figuresOf } from './figures.ts';
import type { Reason, Suspect } from './reason.ts';
import { symptomOf } from './symptom.ts';
import { EDGE, KINDS, MARKS, UNDRAWN, WEIGHTS } from './weights.ts';

export type SuspectsInput = {
  /** The time just before; it may hold several windows of each series. Null: unknown. */
  before: Snapshot | null;
  /** When all was well, longer ago: many windows of each series, from which follows how far each wanders by itself. */
  usual?: Snapshot | null;
  now: Snapshot;
  /** Where it hurts, as a person says; absent: where requests come in. */
  symptom?: Subject;
  /** What else is known: what an experiment showed, in nats for the subject (negative against it). */
  told?: readonly { subject: Subject; instance?: string; nats: number; why: string }[];
};

type Candidate = Omit<Suspect, 'share' | 'refutedBy'> & { score: number };

/** So many reasons are given for each suspect. */
const REASONS = 3;

/**
 * All that could be the cause, the likeliest first: every part, every edge whose ends are told apart, and what nobody
 * drew at a part whose time nothing explains. Marks move the ranking; the ranking never moves marks.
 */
export function rankSuspects(board: Board, input: SuspectsInput): Suspect[] {
  const figures = figuresOf(input.before, input.now, input.usual ?? null);
  const accounts = accountsOf(board, figures);
  const symptom = symptomOf(board, accounts, figures, input.symptom);
  const evidence = evidenceOf(board, figures, accounts, symptom.relevance);
  addConfig(board, input.now.readings, evidence);
  addBeliefs(board, input, evidence);
  const priorOf = (id: Id) => KINDS[board.nodes[id]!.kind] ?? 0;
  const candidates = [
    ...[...evidence.nodes].map(([id, reasons]) =>
      candidate('suspect', { type: 'node', id }, reasons, priorOf(id)),
    ),
    ...[...evidence.edges]
      .filter(([, reasons]) => reasons.length > 0)
      .map(([id, reasons]) => candidate('suspect', { type: 'edge', id }, reasons, EDGE)),
    ...undrawn(evidence, priorOf),
  ].sort((a, b) => b.score - a.score);
  const best = candidates[0]?.score ?? 0;
  const powers = candidates.map(({ score }) => Math.exp(score - best));
  const whole = powers.reduce((a, b) => a + b, 0);
  return candidates.map(({ score: _, ...each }, i) => ({
    ...each,
    share: powers[i]! / whole,
    refutedBy: symptom.refutation,
  }));
}

function candidate(
  kind: Suspect['kind'],
  subject: Subject,
  all: readonly Reason[],
  prior: number,
): Candidate {
  const reasons = all
    .filter(({ weight }) => weight !== 0)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const skewed = reasons.find((each) => each.kind === 'instance');
  const score = prior + reasons.reduce((sum, { weight }) => sum + weight, 0);
  return { kind, subject, instance: skewed?.instance ?? null, score, reasons: reasons.slice(0, REASONS) };
}

/** Time that a part's calls don't explain, where nothing else speaks against the part itself. */
function undrawn({ nodes }: Evidence, priorOf: (id: Id) => number): Candidate[] {
  return [...nodes].flatMap(([id, reasons]) => {
    const times = reasons.filter(
      ({ kind, weight }) => (kind === 'own time' || kind === 'mark') && weight !== 0,
    );
    if (!times.some(({ kind, weight }) => kind === 'own time' && weight > 0)) return [];
    return [candidate('undrawn', { type: 'node', id }, times, UNDRAWN + priorOf(id))];
  });
}

function addConfig(board: Board, readings: readonly Reading[], evidence: Evidence): void {
  for (const { id, config } of Object.values(board.nodes)) {
    if (!config) continue;
    const hurting = audit({ type: 'node', id }, config).find(
      (each) => each.kind === 'old default' || (each.kind === 'deviates' && each.towards === 'hurting'),
    );
    if (hurting) evidence.nodes.get(id)?.push({ kind: 'config', weight: WEIGHTS.config, finding: hurting });
  }
  if (!Object.values(board.nodes).some(({ config }) => config)) return;
  for (const finding of contradictions(board, readings)) {
    const reasons = finding.subject.type === 'node' ? evidence.nodes : evidence.edges;
    reasons.get(finding.subject.id)?.push({ kind: 'config', weight: 2 * WEIGHTS.config, finding });
  }
}

function addBeliefs(board: Board, { told = [] }: SuspectsInput, { nodes, edges }: Evidence): void {
  const listOf = ({ type, id }: Subject) => (type === 'node' ? nodes : edges).get(id);
  const latest = new Map(
    Object.values(board.marks)
      .sort((a, b) => a.at - b.at)
      .map((mark) => [subjectKey(mark.subject), mark]),
  );
  for (const { subject, status, hypothesis } of latest.values())
    listOf(subject)?.push({ kind: 'mark', weight: MARKS[status], status, hypothesis: hypothesis ?? null });
  // of a part and its instances what speaks loudest: they are one suspect
  const loudest = Map.groupBy(told, ({ subject }) => subjectKey(subject)).values();
  for (const all of loudest) {
    const { subject, nats, why } = all.reduce((a, b) => (Math.abs(b.nats) > Math.abs(a.nats) ? b : a));
    listOf(subject)?.push({ kind: 'told', weight: nats, why });
  }
}

/** The part or edge of a suspect by itself, for maps: `undrawn` at a part is another one than the part. */
export const suspectKey = ({ kind, subject }: Pick<Suspect, 'kind' | 'subject'>): string =>
  `${kind} ${subjectKey(subject)}`;
