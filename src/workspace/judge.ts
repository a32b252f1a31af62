/**
 * Colours by verdict: an edge that looks slower or faster than before only for want of samples, or within a coarse
 * bucket, is not coloured. Its code comes after the board, which is coloured by plain ratios until then.
 */
import { type Comparison, compareFigure } from '../analysis/index.ts';
import { METRICS } from '../graph/index.ts';
import { type Severity, severityOf } from '../picture/index.ts';
import type { Workspace } from './workspace.ts';

/** How grave a verdict is, on the scale of the edges. More traffic alone is neither good nor bad. */
export function severityOfComparison({ verdict, metric, ratio }: Comparison): Severity {
  if (verdict === "can't tell" || metric === 'rate') return 'neutral';
  if (verdict === 'same') return 'same';
  if (verdict === 'faster' || verdict === 'lower') return METRICS[metric] === 'ms' ? 'faster' : 'same';
  const severity = severityOf(ratio);
  return severity === 'neutral' || severity === 'same' || severity === 'faster' ? 'slower' : severity;
}

/** From now on labels are coloured by verdict, where there is an interval to judge by. */
export function judgeLabels({ labels, readings, use, now }: Workspace): void {
  labels.judgeBy((before, after) => {
    const { board, session } = use.getState();
    const { subject, window } = after;
    const shown = { id: 'shown', name: 'now', at: now(), window, readings: [...readings.of(subject)] };
    const found = compareFigure(board, before, shown, after, session.quantile);
    return found && (found.interval ?? found.means) ? severityOfComparison(found) : null;
  });
}
