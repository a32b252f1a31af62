/** What happened, in its order. */

import { type BoardEvent, type EpochMs, formatDuration, subjectName } from '../../graph/index.ts';
import { partName } from '../experiments/index.ts';
import { type Block, section, table } from './document.ts';
import type { ReportInput } from './input.ts';
import { sourcesOf } from './words.ts';

const KINDS: Record<BoardEvent['kind'], string> = {
  incident: 'Incident',
  deploy: 'Deploy',
  change: 'Change',
  alert: 'Alert',
  other: 'Event',
};

type Line = { at: EpochMs; what: string; more: string };

export function timeline({ board, timeText }: ReportInput): Block[] {
  const lines: Line[] = [
    ...Object.values(board.events).map(({ at, until, kind, name, source }) => ({
      at,
      what: `${KINDS[kind]}: ${name}`,
      more: [until === undefined ? '' : `until ${timeText(until)}`, source ?? ''].filter(Boolean).join('; '),
    })),
    ...Object.values(board.snapshots).map((snapshot) => ({
      at: snapshot.at,
      what: `${snapshot.imported ? 'Figures read from a file' : 'Snapshot'}: ${snapshot.name}`,
      more: [snapshot.window > 0 ? `over ${formatDuration(snapshot.window)}` : '', sourcesOf(snapshot)]
        .filter(Boolean)
        .join('; '),
    })),
    ...Object.values(board.experiments).flatMap(({ part, action, since, until, withdrawn }) => {
      const name = partName(board, part);
      const more = withdrawn ? 'withdrawn: nothing is concluded from it' : '';
      return [
        ...(since === undefined ? [] : [{ at: since, what: `Experiment: ${name} ${action}`, more }]),
        ...(until === undefined ? [] : [{ at: until, what: `Experiment: ${name} put back`, more: '' }]),
      ];
    }),
    ...Object.values(board.marks).map(({ at, subject, status, hypothesis }) => ({
      at,
      what: `Mark: ${subjectName(board, subject)} ${status}`,
      more: hypothesis ?? '',
    })),
  ];
  lines.sort((a, b) => a.at - b.at);
  return section(
    'Timeline',
    table(
      ['When', 'What', ''],
      lines.map(({ at, what, more }) => [timeText(at), what, more]),
    ),
  );
}
