/** Comparisons in words that can be pasted into a chat: what, of whom, how much, how sure, and why not surer. */
import {
  type Board,
  formatCount,
  formatDuration,
  formatMetric,
  formatQuantile,
  formatRate,
  formatShare,
  METRIC_NAMES,
  METRICS,
  quantile,
  type Ratio,
  type Reading,
  subjectName,
} from '../../graph/index.ts';
import type { Comparison } from './pair.ts';
import type { ComparisonReason } from './verdict.ts';

/**
 * One paragraph: `edge → catalog (catalog-1, callee side): p95 slower, 182 ms → 640 ms, 3.5× (95 % interval
 * 3.1–3.9×). Load the same, 20 /s → 21 /s. 1.2k and 1.3k samples over 1 min. Prometheus localhost:9090.`
 */
export function comparisonSentence(board: Pick<Board, 'nodes' | 'edges'>, comparison: Comparison): string {
  const { before, after, verdict, why, load, metric } = comparison;
  const who = [comparison.instance, after.side && `${after.side} side`].filter(Boolean).join(', ');
  const figures = `${figureOf(before, comparison.q)} → ${figureOf(after, comparison.q)}`;
  const head = `${subjectName(board, comparison.subject)}${who && ` (${who})`}: ${metricWords(comparison)} ${verdict}, ${figures}, ${intervalWords(comparison)}.`;
  const loadText =
    load && metric !== 'rate' && !why.some(({ kind }) => kind === 'other load')
      ? `Load the same, ${formatRate(load.before)} → ${formatRate(load.after)}.`
      : null;
  const sentences = [head, ...why.map((each) => `${capital(reasonWords(each))}.`), loadText];
  return [...sentences, basis(before, after), source(before, after)].filter(Boolean).join(' ');
}

/** `p95`, `Rate`, `Pool in use`. */
export const metricWords = ({ metric, q, after }: Pick<Comparison, 'metric' | 'q' | 'after'>): string =>
  typeof after.value === 'number'
    ? METRIC_NAMES[metric]
    : metric === 'latency'
      ? formatQuantile(q)
      : `${METRIC_NAMES[metric]} ${formatQuantile(q)}`;

/** `3.5× (95 % interval 3.1–3.9×)`; `+2.1 % points (…)` of shares. */
function intervalWords({ ratio, interval, difference }: Comparison): string {
  if (difference) {
    const points = (value: number) => `${value > 0 ? '+' : ''}${formatShare(value)}`;
    const bounds = difference.interval
      ? `95 % interval ${points(difference.interval[0])} to ${points(difference.interval[1])}`
      : 'no interval';
    return `${points(difference.value)} points (${bounds})`;
  }
  const times = ratio === null ? 'no ratio' : `${timesText(ratio)}×`;
  return `${times} (${interval ? `95 % interval ${intervalText(interval)}` : 'no interval'})`;
}

/** `3.1–3.9×`, `at least 3.1×`, `anything`. */
export function intervalText([low, high]: readonly [Ratio, Ratio]): string {
  if (low === 0 && high === Infinity) return 'open on both sides';
  if (high === Infinity) return `at least ${timesText(low)}×`;
  if (low === 0) return `at most ${timesText(high)}×`;
  return `${timesText(low)}–${timesText(high)}×`;
}

export const timesText = (ratio: Ratio) =>
  ratio >= 9.95 ? String(Math.round(ratio)) : ratio.toFixed(ratio < 0.995 ? 2 : 1);

/** Why it is not surer, or not judged by the quantile. */
export function reasonWords(reason: ComparisonReason): string {
  switch (reason.kind) {
    case 'too few samples': {
      const counts = [reason.before, reason.after].map((n) =>
        n === null ? 'an unknown number' : formatCount(n),
      );
      return `too few samples: ${counts.join(' and ')}, at least ${formatCount(reason.needed)} each are needed, of a longer window`;
    }
    case 'coarse buckets': {
      const [low, high] = reason.bounds;
      const to = high === Infinity ? 'without end' : formatDuration(high);
      return `coarse buckets: it lies somewhere in ${formatDuration(low)} to ${to}`;
    }
    case 'only quantiles':
      return 'the source gives only quantiles, which have no interval';
    case 'single figures':
      return 'one figure each, which has no interval';
    case 'perhaps the same':
      return 'it changed, but perhaps by less than 20 %';
    case 'by the mean':
    case 'by the median':
      return `judged ${reason.kind}, ${timesText(reason.ratio)}× (99 % interval ${intervalText([reason.low, reason.high])})`;
    case 'other load':
      return `at ${timesText(reason.ratio)}× the load`;
    case 'other instance count':
      return `of ${reason.before} ${reason.before === 1 ? 'instance' : 'instances'} before and ${reason.after} after`;
    case 'stale':
      return `the figure ${reason.side} was ${formatDuration(reason.age)} old`;
    case 'simulated mix':
      return 'one of them is simulated and the other is real';
  }
}

/** The same where there is little room: `too few samples`, `2.1× the load`, `3 → 4 instances`. */
export function shortReason(reason: ComparisonReason): string {
  switch (reason.kind) {
    case 'other load':
      return `${timesText(reason.ratio)}× the load`;
    case 'other instance count':
      return `${reason.before} → ${reason.after} instances`;
    case 'by the mean':
    case 'by the median':
      return `${reason.kind} ${intervalText([reason.low, reason.high])}`;
    case 'stale':
      return `${reason.side} is stale`;
    case 'single figures':
      return 'no interval';
    default:
      return reason.kind;
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function figureOf({ metric, value }: Reading, q: number): string {
  if (typeof value === 'number') {
    const text = formatMetric(metric, value);
    return METRICS[metric] === 'messages' ? `${text} messages` : text;
  }
  const found = quantile(value, q);
  if (!found) return '–';
  return found.high === Infinity ? `≥ ${formatDuration(found.value)}` : formatDuration(found.value);
}

function basis(before: Reading, after: Reading): string | null {
  const samples =
    before.samples === null || after.samples === null
      ? null
      : `${formatCount(before.samples)} and ${formatCount(after.samples)} samples`;
  const windows =
    before.window === 0 || after.window === 0
      ? null
      : before.window === after.window
        ? `over ${formatDuration(after.window)} each`
        : `over ${formatDuration(before.window)} and ${formatDuration(after.window)}`;
  const text = [samples, windows].filter(Boolean).join(', ');
  return text ? `${capital(text)}.` : null;
}

function source(before: Reading, after: Reading): string {
  const labelOf = ({ provenance: { label, simulated } }: Reading) =>
    simulated && !/simulat/i.test(label) ? `${label} (simulated)` : label;
  const [b, a] = [labelOf(before), labelOf(after)];
  return a === b ? `${a}.` : `${b}, then ${a}.`;
}
