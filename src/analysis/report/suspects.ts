/** Whom figures speak against, and whom people do; with what became of each. */
import { formatShare, subjectKey, subjectName } from '../../graph/index.ts';
import { reasonSentence, refutationSentence, suspectName } from '../suspects/index.ts';
import { type Block, list, section, table } from './document.ts';
import type { Concluded } from './input.ts';

const LISTED = 8;
/** Below this share a suspect is not worth a line. */
const LEAST = 0.01;

export function suspects({ board, suspects: all }: Concluded): Block[] {
  const likely = all.filter(({ share, reasons }) => share >= LEAST && reasons.length > 0).slice(0, LISTED);
  const marks = Object.values(board.marks).sort((a, b) => b.at - a.at);
  const fateOf = (key: string) =>
    marks.find((mark) => subjectKey(mark.subject) === key)?.status ?? 'not marked';
  return section('Suspects', [
    ...table(
      ['Suspect', 'Likely', 'Because', 'Refuted if', 'Fate'],
      likely.map((suspect) => [
        suspectName(board, suspect),
        formatShare(suspect.share),
        suspect.reasons.map((reason) => reasonSentence(board, reason)).join(' '),
        refutationSentence(board, suspect),
        fateOf(subjectKey(suspect.subject)),
      ]),
      [1],
    ),
    ...section(
      'What people marked',
      list(
        marks.map(({ subject, status, hypothesis, evidence = [] }) =>
          [`${subjectName(board, subject)}: ${status}.`, hypothesis ?? '', ...evidence]
            .filter(Boolean)
            .join(' '),
        ),
      ),
      3,
    ),
  ]);
}
