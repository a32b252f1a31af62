/** `import`: anything that describes a system → a board. */
import { resolve } from 'node:path';
import { serializeBoard } from '../../graph/index.ts';
import { type Args, type Command, Failure, OUT, UsageError } from '../command.ts';
import { warn, writeOutput } from '../files.ts';
import { boardOf, load, loadToChange } from '../load.ts';
import { takenOnto } from '../review.ts';

export const IMPORT: Command = {
  name: 'import',
  summary: 'Read files of any known format as a board',
  operands: 'FILE…',
  takes: [1, Number.POSITIVE_INFINITY],
  about: [
    'Reads manifests, models, diagrams, traces, logs and boards, and writes the board that they describe as JSON to standard output, or to OUT, and nothing else there. Each file is recognised by its content, whatever it is called; a folder or a zip is read with all that is in it, as one system. "-" is standard input.',
    'Parts of one name are one part, so several files add up: manifests say what should run, traces what does. Nothing is drawn that no file states, and each part and edge keeps where it comes from.',
    'Onto a board, parts are known again by their names, by other names of theirs, and by the address that a name is part of; that last is told, as is what the files no longer say. Where they are of traffic, so are the edges that nobody had drawn, and those that are drawn and were not seen. Reading the same files onto it again changes nothing.',
    'What had to be mended or left out is said on standard error. A file that can’t be read ends the command with one line that names the file, the place in it and the reason, and nothing is written. The same files give the same ids each time, so that a board kept in a repository changes only where they do.',
  ],
  options: {
    from: { value: 'FORMAT', says: 'Read every file as this format, whatever it looks like (see formats).' },
    onto: {
      value: 'BOARD',
      says: 'Add to this board what it lacks. What it has stays as it is, with its places, marks and notes; without -o the result goes to standard output.',
    },
    match: {
      value: 'NAME=PART',
      many: true,
      says: 'With --onto: the part that the files call NAME is PART of the board, and goes by both names from now on; without PART it is a new one.',
    },
    prune: {
      says: 'With --onto: take off the board what these files said before, and nobody else does, and they don’t say any more. What is marked stays, and everything does where not all of the files could be read. A file is known again by its path, as it is given here.',
    },
    partial: { says: 'Take what can be read where some of the files, or parts of them, can’t.' },
    out: OUT,
  },
  examples: [
    { run: 'chalkline import compose.yaml -o architecture.json', says: 'Draw what a compose file states.' },
    {
      run: 'chalkline import traces.json --onto architecture.json -o architecture.json',
      says: 'Add what traffic shows to the board that is kept in the repository.',
    },
    { run: 'cat system.sketch | chalkline import - > board.json', says: 'Read standard input.' },
  ],
  run: importFiles,
};

async function importFiles({ given, text, has, all }: Args): Promise<number> {
  const [onto, out] = [text('onto'), text('out')];
  if (onto === undefined && (has('prune') || all('match').length > 0))
    throw new UsageError('import: --match and --prune go with --onto BOARD');
  const base = onto === undefined ? null : await loadToChange(onto, 'board');
  const read = await load(given, {
    from: text('from'),
    partial: has('partial'),
    ...(base && { onto: serializeBoard(base) }),
  });
  // a slip that would cost somebody a manifest
  const isAnew = read.whole && /\.json$/i.test(out ?? '');
  if (out !== undefined && !isAnew && given.some((path) => resolve(path) === resolve(out)))
    throw new Failure(`${out} can’t be written: it is one of the files that are read.`);
  const taken = base && takenOnto(base, read, all('match'), has('prune'));
  const isBare = base !== null && Object.keys(base.nodes).length === 0;
  const board = taken && !isBare ? taken.board : await boardOf(read, base);
  for (const remark of taken?.remarks ?? []) warn(remark);
  await writeOutput(out, serializeBoard(board));
  return 0;
}
