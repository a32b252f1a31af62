/** One comparison, as tables and the inspector write it: verdict, interval, reasons; and its sentence, to be pasted. */
import { Copy } from 'lucide';
import {
  type Comparison,
  comparisonSentence,
  intervalText,
  reasonWords,
  shortReason,
} from '../../analysis/index.ts';
import { formatChange, formatShare } from '../../graph/index.ts';
import { severityOfComparison, type Workspace } from '../../workspace/index.ts';
import { Icon } from '../ui/icon.tsx';

export function VerdictWord({ comparison }: { comparison: Comparison }) {
  const { verdict, why } = comparison;
  return (
    <span
      className={`verdict ${severityOfComparison(comparison).replace(' ', '-')}`}
      title={why.map(reasonWords).join('; ') || undefined}
    >
      {verdict}
    </span>
  );
}

/** `↑3.2×`; of shares `+12 %`. */
export function changeText({ ratio, difference }: Comparison): string {
  if (difference) return pointsText(difference.value);
  return ratio === null || !(ratio > 0) ? '–' : formatChange(ratio);
}

const pointsText = (value: number) => `${value > 0 ? '+' : ''}${formatShare(value)}`;

/** `3.1–3.9×`; of shares `+1 % to +3 %`. */
export function boundsOf({ interval, difference }: Comparison): string {
  if (difference) return difference.interval ? difference.interval.map(pointsText).join(' to ') : 'none';
  if (!interval) return 'none';
  return interval[0] === 0 && interval[1] === Infinity ? 'open' : intervalText(interval);
}

/** What else is to be known, where there is little room. */
export const remarkOf = ({ why }: Comparison): string => why.map(shortReason).join(' · ');

/** Puts the sentence on the clipboard, and says so. */
export function CopySentence({ workspace, comparison }: { workspace: Workspace; comparison: Comparison }) {
  const copy = () => {
    const text = comparisonSentence(workspace.use.getState().board, comparison);
    navigator.clipboard.writeText(text).then(
      () => workspace.notify(`Copied: ${text}`),
      () =>
        workspace.notify('Not copied: the browser keeps the clipboard. The sentence is:', 'error', [text]),
    );
  };
  return (
    <button
      type="button"
      className="icon-button small"
      aria-label="Copy as a sentence"
      title="Copy as a sentence, to paste into a chat"
      onClick={copy}
    >
      <Icon of={Copy} size={14} />
    </button>
  );
}
