/** What is said to be missing from a file is what is missing from it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatOf, lacksOf } from '../../src/formats/index.ts';
import { type Board, emptyBoard } from '../../src/graph/index.ts';
import { drawnBoard } from '../arbitraries/drawn.ts';
import { opened } from './drop.ts';

function shop(): Board {
  const board = emptyBoard('b', 'Shop');
  for (const [i, name] of ['web', 'cart', 'db'].entries())
    board.nodes[name] = { id: name, name, kind: 'service', position: [i * 240, 0], instances: 2 };
  board.edges.e = { id: 'e', source: 'web', target: 'cart', kind: 'call', protocol: 'gRPC' };
  for (const id of ['n1', 'n2', 'n3'])
    board.notes[id] = { id, text: id, position: [0, 300], size: [100, 60] };
  for (const id of ['web', 'cart'])
    board.marks[id] = { id, subject: { type: 'node', id }, status: 'suspected', at: 0 };
  return board;
}

function lacks(format: string, board: Board): string[] {
  const { write, suffix, suffixes } = formatOf(format)!;
  const read = opened(`board${suffix ?? suffixes[0]}`, write!(board));
  return lacksOf(board, read.board, read.placed ?? format === 'link');
}

it('is counted: three notes, two suspects, a part without a connection', () => {
  const board = shop();
  expect(lacks('mermaid', board)).toEqual(
    expect.arrayContaining([
      '3 notes',
      '2 suspects',
      'how many instances 3 parts have',
      'where the parts stand',
    ]),
  );
  const csv = lacks('csv', board);
  expect(csv).toEqual(expect.arrayContaining(['1 part', '3 notes']));
  expect(csv).not.toContain('the protocol of 1 connection');
  const nodes = lacks('csv-nodes', board);
  expect(nodes).toContain('1 connection');
  expect(nodes).not.toContain('1 part');
});

it('a format that keeps everything lacks nothing, and one that draws keeps what it draws', () => {
  fc.assert(
    fc.property(drawnBoard, (board) => {
      expect(lacks('link', board)).toEqual([]);
      const drawn = lacks('drawio', board).join('\n');
      expect(drawn).not.toMatch(/^\d+ (parts?|connections?|notes?)$|where the parts stand/m);
    }),
    { numRuns: 30 },
  );
});
