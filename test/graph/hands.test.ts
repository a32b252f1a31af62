import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALIGNMENTS,
  addNeighbour,
  align,
  applyPatch,
  type Board,
  type BoardNode,
  clipOf,
  distribute,
  emptyBoard,
  findReplacements,
  type Id,
  isBehind,
  move,
  nodeRect,
  nodeTowards,
  overlaps,
  type Patch,
  type Point,
  parseClip,
  paste,
  readingOrder,
  remove,
  replaceNames,
  restack,
  serializeClip,
  setLocked,
  stackedNotes,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { stepsArbitrary } from '../arbitraries/changes.ts';
import { wrongWith } from './valid.ts';

const apply = (board: Board, patch: Patch) => applyPatch(board, patch).board;
const node = (id: Id, x: number, y: number, more: Partial<BoardNode> = {}): BoardNode => ({
  id,
  name: id,
  kind: 'service',
  position: [x, y],
  ...more,
});
function boardOf(...nodes: BoardNode[]): Board {
  return { ...emptyBoard('b'), nodes: Object.fromEntries(nodes.map((each) => [each.id, each])) };
}
const counter = () => {
  let n = 0;
  return () => `new ${n++}`;
};
const x = (board: Board, id: Id) => (board.nodes[id] ?? board.notes[id])!.position[0];
const y = (board: Board, id: Id) => (board.nodes[id] ?? board.notes[id])!.position[1];
const single = (...ids: Id[]) => ids.map((id) => [id]);

describe('a new neighbour', () => {
  it('stands clear of all there is, joined, on the side that was asked for', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('left', 'right', 'up', 'down'),
        fc.integer({ min: 1, max: 14 }),
        (heading, times) => {
          let board = boardOf(node('a', 0, 0));
          for (let i = 0; i < times; i++) {
            board = apply(board, addNeighbour(board, { node: `n${i}`, edge: `e${i}`, from: 'a', heading }));
            const [dx, dy] = [x(board, `n${i}`), y(board, `n${i}`)];
            const ahead = { left: -dx, right: dx, up: -dy, down: dy }[heading];
            expect(ahead).toBeGreaterThan(72);
          }
          const all = Object.values(board.nodes).map(nodeRect);
          for (const [i, a] of all.entries())
            for (const b of all.slice(i + 1)) expect(overlaps(a, b)).toBe(false);
          expect(Object.values(board.edges).map(({ source, target }) => [source, target])).toEqual(
            Array.from({ length: times }, (_, i) => ['a', `n${i}`]),
          );
        },
      ),
    );
  });

  it('is what most likely comes next, in the same group', () => {
    const start = {
      ...boardOf(node('q', 0, 0, { kind: 'queue', group: 'g' })),
      groups: { g: { id: 'g', name: 'G' } },
    };
    const board = apply(start, addNeighbour(start, { node: 'n', edge: 'e', from: 'q', heading: 'right' }));
    expect(board.nodes.n).toMatchObject({ kind: 'worker', group: 'g' });
    expect(board.edges.e).toMatchObject({ source: 'q', target: 'n', kind: 'consume' });
  });
});

describe('walking', () => {
  const joined = {
    ...boardOf(node('a', 0, 0), node('near', 250, 0), node('far', 700, 60), node('below', 0, 400)),
    edges: { e: { id: 'e', source: 'far', target: 'a', kind: 'call' as const } },
  };

  it('follows edges first, whichever way they point, then goes to the nearest', () => {
    expect(nodeTowards(joined, 'a', 'right')).toBe('far');
    expect(nodeTowards(joined, 'far', 'left')).toBe('a');
    expect(nodeTowards(joined, 'near', 'right')).toBe('far');
    expect(nodeTowards(joined, 'a', 'down')).toBe('below');
    expect(nodeTowards(joined, 'a', 'left')).toBe(null);
    expect(nodeTowards(joined, 'nobody', 'left')).toBe(null);
  });

  it('reads every node once, line by line', () => {
    expect(readingOrder(joined)).toEqual(['a', 'near', 'far', 'below']);
    fc.assert(
      fc.property(boardArbitrary(), (board) => {
        expect([...readingOrder(board)].sort()).toEqual(Object.keys(board.nodes).sort());
      }),
    );
  });
});

