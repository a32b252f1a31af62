/** `rank`: who could be the cause. */
import {
  ranked,
  rankSuspects,
  reasonSentence,
  refutationSentence,
  suspectName,
} from '../../analysis/index.ts';
import { type Board, bindingOf, formatShare, type Id, type Ratio } from '../../graph/index.ts';
import { type Args, type Command, Failure, JSON_OUT, UsageError } from '../command.ts';
import { namedLike } from '../likeness.ts';
import { loadBoard } from '../load.ts';
import { snapshotOf } from '../snapshots.ts';

/** So many are listed. */
const MOST_LISTED = 10;
/** The one that the app starts with. */
const QUANTILE: Ratio = 0.95;

export const RANK: Command = {
  name: 'rank',
  summary: 'Rank the parts and edges that could be the cause',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Weighs what changed from one snapshot to another, who took the time, the configs and the marks, and lists who could be the cause, the likeliest first: its share of the suspicion, why, and what would refute it.',
    'A SNAPSHOT is the name or id of one in the board, BOARD#NAME for one in another, or a file with figures: what record wrote, traces, logs. Its parts are found on the board by their names.',
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
    {
      run: 'chalkline rank architecture.json --before monday.json --after tuesday.json',
      says: 'Straight from two trace files.',
    },
  ],
  run: rank,
};

async function rank({ given: [path], text, has }: Args): Promise<number> {
  const named = text('after');
  if (named === undefined) throw new UsageError('rank: --after SNAPSHOT is needed');
  const { board } = await loadBoard(path!, false);
  const before = text('before') === undefined ? null : await snapshotOf(board, text('before')!);
  const now = await snapshotOf(board, named);
  const hurts = text('symptom') === undefined ? null : partNamed(board, text('symptom')!, path!);
  const suspects = hurts
    ? rankSuspects(board, { before, now, symptom: { type: 'node', id: hurts } })
    : ranked({ board, usual: before, now, q: QUANTILE });
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
  if (suspects.every(({ reasons }) => reasons.length === 0)) {
    console.log(
      `Nothing that was measured speaks for or against any part${before ? '' : ': --before SNAPSHOT says what it is compared with'}.`,
    );
    return 0;
  }
  for (const suspect of suspects.slice(0, MOST_LISTED)) {
    console.log(`${formatShare(suspect.share).padStart(7)}  ${suspectName(board, suspect)}`);
    for (const reason of suspect.reasons) console.log(`         ${reasonSentence(board, reason)}`);
  }
  console.log(`\n${refutationSentence(board, suspects[0]!)}`);
  if (suspects.length > MOST_LISTED)
    console.log(`${suspects.length - MOST_LISTED} more are less likely; --json lists all.`);
  return 0;
}

/** @throws Failure when there is none */
function partNamed(board: Board, name: string, path: string): Id {
  const found = bindingOf(board).node(name);
  if (found !== null) return found;
  const names = Object.values(board.nodes).map((node) => node.name);
  throw new Failure(`There is no part “${name}” on ${path}${namedLike(name, names)}.`);
}
