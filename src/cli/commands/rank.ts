/** `rank`: who could be the cause. */
import { rankSuspects, reasonSentence, refutationSentence, suspectName } from '../../analysis/index.ts';
import { formatShare } from '../../graph/index.ts';
import { type Args, type Command, Failure, JSON_OUT, UsageError } from '../command.ts';
import { load } from '../load.ts';
import { snapshotOf } from '../snapshots.ts';

/** So many are listed. */
const MOST_LISTED = 10;

export const RANK: Command = {
  name: 'rank',
  summary: 'Rank the parts and edges that could be the cause',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Weighs what changed from one snapshot to another, who took the time, the configs and the marks, and lists who could be the cause, the likeliest first: its share of the suspicion, why, and what would refute it.',
    'A SNAPSHOT is a name or id in the board, or a file that record wrote.',
  ],
  options: {
    before: { value: 'SNAPSHOT', says: 'When all was well.' },
    after: { value: 'SNAPSHOT', says: 'When it was not. Needed.' },
    symptom: {
      value: 'PART',
      says: 'The part where it hurts, by name. Where requests come in, unless given.',
    },
    json: JSON_OUT,
  },
  examples: [
    {
      run: 'chalkline rank incident.json --before before --after after',
      says: 'Snapshots that are in the board.',
    },
  ],
  run: rank,
};

async function rank({ given: [path], text, has }: Args): Promise<number> {
  const after = text('after');
  if (after === undefined) throw new UsageError('rank: --after SNAPSHOT is needed');
  const { board } = await load([path!]);
  const [before, symptom] = [text('before'), text('symptom')];
  const hurts =
    symptom === undefined ? undefined : Object.values(board.nodes).find(({ name }) => name === symptom);
  if (symptom !== undefined && !hurts) throw new Failure(`There is no part “${symptom}” on ${path}.`);
  const suspects = rankSuspects(board, {
    before: before === undefined ? null : await snapshotOf(board, before),
    now: await snapshotOf(board, after),
    ...(hurts && { symptom: { type: 'node', id: hurts.id } }),
  });
  if (has('json')) {
    const told = suspects.map((suspect) => ({
      name: suspectName(board, suspect),
      share: suspect.share,
      why: suspect.reasons.map((reason) => reasonSentence(board, reason)),
      refutedBy: refutationSentence(board, suspect),
      suspect,
    }));
    console.log(JSON.stringify(told, null, 2));
    return 0;
  }
  for (const suspect of suspects.slice(0, MOST_LISTED)) {
    console.log(`${formatShare(suspect.share).padStart(7)}  ${suspectName(board, suspect)}`);
    for (const reason of suspect.reasons) console.log(`         ${reasonSentence(board, reason)}`);
  }
  if (suspects.length > MOST_LISTED)
    console.log(`         and ${suspects.length - MOST_LISTED} more, less likely`);
  return 0;
}
