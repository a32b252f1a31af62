/** Experiments in sentences. */
import {
  type Action,
  type Board,
  type Experiment,
  edgeName,
  formatDuration,
  formatMetric,
  formatQuantile,
  formatShare,
  METRIC_NAMES,
  METRICS,
  nodeName,
  type Part,
  type SinglePart,
  type Symptom,
} from '../../graph/index.ts';
import type { Beliefs } from './beliefs.ts';
import type { Expected, Plan } from './plan.ts';
import { quantileOf } from './symptom.ts';
import type { ExperimentVerdict } from './verdict.ts';

type Parts = Pick<Board, 'nodes' | 'edges' | 'groups'>;

function singleName(board: Parts, part: SinglePart): string {
  switch (part.type) {
    case 'node':
      return nodeName(board, part.id);
    case 'edge':
      return edgeName(board, part.id);
    case 'group':
      return board.groups[part.id]?.name ?? part.id;
    case 'instance':
      return part.instance;
    case 'config':
      return `${part.key} of ${nodeName(board, part.id)}`;
  }
}

/** `cart`, `web → cart`, `cart, stock and 2 more`. */
export function partName(board: Parts, part: Part, most = NAMED): string {
  return part.type === 'several'
    ? listOf(
        part.parts.map((each) => singleName(board, each)),
        most,
      )
    : singleName(board, part);
}
/** So many names; the rest is counted. */
const NAMED = 3;

