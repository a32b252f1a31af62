/** `import`: anything that describes a system → a board. */
import { readFile } from 'node:fs/promises';
import { serializeBoard } from '../../graph/index.ts';
import { type Args, type Command, OUT } from '../command.ts';
import { writeOutput } from '../files.ts';
import { boardOf, load } from '../load.ts';

export const IMPORT: Command = {
  name: 'import',
  summary: 'Read files of any known format as a board',
  operands: 'FILE…',
  takes: [1, Number.POSITIVE_INFINITY],
  about: [
    'Reads manifests, models, diagrams, traces, logs and boards, and writes the board that they describe as JSON to standard output, or to OUT, and nothing else there. Each file is recognised by its content, whatever it is called; a folder or a zip is read with all that is in it, as one system. "-" is standard input.',
    'Parts of one name are one part, so several files add up: manifests say what should run, traces what does. Nothing is drawn that no file states, and each part and edge keeps where it comes from.',
    'What had to be mended or left out is said on standard error. A file that can’t be read ends the command with one line that names the file, the place in it and the reason, and nothing is written. The same files give the same ids each time, so that a board kept in a repository changes only where they do.',
  ],
  options: {
    from: { value: 'FORMAT', says: 'Read every file as this format, whatever it looks like (see formats).' },
    onto: {
      value: 'BOARD',
      says: 'Add to this board what it lacks. What it has stays as it is, with its places, marks and notes; without -o the result goes to standard output.',
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

async function importFiles({ given, text, has }: Args): Promise<number> {
  const onto = text('onto');
  const base = onto === undefined ? null : await load([onto], { from: 'board' });
  const read = await load(given, {
    from: text('from'),
    partial: has('partial'),
    ...(onto !== undefined && { onto: await readFile(onto, 'utf8') }),
  });
  await writeOutput(text('out'), serializeBoard(await boardOf(read, base?.board ?? null)));
  return 0;
}
