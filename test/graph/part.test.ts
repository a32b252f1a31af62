/** Less of a board is still a board, and says nothing of what was left out. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Board,
  loadBoard,
  partOf,
  SAID,
  saidOf,
  serializeBoard,
  withoutSaid,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';

/** True where loading it again finds nothing to be mended. */
function isWhole(board: Board): boolean {
  const loaded = loadBoard(JSON.parse(serializeBoard(board)), 'unused');
  return loaded.ok && loaded.repairs.length === 0;
}

const own = { id: 'part', title: 'A part' };

it('a part is a whole board of what was chosen, the edges between, and what speaks of these', () => {
  fc.assert(
    fc.property(boardArbitrary(), fc.infiniteStream(fc.boolean()), (board, chooses) => {
      const all = [...Object.keys(board.nodes), ...Object.keys(board.notes)];
      const ids = new Set(all.filter(() => chooses.next().value));
      const part = partOf(board, own, ids);
      expect(part).toMatchObject(own);
      expect(isWhole(part)).toBe(true);
      expect([...Object.keys(part.nodes), ...Object.keys(part.notes)].filter((id) => !ids.has(id))).toEqual(
        [],
      );
      const between = Object.values(board.edges).filter((e) => ids.has(e.source) && ids.has(e.target));
      expect(Object.keys(part.edges).sort()).toEqual(between.map(({ id }) => id).sort());
      for (const { group } of Object.values(part.nodes))
        if (group) expect(part.groups).toHaveProperty([group]);
      const told = Object.values(part.snapshots).flatMap(({ readings }) => readings);
      for (const { subject } of told)
        expect(subject.type === 'node' ? part.nodes : part.edges).toHaveProperty([subject.id]);
    }),
  );
});

it('all of a board is the board', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      const ids = new Set([...Object.keys(board.nodes), ...Object.keys(board.notes)]);
      const { nodes, edges, notes, marks } = partOf(board, own, ids);
      expect({ nodes, edges, notes, marks }).toEqual({
        nodes: board.nodes,
        edges: board.edges,
        notes: board.notes,
        marks: board.marks,
      });
    }),
  );
});

it('what is left out is not said any more, and all else is', () => {
  fc.assert(
    fc.property(boardArbitrary(), fc.subarray([...SAID]), (board, left) => {
      const less = withoutSaid(board, left);
      expect(isWhole(less)).toBe(true);
      const [before, after] = [saidOf(board), saidOf(less)];
      for (const said of SAID) {
        if (left.includes(said)) expect(after[said], said).toBe(0);
        else expect(after[said], said).toBe(before[said]);
      }
      expect(Object.keys(less.nodes)).toEqual(Object.keys(board.nodes));
      expect(Object.keys(less.edges)).toEqual(Object.keys(board.edges));
      if (left.length === 0) expect(less).toBe(board);
    }),
  );
});
