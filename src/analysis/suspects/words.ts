/** Suspects in sentences. */
import {
  type Board,
  DISTRIBUTIONS,
  edgeName,
  formatMetric,
  formatQuantile,
  formatShare,
  METRIC_NAMES,
  type Metric,
  nodeName,
  subjectName,
} from '../../graph/index.ts';
import { sentenceOf } from '../defaults/words.ts';
import type { Stat } from './levels.ts';
import type { Reason, Suspect } from './reason.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;

/** `Own time 12 ms → 260 ms (mean): 94 % of all time that was added.` */
export function reasonSentence(board: Parts, reason: Reason): string {
  switch (reason.kind) {
    case 'own time': {
      const { before, now, stat, how, share } = reason;
      const what = how === 'beside its calls' ? 'Slower than its calls explain' : 'Own time';
      const of = share !== null && share >= 0.05 ? `: ${formatShare(share)} of all time that was added` : '';
      return `${what} ${fromTo(before, now, 'latency', stat)}${of}.`;
    }
    case 'between': {
      const { edge, before, now } = reason;
      if (now === null) return `${edgeName(board, edge)} became slower for its caller and not at its callee.`;
      return `Between the ends of ${edgeName(board, edge)} ${fromTo(before, now, 'latency', null)}.`;
    }
    case 'network':
      return `${reason.edges} of ${reason.of} edges here became slow between their ends.`;
    case 'errors': {
      const { before, now, share } = reason;
      const of =
        share !== null && share >= 0.05 ? `: ${formatShare(share)} of all failures that were added` : '';
      return `Errors ${fromTo(before, now, 'errors', null)}${of}.`;
    }
    case 'saturation':
      return `${METRIC_NAMES[reason.metric]} ${fromTo(reason.before, reason.now, reason.metric, reason.stat)}.`;
    case 'calls': {
      const { edge, before, now } = reason;
      const target = nodeName(board, board.edges[edge]?.target ?? '');
      return `Calls ${target} ${times(now)} a request, before ${times(before)}.`;
    }
    case 'silent':
      return `Nothing is heard of it any more: ${METRIC_NAMES[reason.metric]} was measured before.`;
    case 'queue':
      return `${METRIC_NAMES[reason.metric]} at ${nodeName(board, reason.carrier)} ${fromTo(reason.before, reason.now, reason.metric, reason.stat)}.`;
    case 'instance': {
      const { instance, metric, value, others, stat } = reason;
      return `${METRIC_NAMES[metric]} of ${instance} ${formatMetric(metric, value)}, of its siblings ${formatMetric(metric, others)}${taken(metric, stat)}.`;
    }
    case 'critical path':
      return `On the critical path ${fromTo(reason.before, reason.now, 'critical path', null)}.`;
    case 'config':
      return sentenceOf(reason.finding, (id) => nodeName(board, id));
    case 'mark':
      return `Marked ${reason.status}${reason.hypothesis ? `: ${reason.hypothesis}` : '.'}`;
    case 'told':
      return reason.why;
  }
}

const fromTo = (before: number | null, now: number, metric: Metric, stat: Stat): string => {
  const words = before === null ? '' : `${formatMetric(metric, before)} → `;
  return `${words}${formatMetric(metric, now)}${taken(metric, stat)}`;
};

/** What of a distribution is meant: on the board another of its figures may be shown. */
const taken = (metric: Metric, stat: Stat): string =>
  stat !== null ? ` (${formatQuantile(stat)})` : DISTRIBUTIONS.has(metric) ? ' (mean)' : '';

const times = (calls: number): string => `${Number(calls.toPrecision(2))} ×`;

/** What a suspect is: `cart`, `cart-3 of cart`, `gateway → cart`, `Something nobody drew at cart`. */
export function suspectName(board: Parts, { kind, subject, instance }: Suspect): string {
  const name = subjectName(board, subject);
  if (kind === 'undrawn') return `Something nobody drew at ${name}`;
  return instance === null ? name : `${instance} of ${name}`;
}

/** `Without cart, latency at browser → gateway should fall from 320 ms to about 90 ms (mean); if it stays, cart isn’t the cause.` */
export function refutationSentence(board: Parts, suspect: Suspect): string {
  const { symptom, metric, before, now, stat } = suspect.refutedBy;
  const isDrawn = suspect.kind !== 'undrawn';
  const name = isDrawn
    ? suspectName(board, suspect)
    : `whatever the drawing lacks at ${subjectName(board, suspect.subject)}`;
  const isWorse = now !== null && (before === null || now > before);
  if (!symptom || !isWorse) return `If nothing gets better without ${name}, it isn’t the cause.`;
  const figure = METRIC_NAMES[metric].toLowerCase();
  const at = subjectName(board, symptom);
  const to = before === null ? '' : ` to about ${formatMetric(metric, before)}`;
  const otherwise = isDrawn ? `${name} isn’t the cause` : 'the cause is elsewhere';
  return `Without ${name}, ${figure} at ${at} should fall from ${formatMetric(metric, now)}${to}${taken(metric, stat)}; if it stays, ${otherwise}.`;
}
