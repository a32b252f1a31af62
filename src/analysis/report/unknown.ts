/** What nobody measured, drew or tried: where the next look may go. */

import { edgeName, nodeName, type Reading, subjectKey } from '../../graph/index.ts';
import { partName } from '../experiments/index.ts';
import { type Block, list, section } from './document.ts';
import type { Concluded } from './input.ts';

/** Names listed; the rest is counted. */
const LISTED = 12;

export function unknown({ board, usual, now, comparisons }: Concluded): Block[] {
  const readings: readonly Reading[] = now?.readings ?? [];
  const measured = new Set(readings.map(({ subject }) => subjectKey(subject)));
  const silentNodes = Object.keys(board.nodes).filter((id) => !measured.has(`node:${id}`));
  const silentEdges = Object.keys(board.edges).filter((id) => !measured.has(`edge:${id}`));
  const quantilesOnly = new Set(
    readings.flatMap(({ subject, value, metric }) =>
      metric === 'latency' && typeof value !== 'number' && value.type === 'quantiles'
        ? [subjectKey(subject)]
        : [],
    ),
  );
  const together = Object.values(board.nodes).filter(
    ({ id, instances = 1 }) =>
      instances > 1 && !readings.some(({ subject, instance }) => subject.id === id && instance !== null),
  );
  const untold = comparisons.filter(({ verdict }) => verdict === "can't tell").length;
  const unfinished = Object.values(board.experiments).filter(
    ({ after, outcome, withdrawn }) => !after && !outcome && !withdrawn,
  );
  const node = (id: string) => nodeName(board, id);
  const edge = (id: string) => edgeName(board, id);
  return section(
    'Still unknown',
    list([
      ...(usual ? [] : ['What is usual: no baseline was kept.']),
      ...counted('Parts without a figure of their own', silentNodes.map(node)),
      ...counted('Edges without figures', silentEdges.map(edge)),
      ...(quantilesOnly.size > 0
        ? [`Edges and parts of which only quantiles are known, so without intervals: ${quantilesOnly.size}.`]
        : []),
      ...counted(
        'Parts of several instances, measured only together',
        together.map(({ name }) => name),
      ),
      ...(untold > 0 ? [`Figures of which it can’t be told whether they changed: ${untold}.`] : []),
      ...counted(
        'Experiments that were not measured to the end',
        unfinished.map(({ part }) => partName(board, part)),
      ),
      ...(Object.keys(board.experiments).length === 0
        ? ['What taking a part out would show: nothing was tried.']
        : []),
    ]),
  );
}

function counted(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return [`${what} (${names.length}): ${names.slice(0, LISTED).join(', ')}${more}.`];
}
