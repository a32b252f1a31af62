import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyPatch,
  type Board,
  diffBoards,
  emptyBoard,
  invertPatch,
  isEmptyPatch,
  type Patch,
  parsePatch,
  sameValue,
  squashPatches,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { adversarialPatch, type Step, stepsArbitrary } from '../arbitraries/changes.ts';
import { wrongWith } from './valid.ts';

/** Runs steps one after the other; the patches are those that really happened. */
function play(board: Board, steps: readonly Step[], writer = 'w'): { board: Board; patches: Patch[] } {
  const patches: Patch[] = [];
  let now = board;
  for (const [i, step] of steps.entries()) {
    const applied = applyPatch(now, step.run(now, `${writer}${i}`));
    expect(applied.refused).toEqual([]);
    now = applied.board;
    patches.push(applied.patch);
  }
  return { board: now, patches };
}

/** The board with nothing shared and nothing frozen in time: for proving that inputs are not written to. */
const frozen = (board: Board): Board => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  };
  freeze(board);
  return board;
};

test('commands leave a valid board, and write to nothing they are given', () => {
  fc.assert(
    fc.property(boardArbitrary(), stepsArbitrary, (board, steps) => {
      expect(wrongWith(play(frozen(board), steps).board)).toEqual([]);
    }),
  );
});

test('what really happened, taken back, restores the board; done again, it is the later board', () => {
  fc.assert(
    fc.property(boardArbitrary(), stepsArbitrary, (board, steps) => {
      const played = play(board, steps);
      const all = squashPatches(played.patches);
      const back = applyPatch(played.board, invertPatch(all)).board;
      expect(back).toEqual(board);
      expect(applyPatch(back, all).board).toEqual(played.board);
    }),
  );
});

test('squashed patches do what they do one by one, however they are grouped', () => {
  fc.assert(
    fc.property(boardArbitrary(), stepsArbitrary, fc.nat(12), (board, steps, cut) => {
      const { board: later, patches } = play(board, steps);
      const [head, tail] = [squashPatches(patches.slice(0, cut)), squashPatches(patches.slice(cut))];
      expect(applyPatch(applyPatch(board, head).board, tail).board).toEqual(later);
      expect(applyPatch(board, squashPatches([head, tail])).board).toEqual(later);
      expect(applyPatch(board, squashPatches(patches)).board).toEqual(later);
    }),
  );
});

test('a patch and its inverse squash to nothing', () => {
  fc.assert(
    fc.property(boardArbitrary(), boardArbitrary(), (one, two) => {
      const patch = diffBoards(one, { ...two, id: one.id });
      expect(squashPatches([patch, invertPatch(patch)])).toEqual({});
      expect(invertPatch(invertPatch(patch))).toEqual(patch);
    }),
  );
});

test('the difference of two boards leads from one to the other and back', () => {
  fc.assert(
    fc.property(boardArbitrary(), boardArbitrary(), (one, other) => {
      const two = { ...other, id: one.id };
      const patch = diffBoards(one, two);
      const applied = applyPatch(one, patch);
      expect(applied.board).toEqual(two);
      expect(applied.patch).toEqual(patch);
      expect(applyPatch(two, invertPatch(patch)).board).toEqual(one);
      expect(isEmptyPatch(patch)).toBe(sameValue(one, two));
    }),
  );
});