describe('copies', () => {
  it('copy, paste, delete leaves the board as it was; through text, too', () => {
    fc.assert(
      fc.property(boardArbitrary(), fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), (board, [a, b, c]) => {
        const some = (records: object, keep: number) => Object.keys(records).filter((_, i) => i % 10 <= keep);
        const clip = clipOf(board, {
          nodes: some(board.nodes, a),
          notes: some(board.notes, b),
          groups: some(board.groups, c),
        });
        const read = parseClip(serializeClip(clip));
        expect(read).toEqual(clip);
        const copies = paste(board, { clip: read!, newId: counter(), at: [10, 20] });
        const pasted = applyPatch(board, copies.patch);
        expect(pasted.refused).toEqual([]);
        expect(wrongWith(pasted.board)).toEqual([]);
        expect(copies.nodes).toHaveLength(Object.keys(clip.nodes).length);
        expect(Object.keys(pasted.board.edges)).toHaveLength(
          Object.keys(board.edges).length + Object.keys(clip.edges).length,
        );
        // copies are joined to copies, and stand in copied groups where those came along
        for (const edge of Object.values(copies.patch.edges!.added!))
          expect(copies.nodes).toEqual(expect.arrayContaining([edge.source, edge.target]));
        const grouped = (nodes: Iterable<BoardNode>, groups: readonly Id[]) =>
          [...nodes].filter(({ group }) => group !== undefined && groups.includes(group)).length;
        expect(grouped(Object.values(copies.patch.nodes!.added!), copies.groups)).toBe(
          grouped(Object.values(clip.nodes), Object.keys(clip.groups)),
        );
        expect(apply(pasted.board, remove(pasted.board, copies))).toEqual(board);
      }),
    );
  });

  it('keeps names unless they are taken, and then what telemetry calls them only once', () => {
    const start = {
      ...boardOf(
        node('cart', 0, 0, { match: { names: ['cart-svc'] }, pinned: true, locked: true }),
        node('x 2', 300, 0),
      ),
      edges: { e: { id: 'e', source: 'cart', target: 'x 2', kind: 'call' as const } },
    };
    const clip = clipOf(start, { nodes: ['cart', 'x 2'], notes: [], groups: [] });
    const once = paste(start, { clip, newId: counter(), at: [500, 500] });
    const board = apply(start, once.patch);
    const [copy, other] = once.nodes.map((id) => board.nodes[id]!);
    expect([copy!.name, other!.name]).toEqual(['cart 2', 'x 3']);
    expect(Object.keys(copy!).sort()).toEqual(['id', 'kind', 'name', 'position']);
    expect(other!.position[0] - copy!.position[0]).toBe(300);
    const elsewhere = paste(emptyBoard('c'), { clip, newId: counter(), at: [0, 0] });
    expect(Object.values(elsewhere.patch.nodes!.added!)[0]).toMatchObject({
      name: 'cart',
      match: { names: ['cart-svc'] },
    });
  });

  it('never covers exactly what stands there', () => {
    const start = boardOf(node('a', 0, 0));
    const clip = clipOf(start, { nodes: ['a'], notes: [], groups: [] });
    const newId = counter();
    let board = start;
    for (let i = 0; i < 4; i++) board = apply(board, paste(board, { clip, newId, at: [92, 36] }).patch);
    expect(Object.values(board.nodes).map(({ position }) => position)).toEqual(
      [0, 32, 64, 96, 128].map((d) => [d, d]),
    );
  });

  it('takes no other text for a clip', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseClip(text) === null));
  });
});

