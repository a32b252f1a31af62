/**
 * A file or an answer that holds spans → a graph with readings. Nothing is drawn that no span states, and
 * nothing is left out without a word.
 */
import { emptyBoard, type Fault } from '../../graph/index.ts';
import { titleOf } from '../build.ts';
import { type Lost, type Read, type ReadContext, type Refusal, refuse } from '../format.ts';
import { MOST } from '../limits.ts';
import { observedIn } from '../observed.ts';
import { tallySpans } from './count.ts';
import { type Ids, observeTally, type Seen, type Sight } from './observe.ts';
import type { SpanFile } from './span.ts';

/** Faults listed one by one; the rest are counted. */
const MOST_LISTED = 20;

export function readTrace(format: string, found: SpanFile, file: string, context: ReadContext): Read {
  if (found.spans.length === 0 && found.broken.length === 0) return refuse(file, '', 'holds no spans');
  const provenance = { source: `file:${file}`, label: `trace file ${file}`, simulated: false };
  const empty = emptyBoard(context.newId(), titleOf(file, 'Trace'));
  const sight = sightOf(found, file, { provenance }, context, true);
  if ('faults' in sight) return sight;
  const { nodes, edges, readings, remarks, requests } = sight;
  const board = observedIn(file, { ...empty, nodes, edges });
  const repairs = [...listed(found.broken), ...remarks.map((reason) => ({ path: '', reason }))];
  const [example] = found.broken;
  const read = {
    ...{ ok: true as const, format, board, readings: [...readings], repairs, whole: false },
    ...(example && { lost: lostOf(found, example) }),
  };
  return requests && requests.each.length > 0 ? { ...read, requests } : read;
}

const lostOf = ({ spans, broken: { length: count } }: SpanFile, example: Fault): Lost => ({
  ...{ count, of: spans.length + count, what: 'records', example },
});

/** What an answer's spans show; spans that can't be used are remarks as long as any other can. */
export function seeTrace(found: SpanFile, name: string, seen: Seen, ids: Ids): Sight | Refusal {
  const sight = sightOf(found, name, seen, ids);
  if ('faults' in sight) return sight;
  const broken = listed(found.broken).map(({ path, reason }) => (path ? `${path}: ${reason}` : reason));
  return { ...sight, remarks: [...broken, ...sight.remarks] };
}

function sightOf(
  { spans, broken }: SpanFile,
  file: string,
  seen: Seen,
  ids: Ids,
  withRequests = false,
): Sight | Refusal {
  if (spans.length === 0 && broken.length > 0)
    return { ok: false, faults: listed(broken).map((fault) => ({ file, ...fault })) };
  const tally = tallySpans(spans, { withRequests });
  if (tally.parts.size > MOST.nodes || tally.hops.size > MOST.edges)
    return refuse(
      file,
      '',
      `names ${tally.parts.size} services and ${tally.hops.size} connections; up to ${MOST.nodes} and ${MOST.edges} can be drawn`,
    );
  return observeTally(tally, seen, ids);
}

function listed(faults: readonly Fault[]): Fault[] {
  const shown = faults.slice(0, MOST_LISTED);
  const more = faults.length - shown.length;
  return more > 0 ? [...shown, { path: '', reason: `${more} more spans can’t be used` }] : shown;
}
