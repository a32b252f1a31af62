/** `export`: a board in another program's format. */
import { FORMATS, type Format, formatOf, lacksOf, readFile, suffixOf } from '../../formats/index.ts';
import type { Board } from '../../graph/index.ts';
import { type Args, type Command, Failure, OUT, UsageError } from '../command.ts';
import { STDIN, warn, writeOutput } from '../files.ts';
import { namedLike } from '../likeness.ts';
import { loadBoard } from '../load.ts';

/** Pictures say that they are written, and are drawn by another command. */
const isPicture = ({ write, writes }: Format) => write === undefined && writes !== undefined;
const writers = () => FORMATS.filter((format) => format.write || isPicture(format));

export const EXPORT: Command = {
  name: 'export',
  summary: 'Write a board in another format',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Writes the board, or any file, folder or zip that import reads, in a format that other programs know, to standard output or to OUT. What of this board the format can’t hold is said on standard error before anything is written. "chalkline formats" lists the formats, and what each keeps. Pictures are drawn as render draws them when it is told nothing else.',
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

async function exportBoard({ given, text }: Args): Promise<number> {
  const [path] = given;
  const [to, out] = [text('to'), text('out')];
  const format = to === undefined ? formatFor(out) : formatOf(to);
  const ids = writers().map(({ id }) => id);
  if (!format || !ids.includes(format.id))
    throw new UsageError(
      `export: ${to === undefined ? '--to FORMAT is needed' : `nothing is written as “${to}”${namedLike(to, ids)}`}. Formats: ${ids.join(', ')}`,
    );
  if (!format.write) {
    const drawnTo = out ?? (format.id === 'svg' ? STDIN : undefined);
    if (drawnTo !== STDIN && !drawnTo?.toLowerCase().endsWith(`.${format.id}`))
      throw new UsageError(`export: a picture of that kind needs -o OUT.${format.id}`);
    const { RENDER } = await import('./render.ts');
    return RENDER.run({
      given,
      text: (option) => (option === 'out' ? drawnTo : undefined),
      all: () => [],
      has: () => false,
    });
  }
  const { board } = await loadBoard(path!, true);
  let content: string;
  try {
    content = format.write(board);
  } catch (error) {
    throw new Failure(
      `${path} can’t be written as ${format.name}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  const lost = lostBy(format, content, board);
  if (lost) warn(`${format.name} leaves out ${lost}`);
  if (format.id === 'link')
    warn(
      `${content.trim().length} characters; whoever has the link reads all of the board: notes, settings and names of hosts, too`,
    );
  await writeOutput(out, content);
  return 0;
}

/** Of this board, told by reading it again; of any, where it can't be read here; null for nothing. */
function lostBy(format: Format, content: string, board: Board): string | null {
  const { id, loses } = format;
  if (!loses) return null;
  const file = { name: `board${suffixOf(format)}`, bytes: new TextEncoder().encode(content) };
  let count = 0;
  const again = readFile(file, { newId: () => `read-${count++}`, now: 0 }, id);
  if (!again.ok) return loses;
  const lacks = lacksOf(board, again.board, again.placed ?? false);
  return lacks.length > 0 ? `of this board: ${lacks.join(', ')}` : null;
}

function formatFor(out: string | undefined) {
  const name = out?.toLowerCase() ?? '';
  const named = writers().filter((format) => suffixOf(format) !== '' && name.endsWith(suffixOf(format)));
  return named.length === 1 ? named[0] : undefined;
}
