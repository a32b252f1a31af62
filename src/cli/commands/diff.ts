/** `diff`: what tells two boards, or two snapshots, apart. */
import { compareSnapshots, comparisonSentence } from '../../analysis/index.ts';
import type { Board, Snapshot } from '../../graph/index.ts';
import { type Args, type Command, Failure, JSON_OUT, UsageError } from '../command.ts';
import { type Difference, differences, lackingIn } from '../differences.ts';
import { warn } from '../files.ts';
import { load, loadBoard } from '../load.ts';
import { snapshotApart, snapshotFile, snapshotOf, spokenOn } from '../snapshots.ts';

export const DIFF: Command = {
  name: 'diff',
  summary: 'Say what tells two boards, or two snapshots, apart',
  operands: 'A B',
  takes: [2, 2],
  about: [
    'Compares two boards, or anything that import reads: the drawing in a repository with what traffic shows, yesterday’s manifests with today’s. Parts are the same where their names are, and edges where they join the same parts; where things stand on the board is no difference.',
    'Two snapshots are compared figure by figure, each with how sure that is: BOARD#SNAPSHOT names one in a board, by name or id. With --on BOARD both may also be files with figures in them, of which those are compared that are drawn on it: what record wrote, traces, logs.',
    'Lines begin with + for what only B has, - for what only A has, and ~ for what both have and differs.',
  ],
  options: {
    lacking: {
      says: 'Only say what B has and A does not draw: parts, and traffic between parts. For drawings beside traces.',
    },
    on: {
      value: 'BOARD',
      says: 'Compare figures, of what is on this board; A and B are snapshots in it, or files.',
    },
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
    {
      run: 'chalkline diff --on architecture.json monday.json tuesday.json',
      says: 'The same of two trace files.',
    },
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

async function diff({ given: [first, second], text, has }: Args): Promise<number> {
  const on = text('on');
  if (on !== undefined) {
    const { board } = await loadBoard(on, false);
    const [before, after] = [await snapshotOf(board, first!), await snapshotOf(board, second!)];
    return diffSnapshots(board, before, after, has('json'));
  }
  const [a, b] = [await sideOf(first!, has('partial')), await sideOf(second!, has('partial'))];
  if (a.snapshot && b.snapshot) {
    const board = a.board ?? b.board;
    if (!board) throw new UsageError('diff: --on BOARD says what the snapshots speak of');
    const after = a.board && b.board ? spokenOn(a.board, b.board, b.snapshot, second!) : b.snapshot;
    return diffSnapshots(board, a.snapshot, after, has('json'));
  }
  if (!a.board || !b.board || a.snapshot || b.snapshot)
    throw new UsageError('diff: A and B are two boards, or two snapshots');
  const found = has('lacking') ? lackingIn(a.board, b.board) : differences(a.board, b.board);
  if (has('json')) console.log(JSON.stringify(found, null, 2));
  else for (const each of found) console.log(lineOf(each));
  return found.length > 0 ? 1 : 0;
}

/** `BOARD`, `BOARD#SNAPSHOT`, or the file of a snapshot. */
async function sideOf(path: string, partial: boolean): Promise<Side> {
  const apart = await snapshotApart(path);
  if (apart) {
    const { board } = await loadBoard(apart.file, false);
    return { board, snapshot: await snapshotOf(board, apart.name) };
  }
  const snapshot = path.endsWith('.json') ? await snapshotFile(path) : null;
  return snapshot
    ? { board: null, snapshot }
    : { board: (await load([path], { partial })).board, snapshot: null };
}

function diffSnapshots(board: Board, before: Snapshot, after: Snapshot, isJson: boolean): number {
  const comparisons = compareSnapshots(board, before, after);
  if (comparisons.length === 0)
    throw new Failure('Nothing is measured in both snapshots, so nothing can be said of them.');
  const unsure = comparisons.filter(({ verdict }) => verdict === "can't tell").length;
  const differ = comparisons.filter(({ verdict }) => verdict !== 'same' && verdict !== "can't tell");
  if (isJson) {
    const told = comparisons.map((each) => ({ sentence: comparisonSentence(board, each), comparison: each }));
    console.log(JSON.stringify(told, null, 2));
  } else {
    for (const each of differ) console.log(`~ ${comparisonSentence(board, each)}`);
    if (unsure > 0) warn(`of ${unsure} of ${comparisons.length} figures it can’t be told; --json says why`);
  }
  return differ.length > 0 ? 1 : 0;
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

function lineOf({ change, what, name, facts }: Difference): string {
  const said =
    facts.length === 0 ? '' : change === 'changed' ? `: ${facts.join('; ')}` : ` (${facts.join(', ')})`;
  return `${SIGNS[change]} ${what} ${name.replaceAll('\n', ' ')}${said}`;
}