test('whatever a patch says, the board stays valid', () => {
  fc.assert(
    fc.property(
      boardArbitrary({ nodes: 3 }),
      fc.array(adversarialPatch, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      (start, patches, ifUnchanged) => {
        let board = start;
        for (const patch of patches) {
          const applied = applyPatch(board, patch, { ifUnchanged });
          expect(wrongWith(applied.board)).toEqual([]);
          expect(diffBoards(board, applied.board)).toEqual(applied.patch);
          board = applied.board;
        }
        expect(({} as Record<string, unknown>).id).toBeUndefined();
      },
    ),
    { numRuns: 500 },
  );
});

test('patches of two writers, computed from one board, leave a valid board in either order', () => {
  fc.assert(
    fc.property(boardArbitrary(), stepsArbitrary, stepsArbitrary, (board, one, two) => {
      const ones = play(board, one, 'one').patches;
      const twos = play(board, two, 'two').patches;
      const run = (patches: Patch[]) => patches.reduce((now, patch) => applyPatch(now, patch).board, board);
      const shuffled = ones
        .flatMap((patch, i) => (twos[i] ? [patch, twos[i]] : [patch]))
        .concat(twos.slice(ones.length));
      for (const order of [[...ones, ...twos], [...twos, ...ones], shuffled])
        expect(wrongWith(run(order))).toEqual([]);
    }),
  );
});

test('two writers that change different fields of one node both have their way', () => {
  const board = applyPatch(emptyBoard('b'), {
    nodes: { added: { n: { id: 'n', name: 'n', kind: 'service', position: [0, 0] } } },
  }).board;
  const node = board.nodes.n!;
  const rename: Patch = { nodes: { updated: { n: [node, { ...node, name: 'cart' }] } } };
  const drag: Patch = { nodes: { updated: { n: [node, { ...node, position: [9, 9] }] } } };
  const either = [
    [rename, drag],
    [drag, rename],
  ].map((order) => order.reduce((now, patch) => applyPatch(now, patch).board, board));
  expect(either[0]).toEqual(either[1]);
  expect(either[0]!.nodes.n).toEqual({ ...node, name: 'cart', position: [9, 9] });
});

test('what the schema does not allow is refused by itself, with the path; the rest is applied', () => {
  const applied = applyPatch(emptyBoard('b', 'Kept'), {
    title: ['Kept', 'x'.repeat(401)],
    nodes: {
      added: {
        good: { id: 'good', name: 'good', kind: 'service', position: [0, 0] },
        far: { id: 'far', name: 'far', kind: 'service', position: [Number.NaN, 0] },
        alias: { id: 'other', name: 'alias', kind: 'service', position: [0, 0] },
      },
    },
  });
  expect(Object.keys(applied.board.nodes)).toEqual(['good']);
  expect(applied.board.title).toBe('Kept');
  expect(applied.refused.map(({ path }) => path)).toEqual([
    'title',
    'nodes.far.position.0',
    'nodes.alias.id',
  ]);
});

test('a source that one writer makes another type of, and another edits, stays of one type', () => {
  const simulator = { id: 's', type: 'simulator', name: 'Sim', seed: 1 } as const;
  const prometheus = {
    id: 's',
    type: 'prometheus',
    name: 'Prom',
    url: 'http://localhost:9090',
    interval: 5000,
    window: 60_000,
  } as const;
  const board: Board = { ...emptyBoard('b'), sources: { s: simulator } };
  const retype: Patch = { sources: { updated: { s: [simulator, prometheus] } } };
  const reseed: Patch = { sources: { updated: { s: [simulator, { ...simulator, seed: 2 }] } } };
  for (const order of [
    [retype, reseed],
    [reseed, retype],
  ])
    expect(order.reduce((now, patch) => applyPatch(now, patch).board, board).sources.s).toEqual(prometheus);
});

test('a snapshot taken away leaves the experiments that named it, without its name', () => {
  const start: Board = {
    ...emptyBoard('b'),
    nodes: { n: { id: 'n', name: 'n', kind: 'cache', position: [0, 0] } },
    snapshots: {
      s: { id: 's', name: 's', at: 1, window: 1, readings: [] },
      t: { id: 't', name: 't', at: 1, window: 1, readings: [] },
    },
    experiments: {
      e: { id: 'e', part: { type: 'node', id: 'n' }, action: 'stopped', at: 1, before: 's', after: 't' },
    },
  };
  const applied = applyPatch(start, { snapshots: { removed: { s: start.snapshots.s! } } });
  expect(applied.board.experiments.e).toEqual({
    id: 'e',
    part: { type: 'node', id: 'n' },
    action: 'stopped',
    at: 1,
    after: 't',
  });
  expect(applyPatch(applied.board, invertPatch(applied.patch)).board).toEqual(start);
});

test('nothing changed: the same board, an empty patch', () => {
  fc.assert(
    fc.property(boardArbitrary(), (board) => {
      const node = Object.values(board.nodes)[0];
      const patch: Patch = node ? { nodes: { updated: { [node.id]: [node, { ...node }] } } } : {};
      expect(applyPatch(board, patch).board).toBe(board);
      expect(isEmptyPatch(applyPatch(board, patch).patch)).toBe(true);
    }),
  );
});

test('a patch that happened is read back from JSON as it was; what is not a patch is refused with its path', () => {
  fc.assert(
    fc.property(boardArbitrary(), stepsArbitrary, (board, steps) => {
      for (const patch of play(board, steps).patches)
        expect(parsePatch(JSON.parse(JSON.stringify(patch)))).toEqual({ ok: true, patch });
    }),
  );
  fc.assert(fc.property(fc.anything(), (input) => void parsePatch(input)));
  const refusals = [
    [null, ''],
    [{ title: 'new' }, 'title'],
    [{ nodes: [] }, 'nodes'],
    [{ nodes: { added: { n: { id: 'n' } } } }, 'nodes.added.n.name'],
    [{ nodes: { moved: {} } }, 'nodes.moved'],
    [{ edges: { updated: { e: [] } } }, 'edges.updated.e'],
    [{ dreams: {} }, 'dreams'],
  ] as const;
  for (const [input, path] of refusals) {
    const parsed = parsePatch(input);
    expect(parsed.ok ? [] : parsed.faults.map((fault) => fault.path)).toContain(path);
  }
});
