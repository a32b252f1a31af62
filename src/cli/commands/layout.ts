/** `layout`: a board whose parts are placed anew. */
import { serializeBoard } from '../../graph/index.ts';
import type { Direction } from '../../layout/index.ts';
import { type Args, type Command, OUT, UsageError } from '../command.ts';
import { writeOutput } from '../files.ts';
import { layOut, loadToChange } from '../load.ts';

const DIRECTIONS: readonly Direction[] = ['RIGHT', 'DOWN', 'LEFT', 'UP'];

export const LAYOUT: Command = {
  name: 'layout',
  summary: 'Place the parts of a board anew',
  operands: 'BOARD',
  takes: [1, 1],
  about: [
    'Lays a board out from scratch, along the way its traffic flows, and writes it as JSON. Parts that are pinned or locked stay where they are, and the rest makes room for them. The same board is always laid out alike.',
  ],
  options: {
    direction: {
      short: 'd',
      value: 'WAY',
      says: 'Where traffic flows to: right, down, left or up. Right unless given.',
    },
    out: OUT,
  },
  examples: [
    {
      run: 'chalkline layout architecture.json --direction down -o architecture.json',
      says: 'From top to bottom.',
    },
  ],
  run: layout,
};

async function layout({ given: [path], text }: Args): Promise<number> {
  const wanted = (text('direction') ?? 'right').toUpperCase();
  const direction = DIRECTIONS.find((each) => each === wanted);
  if (!direction) throw new UsageError('layout: --direction is right, down, left or up');
  const board = await loadToChange(path!);
  await writeOutput(text('out'), serializeBoard(await layOut(board, direction)));
  return 0;
}
