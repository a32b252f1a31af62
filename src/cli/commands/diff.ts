/** `diff`: what tells two boards, or two snapshots, apart. */
import { compareSnapshots, comparisonSentence } from '../../analysis/index.ts';
import type { Board, Snapshot } from '../../graph/index.ts';
import { type Args, type Command, Failure, JSON_OUT, UsageError } from '../command.ts';
import { type Difference, differences, lackingIn } from '../differences.ts';
import { load } from '../load.ts';
import { snapshotFile, snapshotOf } from '../snapshots.ts';

export const DIFF: Command = {
  name: 'diff',
  summary: 'Say what tells two boards, or two snapshots, apart',
  operands: 'A B',
  takes: [2, 2],
  about: [
    'Compares two boards, or anything that import reads: the drawing in a repository with what traffic shows, yesterday’s manifests with today’s. Parts are the same where their names are, and edges where they join the same parts; where things stand on the board is no difference.',
    'Two snapshots are compared figure by figure, each with how sure that is: BOARD#SNAPSHOT names one in a board, by name or id, and a file that record wrote is one of its own, which --on BOARD gives names to.',
    'Lines begin with + for what only B has, - for what only A has, and ~ for what both have and differs.',
  ],
  options: {
    lacking: {
      says: 'Only say what B has and A does not draw: parts, and traffic between parts. For drawings beside traces.',
    },
    on: { value: 'BOARD', says: 'The board that snapshots in files of their own speak of.' },
    partial: { says: 'Compare what can be read where some of it can’t.' },
    json: JSON_OUT,
  },
  statuses: [
    [0, 'they are the same'],
    [1, 'they differ'],
    [2, 'one of them can’t be read, or it was called wrongly'],
  ],
  examples: [
    {
      run: 'chalkline diff architecture.json traces.json --lacking',
      says: 'In CI: fail when traffic shows what the drawing lacks.',
    },
    { run: 'chalkline diff incident.json#before incident.json#after', says: 'What became slower.' },
  ],
  run: async (args) => {
    try {
      return await diff(args);
    } catch (error) {
      // 1 says that they differ
      throw error instanceof Failure ? new Failure(error.message, 2) : error;
    }
  },
};

type Side = { board: Board | null; snapshot: Snapshot | null };

async function diff({ given, text, has }: Args): Promise<number> {
  const on = text('on') === undefined ? null : (await load([text('on')!])).board;
  const [a, b] = [await sideOf(given[0]!, on, has('partial')), await sideOf(given[1]!, on, has('partial'))];
  if (a.snapshot && b.snapshot) {
    const board = a.board ?? b.board;
    if (!board) throw new UsageError('diff: --on BOARD says what the snapshots speak of');
    return diffSnapshots(board, a.snapshot, b.snapshot, has('json'));
  }
  if (!a.board || !b.board || a.snapshot || b.snapshot)
    throw new UsageError('diff: A and B are two boards, or two snapshots');
  const found = has('lacking') ? lackingIn(a.board, b.board) : differences(a.board, b.board);
  if (has('json')) console.log(JSON.stringify(found, null, 2));
  else for (const each of found) console.log(lineOf(each));
  return found.length > 0 ? 1 : 0;
}

/** `BOARD`, `BOARD#SNAPSHOT`, or the file of a snapshot. */
async function sideOf(path: string, on: Board | null, partial: boolean): Promise<Side> {
  const [, file, named] = /^(.+)#([^#/]+)$/.exec(path) ?? [];
  if (file !== undefined) {
    const { board } = await load([file]);
    return { board, snapshot: await snapshotOf(board, named!) };
  }
  const snapshot = path.endsWith('.json') ? await snapshotFile(path).catch(() => null) : null;
  return snapshot
    ? { board: on, snapshot }
    : { board: (await load([path], { partial })).board, snapshot: null };
}

function diffSnapshots(board: Board, before: Snapshot, after: Snapshot, isJson: boolean): number {
  const comparisons = compareSnapshots(board, before, after);
  const differ = comparisons.filter(({ verdict }) => verdict !== 'same' && verdict !== "can't tell");
  if (isJson) {
    const told = comparisons.map((each) => ({ sentence: comparisonSentence(board, each), comparison: each }));
    console.log(JSON.stringify(told, null, 2));
  } else for (const each of differ) console.log(`~ ${comparisonSentence(board, each)}`);
  return differ.length > 0 ? 1 : 0;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function lineOf({ change, what, name, facts }: Difference): string {
  const said =
    facts.length === 0 ? '' : change === 'changed' ? `: ${facts.join('; ')}` : ` (${facts.join(', ')})`;
  return `${SIGNS[change]} ${what} ${name.replaceAll('\n', ' ')}${said}`;
}
