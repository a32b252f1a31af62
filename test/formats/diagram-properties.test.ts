/** Written and read back, a diagram is the board it was, as far as its format holds it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/formats/index.ts';
import { type Board, loadBoard, serializeBoard } from '../../src/graph/index.ts';
import { drawable, drawn } from './diagrams.ts';
import { opened } from './drop.ts';

/** Where two parts of one name can't be: all names differ. */
const withOwnNames = (board: Board): Board => ({
  ...board,
  nodes: Object.fromEntries(
    Object.values(board.nodes).map((node, i) => [node.id, { ...node, name: `${node.name.trim()} ${i}` }]),
  ),
});

const IDS = ['mermaid', 'dot', 'structurizr', 'likec4', 'd2'];

describe.each(IDS)('%s', (id) => {
  const format = FORMATS.find((each) => each.id === id)!;
  const name = `board${format.suffixes[0]}`;
  const boards = id === 'structurizr' ? drawable.map(withOwnNames) : drawable;

  test('keeps names, kinds, technologies, groups, edges, their kinds and labels', () => {
    fc.assert(
      fc.property(boards, (board) => {
        fc.pre(Object.keys(board.nodes).length > 0);
        const text = format.write!(board);
        const read = opened(name, text);
        expect(read.format).toBe(id);
        expect(drawn(read.board, true)).toEqual(drawn(board));
        expect(loadBoard(JSON.parse(serializeBoard(read.board)), 'x')).toMatchObject({
          ok: true,
          repairs: [],
        });
      }),
      { numRuns: 300 },
    );
  });

  test('is written the same again', () => {
    fc.assert(
      fc.property(boards, (board) => {
        fc.pre(Object.keys(board.nodes).length > 0);
        const once = opened(name, format.write!(board)).board;
        expect(drawn(opened(name, format.write!(once)).board, true)).toEqual(drawn(once));
      }),
    );
  });

  test('is known by its content alone', () => {
    fc.assert(
      fc.property(boards, (board) => {
        fc.pre(Object.keys(board.nodes).length > 0);
        expect(opened('pasted.txt', format.write!(board)).format).toBe(id);
      }),
    );
  });
});
