/** What was found without anybody trying anything: instances, configuration, what configuration alone costs. */

import { edgeName, nodeName, subjectName } from '../../graph/index.ts';
import { instanceFindings, instanceSentence } from '../compare/index.ts';
import { auditBoard, floorSentence, latencyFloor, sentenceOf } from '../defaults/index.ts';
import { type Block, list, section } from './document.ts';
import type { ReportInput } from './input.ts';

export function findings({ board, usual, now, q }: ReportInput): Block[] {
  const readings = now?.readings ?? [];
  const instances = now
    ? instanceFindings(board, usual, now, q).map((each) => instanceSentence(board, each))
    : [];
  const node = (id: string) => nodeName(board, id);
  const config = auditBoard(board, readings).map(({ finding, noted }) => {
    const who = noted
      ? ` Noted${noted.owner ? ` by ${noted.owner}` : ''}${noted.reason ? `: ${noted.reason}` : ''}.`
      : '';
    const source =
      'source' in finding && finding.source ? ` (${finding.source.title}: ${finding.source.url})` : '';
    return `${subjectName(board, finding.subject)}: ${sentenceOf(finding, node)}${source}${who}`;
  });
  const floors = Object.values(board.edges).flatMap((edge) => {
    const floor = latencyFloor(board, edge, readings);
    return floor ? [`${edgeName(board, edge.id)}: ${floorSentence(floor)}`] : [];
  });
  return section('Findings', [
    ...section('Instances', list(instances), 3),
    ...section('Configuration', list(config), 3),
    ...section('Waits that configuration alone makes', list(floors), 3),
  ]);
}
