/** Suspicions and figures in a table. */
import { MARK_STATUSES, type Reading, type Subject } from '../../graph/index.ts';
import type { Read, ReadContext } from '../format.ts';
import type { Figure } from './figures.ts';

/** As it is written. */
export type Marked = {
  subject: Subject;
  status: string;
  hypothesis: string;
  figures?: readonly Figure[];
  operation?: string | undefined;
};

/** Characters of a text on a board. */
const LONGEST = 20_000;

/** What was read, with the marks and the figures that are on it; a table does not say when these are of. */
export function withMarks(
  read: Read,
  marked: readonly Marked[],
  file: string,
  { newId, now }: ReadContext,
): Read {
  if (!read.ok) return read;
  const { marks } = read.board;
  const readings: Reading[] = [];
  const seen = new Set<string>();
  for (const { subject, status, hypothesis, figures = [], operation } of marked) {
    for (const { metric, value } of figures) {
      const key = JSON.stringify([subject, metric, operation]);
      if (seen.has(key)) continue;
      seen.add(key);
      readings.push({
        ...{ subject, metric, value, at: now, window: 0, instance: null, instances: null, side: null },
        ...(operation !== undefined && { operation }),
        ...{
          samples: null,
          provenance: { source: `file:${file}`, label: `table ${file}`, simulated: false },
        },
      });
    }
    const known = MARK_STATUSES.find((each) => each === status.toLowerCase());
    if (!known) continue;
    const id = newId();
    const said = hypothesis.slice(0, LONGEST);
    marks[id] = { id, subject, status: known, ...(said && { hypothesis: said }), at: now };
  }
  if (readings.length === 0) return read;
  const reason = 'the table does not say when its figures are of: they are dated by when they were read';
  return { ...read, readings, repairs: [...read.repairs, { path: '', reason }] };
}