/** The first few, and how many more. */
function listOf(names: readonly string[], most = NAMED): string {
  if (names.length <= most) {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
  }
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

/** `p95 of web → cart`, `Errors of cart`. */
export function symptomName(board: Parts, symptom: Symptom): string {
  const { metric, subject } = symptom;
  const what =
    METRICS[metric] !== 'ms' || metric === 'lag time'
      ? METRIC_NAMES[metric]
      : `${formatQuantile(quantileOf(symptom))}${metric === 'latency' ? '' : ` ${METRIC_NAMES[metric].toLowerCase()}`}`;
  return `${what} of ${singleName(board, subject)}`;
}

const figure = ({ metric }: Symptom, value: number) =>
  METRICS[metric] === 'ms' ? formatDuration(value) : formatMetric(metric, value);

const about = (symptom: Symptom, { value, low, high }: Expected) =>
  `about ${figure(symptom, value)} (${figure(symptom, low)} to ${figure(symptom, high)})`;

/** What the plan says, a sentence each: what goes, who feels it, and what will be seen. */
export function planSentences(board: Parts, plan: Plan): string[] {
  const { part, action, symptom, cutsOff, fails, removed, now, usual, ifGuilty, ifNot } = plan;
  const name = partName(board, part);
  const sentences: string[] = [];
  if (cutsOff.unreached.length > 0)
    sentences.push(
      `With ${name} out, nothing reaches ${listOf(cutsOff.unreached.map((id) => nodeName(board, id)))} any more.`,
    );
  if (cutsOff.dependants.length > 0) {
    const who = listOf(cutsOff.dependants.map((id) => nodeName(board, id)));
    sentences.push(
      fails ? `Errors for ${who}.` : `${who} will notice.`.replace(/^./, (first) => first.toUpperCase()),
    );
  }
  if (!plan.isMeasurable)
    sentences.push(
      `${symptomName(board, symptom)} could not be measured meanwhile: take something else out, or stub it.`,
    );
  else if (now === null || !ifGuilty || !ifNot)
    sentences.push(`${symptomName(board, symptom)} is not measured now: what would be seen can’t be said.`);
  else {
    const share = removed >= 0.05 ? ` (${formatShare(removed)} of its usual time goes in any case)` : '';
    sentences.push(
      `If it is guilty, ${symptomName(board, symptom)} goes from ${figure(symptom, now)} to ${about(symptom, ifGuilty)}; if not, to ${about(symptom, ifNot)}${share}.`,
    );
    if (usual === null)
      sentences.push(
        'What is usual is not known: choose a baseline from before the trouble, and this becomes sharper.',
      );
  }
  if (action === 'restored' && part.type !== 'config') sentences.push('Everything else goes on as it does.');
  return sentences;
}

const BECAME: Record<ExperimentVerdict['outcome'], string> = {
  gone: 'the symptom is gone',
  better: 'better, but not gone',
  same: 'no better',
  worse: 'worse',
  "can't tell": 'can’t tell',
};

/** `p95 of web → cart 1.2 s → 180 ms (× 0.15, 0.13 to 0.18): the symptom is gone.` */
export function verdictSentence(board: Parts, symptom: Symptom, verdict: ExperimentVerdict): string {
  const { before, after, ratio, interval, outcome } = verdict;
  if (before === null || after === null || ratio === null) return `${capital(BECAME[outcome])}.`;
  const times = (value: number) =>
    value === Number.POSITIVE_INFINITY ? '∞' : value >= 10 ? value.toFixed(0) : value.toFixed(2);
  const sure = interval ? `, ${times(interval[0])} to ${times(interval[1])}` : ', how surely is not known';
  return `${symptomName(board, symptom)} ${figure(symptom, before)} → ${figure(symptom, after)} (× ${times(ratio)}${sure}): ${BECAME[outcome]}.`;
}

/** What came of an experiment, as it was measured or else as a person saw it; null where neither is known. */
export function cameSentence(
  board: Parts,
  { outcome, withdrawn }: Experiment,
  symptom: Symptom | undefined,
  verdict: ExperimentVerdict | null,
): string | null {
  if (withdrawn) return 'Withdrawn: nothing is concluded from it.';
  if (symptom && verdict && verdict.ratio !== null) return verdictSentence(board, symptom, verdict);
  return outcome ? `Seen, not measured: ${outcome}.` : null;
}

/** What to do, as a person is asked to, with every name: `Stub cart and stock.` */
export function adviceSentence(board: Parts, { part, action }: { part: Part; action: Action }): string {
  const name = partName(board, part, Number.POSITIVE_INFINITY);
  switch (action) {
    case 'bypassed':
      return `Bypass ${name}.`;
    case 'stopped':
      return `Stop ${name}.`;
    case 'stubbed':
      return `Stub ${name}.`;
    case 'restored':
      return `Put ${name} back to what ${part.type === 'several' ? 'they were' : 'it was'}.`;
  }
}

/** How things stand: who it is, or what it seems to be, or who is left. */
export function settledSentence(board: Parts, { settled, candidates, sharers, threshold }: Beliefs): string {
  const sure = (share: number) => formatShare(Math.floor(share * 1000) / 1000);
  if (settled?.kind === 'found')
    return `It is ${partName(board, settled.belief.part)}, with ${sure(settled.belief.share)} probability.`;
  if (settled?.kind === 'spread')
    return `No single part explains what was seen: two or more share it (${sure(settled.share)}). ${sharersAdvice(board, sharers)}`;
  if (settled?.kind === 'undrawn')
    return `None of the parts on its way explains what was seen (${sure(settled.share)}): it is something that nobody drew.`;
  const left = candidates.filter(({ share }) => share > 1 - threshold);
  if (!candidates[0] || candidates[0].share < STANDS_OUT) return 'No part stands out yet.';
  const names = listOf(left.map(({ part, share }) => `${partName(board, part)} (${formatShare(share)})`));
  return `Still open: ${names}.`;
}

/** Who most likely are among those that share it: `cart and stock`; empty where nobody stands out. */
export const sharersText = (board: Parts, sharers: Beliefs['sharers']): string =>
  listOf(sharers.map(({ part }) => partName(board, part)));

/** What would show which of them it is. */
function sharersAdvice(board: Parts, sharers: Beliefs['sharers']): string {
  const names = sharersText(board, sharers);
  if (sharers.length === 0) return 'Which ones is open: take out two at a time.';
  return sharers.length === 1
    ? `Most likely ${names} is one of them: take it out together with each of the others.`
    : `Most likely ${names}: take them out together, and see whether the symptom goes.`;
}

/** One of five is worth a name. */
const STANDS_OUT = 0.2;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
