/** What changed against the baseline: the figures that moved, each with its interval, source and window. */
import { subjectKey, subjectName } from '../../graph/index.ts';
import { type Comparison, comparisonSentence } from '../compare/index.ts';
import { figureOf, intervalText, metricWords, timesText } from '../compare/words.ts';
import { type Block, section, table } from './document.ts';
import type { Concluded } from './input.ts';
import { sourceOf, sourcesOf } from './words.ts';

/** The rest is counted. */
const LISTED = 25;

export function changes({ board, usual, now, symptom, timeText, comparisons: all }: Concluded): Block[] {
  if (!now) return section('Figures', [{ type: 'text', text: 'Nothing is measured.' }]);
  if (!usual) {
    const text = `No baseline was kept, so nothing can be said of changes. Figures of ${timeText(now.at)}: ${sourcesOf(now)}.`;
    return section('Figures', [{ type: 'text', text }]);
  }
  // what it is all about comes first, however much else moved
  const isFelt = ({ subject }: Comparison) =>
    Number(symptom !== null && subjectKey(symptom.subject) === subjectKey(subject));
  const moved = all
    .filter(({ verdict }) => verdict !== 'same' && verdict !== "can't tell")
    .sort((a, b) => isFelt(b) - isFelt(a) || weight(b) - weight(a));
  const same = all.filter(({ verdict }) => verdict === 'same').length;
  const open = all.length - moved.length - same;
  const basis = `${usual.name} of ${timeText(usual.at)} (${sourcesOf(usual)}) against ${now.name}, ${timeText(now.at)} (${sourcesOf(now)}).`;
  const counts = `${moved.length} figures moved, ${same} are the same, of ${open} it can’t be told.`;
  const rows = moved.slice(0, LISTED).map((each) => rowOf(board, each));
  return section('Compared with the baseline', [
    { type: 'text', text: `${basis} ${counts}` },
    ...table(
      ['What', 'Figure', 'Before', 'Now', 'Change', '95 % interval', 'Verdict', 'Source'],
      rows,
      [2, 3, 4],
    ),
    ...(moved.length > LISTED
      ? [{ type: 'text', text: `Listed are the symptom and what moved most, ${LISTED} figures.` } as const]
      : []),
    ...(moved[0] ? [{ type: 'text', text: comparisonSentence(board, moved[0]) } as const] : []),
  ]);
}

const weight = ({ ratio, difference }: Comparison) =>
  Math.abs(ratio === null || ratio <= 0 ? (difference?.value ?? 0) * 10 : Math.log(ratio));

function rowOf(board: Concluded['board'], each: Comparison): string[] {
  const { subject, instance, before, after, q, ratio, interval, verdict } = each;
  const name = subjectName(board, subject);
  const side = after.side ? ` (${after.side} side)` : '';
  return [
    instance === null ? name : `${name}, ${instance}`,
    `${metricWords(each)}${side}`,
    figureOf(before, q),
    figureOf(after, q),
    ratio === null ? '–' : `${timesText(ratio)}×`,
    interval ? intervalText(interval) : 'none',
    verdict,
    sourceOf(after),
  ];
}
