/** What was taken out, what was measured before and after, and what to believe since. */
import { formatMetric, formatShare, type Snapshot, type Symptom } from '../../graph/index.ts';
import { intervalText, timesText } from '../compare/words.ts';
import { partName, type Step, settledSentence, symptomName } from '../experiments/index.ts';
import { believed } from '../investigation.ts';
import { type Block, list, section, table } from './document.ts';
import type { ReportInput } from './input.ts';
import { sourcesOf } from './words.ts';

const LISTED = 5;

export function experiments(input: ReportInput): Block[] {
  const { board, symptom } = input;
  if (!symptom || Object.keys(board.experiments).length === 0) return [];
  const beliefs = believed(input, symptom);
  const { steps, candidates, spread, undrawn, settled, threshold } = beliefs;
  const ending =
    settled?.kind === 'found'
      ? `It is ${partName(board, settled.belief.part)}: likely to ${formatShare(settled.belief.share)}, above the threshold of ${formatShare(threshold)}.`
      : settled
        ? settledSentence(board, beliefs)
        : `Nothing has passed the threshold of ${formatShare(threshold)} yet. ${settledSentence(board, beliefs)}`;
  const beliefRows = [
    ...candidates.slice(0, LISTED).map(({ part, share }) => [partName(board, part), formatShare(share)]),
    ['several parts together', formatShare(spread)],
    ['something nobody drew', formatShare(undrawn)],
  ];
  return section('Experiments', [
    { type: 'text', text: `Looked at: ${symptomName(board, symptom)}. ${ending}` },
    ...table(
      ['Taken out', 'How', 'Before', 'After', 'After ÷ before', '95 % interval', 'The symptom', 'Source'],
      steps.map((step) => rowOf(input, step, symptom)),
      [2, 3, 4],
    ),
    ...list(steps.flatMap((step) => remarksOf(input, step))),
    ...section('What to believe since', table(['Part', 'Likely'], beliefRows, [1]), 3),
  ]);
}

function rowOf({ board }: ReportInput, { experiment, verdict, counts }: Step, symptom: Symptom): string[] {
  const { metric } = experiment.symptom ?? symptom;
  const figure = (value: number | null) => (value === null ? '–' : formatMetric(metric, value));
  const kept = [experiment.before, experiment.after].flatMap((id): Snapshot[] => {
    const snapshot = id === undefined ? undefined : board.snapshots[id];
    return snapshot ? [snapshot] : [];
  });
  const said = experiment.outcome ? `${experiment.outcome}, as a person saw it` : null;
  return [
    partName(board, experiment.part),
    experiment.action,
    figure(verdict.before),
    figure(verdict.after),
    verdict.ratio === null ? '–' : `${timesText(verdict.ratio)}×`,
    verdict.interval ? intervalText(verdict.interval) : 'none',
    experiment.withdrawn ? 'withdrawn' : counts ? (said ?? verdict.outcome) : 'not measured yet',
    [...new Set(kept.map(sourcesOf))].join('; '),
  ];
}

function remarksOf({ board }: ReportInput, { experiment, verdict }: Step): string[] {
  const name = partName(board, experiment.part);
  const texts = [experiment.reason, ...verdict.guards.map(({ sentence }) => sentence), experiment.note];
  const said = texts.filter((text) => text !== undefined && text !== '');
  return said.length === 0 ? [] : [`${name} ${experiment.action}: ${said.join(' ')}`];
}