describe('arranging', () => {
  const three = boardOf(node('a', 0, 0), node('b', 50, 300), node('c', 400, 500, { kind: 'queue' }));

  it('lines up along each side and middle', () => {
    const to = (alignment: (typeof ALIGNMENTS)[number]) =>
      apply(three, align(three, { units: single('a', 'b', 'c'), to: alignment }));
    expect(['a', 'b', 'c'].map((id) => x(to('left'), id))).toEqual([0, 0, 0]);
    expect(['a', 'b', 'c'].map((id) => x(to('right'), id))).toEqual([400, 400, 400]);
    expect(['a', 'b', 'c'].map((id) => x(to('centre'), id))).toEqual([200, 200, 200]);
    expect(['a', 'b', 'c'].map((id) => y(to('bottom'), id))).toEqual([484, 484, 500]);
    expect(['a', 'b', 'c'].map((id) => y(to('middle'), id))).toEqual([242, 242, 250]);
  });

  it('lines up with what is locked', () => {
    const locked = apply(three, setLocked(three, { ids: ['b'], locked: true }));
    const aligned = apply(locked, align(locked, { units: single('a', 'b', 'c'), to: 'left' }));
    expect(['a', 'b', 'c'].map((id) => x(aligned, id))).toEqual([50, 50, 50]);
  });

  it('stays on the board beside what is locked at its very edge', () => {
    const board: Board = {
      ...boardOf(node('a', -1e7, 0, { locked: true })),
      notes: { wide: { id: 'wide', text: '', position: [0, 0], size: [900, 96] } },
    };
    const after = applyPatch(board, align(board, { units: single('a', 'wide'), to: 'centre' }));
    expect(after.refused).toEqual([]);
    expect(x(after.board, 'wide')).toBe(-1e7);
  });

  it('makes gaps equal, and keeps what belongs together together', () => {
    const board = boardOf(node('a', 0, 0), node('b', 200, 0), node('c', 900, 0), node('d', 190, 90));
    const spread = apply(board, distribute(board, { units: [['a'], ['b', 'd'], ['c']], axis: 'horizontal' }));
    expect(x(spread, 'b') - x(spread, 'd')).toBe(10);
    expect(x(spread, 'd') - 184).toBe(900 - x(spread, 'b') - 184);
  });

  it('aligning twice changes nothing more', () => {
    fc.assert(
      fc.property(boardArbitrary(), fc.constantFrom(...ALIGNMENTS), (board, to) => {
        const units = single(...Object.keys(board.nodes));
        const once = apply(board, align(board, { units, to }));
        const twice = apply(once, align(once, { units, to }));
        for (const id in once.nodes) {
          expect(Math.abs(x(twice, id) - x(once, id))).toBeLessThanOrEqual(1);
          expect(Math.abs(y(twice, id) - y(once, id))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('locks', () => {
  it('hold through any mix of commands, and only unlocking ends them', () => {
    fc.assert(
      fc.property(boardArbitrary(), stepsArbitrary, (start, steps) => {
        let board = start;
        for (const [i, step] of steps.entries()) {
          const next = apply(board, step.run(board, `step ${i}`));
          const unlocks = step.does.startsWith('lock') && step.does.endsWith('false]');
          for (const collection of ['nodes', 'notes'] as const)
            for (const record of Object.values(board[collection])) {
              if (!record.locked) continue;
              expect(next[collection][record.id]?.position).toEqual(record.position);
              if (!unlocks) expect(next[collection][record.id]?.locked).toBe(true);
            }
          // a pin holds against layout only: what may move it is the hand that moves it
          if (!/^(move|align|distribute) /.test(step.does))
            for (const { id, pinned, position } of Object.values(board.nodes))
              if (pinned && next.nodes[id]) expect(next.nodes[id].position).toEqual(position);
          board = next;
        }
      }),
    );
  });

  it('hold against moving and deleting, for notes as for nodes', () => {
    const start: Board = {
      ...boardOf(node('a', 0, 0)),
      notes: { n: { id: 'n', text: '', position: [5, 5], size: [100, 100] } },
    };
    const locked = apply(start, setLocked(start, { ids: ['a', 'n'], locked: true }));
    expect(apply(locked, move(locked, { positions: { a: [9, 9], n: [9, 9] } }))).toBe(locked);
    expect(apply(locked, remove(locked, { nodes: ['a'], notes: ['n'] }))).toBe(locked);
    expect(apply(locked, setLocked(locked, { ids: ['a', 'n'], locked: false }))).toEqual(start);
  });
});

describe('notes over one another', () => {
  const order = (board: Board) => stackedNotes(board).map(({ id }) => id);

  it('are brought to the front and sent to the back, behind the cards, keeping their order', () => {
    const note = (id: string) => ({ id, text: id, position: [0, 0] as Point, size: [100, 100] as Point });
    let board: Board = { ...boardOf(), notes: { a: note('a'), b: note('b'), c: note('c') } };
    const put = (to: 'front' | 'back', ...notes: Id[]) => {
      board = apply(board, restack(board, { notes, to }));
    };
    put('front', 'b', 'a');
    expect(order(board)).toEqual(['c', 'a', 'b']);
    expect(Object.values(board.notes).filter(isBehind)).toEqual([]);
    put('back', 'b');
    expect(order(board)).toEqual(['b', 'c', 'a']);
    expect(Object.values(board.notes).filter(isBehind)).toEqual([board.notes.b]);
    put('front', 'b');
    expect(order(board)).toEqual(['c', 'a', 'b']);
    expect(board.notes.c).toEqual(note('c'));
  });

  it('are where they were sent, whatever the board, and the second time changes nothing', () => {
    fc.assert(
      fc.property(boardArbitrary(), fc.nat(7), fc.constantFrom('front', 'back'), (board, bits, to) => {
        const notes = Object.keys(board.notes).filter((_, i) => (bits >> (i % 3)) & 1);
        const next = apply(board, restack(board, { notes, to }));
        const rest = order(board).filter((id) => !notes.includes(id));
        const sent = order(board).filter((id) => notes.includes(id));
        expect(order(next)).toEqual(to === 'front' ? [...rest, ...sent] : [...sent, ...rest]);
        for (const id of sent) expect(isBehind(next.notes[id]!)).toBe(to === 'back');
        expect(apply(next, restack(next, { notes, to }))).toBe(next);
      }),
    );
  });
});

describe('replacing in names', () => {
  const board = {
    ...boardOf(
      node('1', 0, 0, { name: 'Cart-service' }),
      node('2', 0, 0, { name: 'cart$&' }),
      node('3', 0, 0, { name: 'db' }),
    ),
    groups: { g: { id: 'g', name: 'the cart' } },
  };
  const names = ({ nodes, groups }: Board) =>
    [...Object.values(nodes), ...Object.values(groups)].map(({ name }) => name);

  it('takes every text as it is typed', () => {
    const replaced = (find: string, replace: string, matchCase = false) =>
      names(apply(board, replaceNames(board, { find, replace, matchCase })));
    expect(replaced('cart', 'basket')).toEqual(['basket-service', 'basket$&', 'db', 'the basket']);
    expect(replaced('cart', 'basket', true)).toEqual(['Cart-service', 'basket$&', 'db', 'the basket']);
    expect(replaced('$&', '$1')).toEqual(['Cart-service', 'cart$1', 'db', 'the cart']);
    expect(replaced('', 'x')).toEqual(names(board));
  });

  it('leaves no part without a name, and says so', () => {
    const found = findReplacements(board, { find: 'DB', replace: '', matchCase: false });
    expect(found).toEqual([{ collection: 'nodes', id: '3', from: 'db', to: '', fault: 'empty' }]);
    expect(apply(board, replaceNames(board, { find: 'db', replace: '', matchCase: false }))).toBe(board);
  });
});
