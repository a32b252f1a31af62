/** `export`: a board in another program's format. */
import { FORMATS, formatOf } from '../../formats/index.ts';
import { type Args, type Command, Failure, OUT, UsageError } from '../command.ts';
import { warn, writeOutput } from '../files.ts';
import { loadBoard } from '../load.ts';

const writers = () => FORMATS.filter(({ write }) => write);

export const EXPORT: Command = {
  name: 'export',
  summary: 'Write a board in another format',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Writes the board, or any file, folder or zip that import reads, in a format that other programs know, to standard output or to OUT. What the format can’t hold is said on standard error before anything is written. "chalkline formats" lists the formats, and what each keeps. For pictures there is render.',
  ],
  options: {
    to: {
      value: 'FORMAT',
      says: 'The id of the format. Needed, unless OUT ends in a suffix that one format alone has.',
    },
    out: OUT,
  },
  examples: [
    {
      run: 'chalkline export architecture.json --to mermaid -o architecture.mmd',
      says: 'For a page that draws Mermaid.',
    },
    {
      run: 'chalkline export architecture.json --to sketch',
      says: 'As text that can be typed, to standard output.',
    },
  ],
  run: exportBoard,
};

async function exportBoard({ given: [path], text }: Args): Promise<number> {
  const format = text('to') === undefined ? formatFor(text('out')) : formatOf(text('to')!);
  const ids = writers().map(({ id }) => id);
  if (!format?.write)
    throw new UsageError(
      `export: ${text('to') === undefined ? '--to FORMAT is needed' : `nothing is written as “${text('to')}”`}. Formats: ${ids.join(', ')}; pictures are drawn by render`,
    );
  const { board } = await loadBoard(path!, true);
  if (format.loses) warn(`${format.name} leaves out ${format.loses}`);
  let content: string;
  try {
    content = format.write(board);
  } catch (error) {
    throw new Failure(
      `${path} can’t be written as ${format.name}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  await writeOutput(text('out'), content);
  return 0;
}

function formatFor(out: string | undefined) {
  const named = writers().filter(({ suffixes, suffix }) =>
    [suffix ?? suffixes[0]!].some((each) => out?.toLowerCase().endsWith(each)),
  );
  return named.length === 1 ? named[0] : undefined;
}
