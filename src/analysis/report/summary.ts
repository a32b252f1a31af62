/** The first lines: what is confirmed, or who is suspected most, and where it hurts. */
import { formatMetric, formatShare, subjectName } from '../../graph/index.ts';
import { symptomName, verdictOf } from '../experiments/index.ts';
import { reasonSentence, suspectName } from '../suspects/index.ts';
import type { Block } from './document.ts';
import type { Concluded } from './input.ts';

export function summary({ board, usual, now, symptom, suspects }: Concluded): Block[] {
  const confirmed = Object.values(board.marks).filter(({ status }) => status === 'confirmed');
  const lines: string[] = [];
  if (symptom) {
    const { before, after } = verdictOf(usual, now, symptom);
    const figures =
      before === null || after === null
        ? ''
        : `: ${formatMetric(symptom.metric, before)} when all was well, ${formatMetric(symptom.metric, after)} now`;
    lines.push(`The symptom is ${symptomName(board, symptom)}${figures}.`);
  }
  if (confirmed.length > 0)
    lines.push(`Confirmed: ${confirmed.map(({ subject }) => subjectName(board, subject)).join(', ')}.`);
  const [first] = suspects;
  const [reason] = first?.reasons ?? [];
  if (first && reason)
    lines.push(
      `By what is known the likeliest is ${suspectName(board, first)} (${formatShare(first.share)}). ${reasonSentence(board, reason)}`,
    );
  return lines.length === 0 ? [] : [{ type: 'text', text: lines.join(' ') }];
}
