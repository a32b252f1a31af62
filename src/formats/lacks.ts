/** What a file does not bring back of a board, counted: told by reading it, and so of this board and this format. */
import type { Board } from '../graph/index.ts';

type Count = { one: string; many: string; of: (board: Board) => number };

const size = (records: object) => Object.keys(records).length;
const nodes = (board: Board) => Object.values(board.nodes);
const both = (board: Board) => [...Object.values(board.nodes), ...Object.values(board.edges)];

/** In the order in which they are told. */
const COUNTS: readonly Count[] = [
  { one: '1 part', many: '# parts', of: ({ nodes }) => size(nodes) },
  { one: '1 connection', many: '# connections', of: ({ edges }) => size(edges) },
  { one: '1 group', many: '# groups', of: ({ groups }) => size(groups) },
  { one: '1 note', many: '# notes', of: ({ notes }) => size(notes) },
  { one: '1 suspect', many: '# suspects', of: ({ marks }) => size(marks) },
  { one: '1 experiment', many: '# experiments', of: ({ experiments }) => size(experiments) },
  { one: '1 snapshot', many: '# snapshots', of: ({ snapshots }) => size(snapshots) },
  { one: '1 event', many: '# events', of: ({ events }) => size(events) },
  { one: '1 source', many: '# sources', of: ({ sources }) => size(sources) },
  {
    one: 'the technology of 1 part',
    many: 'the technology of # parts',
    of: (board) => nodes(board).filter(({ technology }) => technology).length,
  },
  {
    one: 'how many instances 1 part has',
    many: 'how many instances # parts have',
    of: (board) => nodes(board).filter(({ instances }) => instances !== undefined).length,
  },
  {
    one: 'the settings of 1 part',
    many: 'the settings of # parts',
    of: (board) => nodes(board).filter(({ config }) => config).length,
  },
  {
    one: 'the protocol of 1 connection',
    many: 'the protocol of # connections',
    of: ({ edges }) => Object.values(edges).filter(({ protocol }) => protocol).length,
  },
  {
    one: '1 operation',
    many: '# operations',
    of: ({ edges }) =>
      Object.values(edges).reduce((sum, { operations }) => sum + (operations?.length ?? 0), 0),
  },
  {
    one: '1 description',
    many: '# descriptions',
    of: (board) => both(board).filter(({ description }) => description).length,
  },
  {
    one: '1 link',
    many: '# links',
    of: (board) => both(board).reduce((sum, { links }) => sum + (links?.length ?? 0), 0),
  },
  {
    one: 'the telemetry names of 1 part or connection',
    many: 'the telemetry names of # parts and connections',
    of: (board) => both(board).filter(({ match }) => match).length,
  },
  {
    one: 'where 1 part or connection is known from',
    many: 'where # parts and connections are known from',
    of: (board) => both(board).filter(({ origins }) => origins).length,
  },
];

/** @param after the board that was read back, @param placed whether the file says where parts stand */
export function lacksOf(before: Board, after: Board, placed: boolean): string[] {
  const lacking = COUNTS.flatMap(({ one, many, of }) => {
    const gone = of(before) - of(after);
    return gone > 0 ? [gone === 1 ? one : many.replace('#', String(gone))] : [];
  });
  if (!placed && size(before.nodes) > 0) lacking.push('where the parts stand');
  if (before.title !== after.title) lacking.push('the title');
  return lacking;
}
