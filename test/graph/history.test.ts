import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addNode,
  applyPatch,
  type Board,
  beginGesture,
  connect,
  emptyBoard,
  emptyHistory,
  endGesture,
  group,
  type History,
  move,
  type Patch,
  recordPatch,
  redoStep,
  remove,
  setFields,
  undoStep,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { stepsArbitrary } from '../arbitraries/changes.ts';
import { wrongWith } from './valid.ts';

/** A person at a board, with others writing to it, too. */
function person(start: Board) {
  let board = start;
  let history: History = emptyHistory;
  const back = (next: ReturnType<typeof undoStep>): boolean => {
    if (!next) return false;
    board = applyPatch(board, next.patch, { ifUnchanged: true }).board;
    history = next.history;
    return true;
  };
  return {
    board: () => board,
    history: () => history,
    does(patch: Patch, label = 'change') {
      const applied = applyPatch(board, patch);
      board = applied.board;
      history = recordPatch(history, label, applied.patch);
    },
    othersDo(patch: Patch) {
      board = applyPatch(board, patch).board;
    },
    begin: () => {
      history = beginGesture(history, 'gesture');
    },
    end: () => {
      history = endGesture(history);
    },
    undo: () => back(undoStep(history)),
    redo: () => back(redoStep(history)),
  };
}

const withNode = (id = 'n') =>
  applyPatch(emptyBoard('b'), addNode(emptyBoard('b'), { id, kind: 'service', position: [0, 0] })).board;
const setNode = (board: Board, fields: Parameters<typeof setFields<'nodes'>>[1]['fields'], id = 'n') =>
  setFields(board, { collection: 'nodes', ids: [id], fields });

test('any commands, in any gestures, all undone, give the first board; all redone, the last', () => {
  fc.assert(
    fc.property(boardArbitrary(), stepsArbitrary, fc.array(fc.boolean()), (start, steps, gestures) => {
      const user = person(start);
      for (const [i, step] of steps.entries()) {
        if (gestures[i]) user.begin();
        user.does(step.run(user.board(), `w${i}`));
        if (gestures[i] && gestures[i + 1]) user.end();
      }
      user.end();
      const last = user.board();
      while (user.undo());
      expect(user.board()).toEqual(start);
      while (user.redo());
      expect(user.board()).toEqual(last);
      while (user.undo());
      expect(user.board()).toEqual(start);
    }),
  );
});

test('a gesture is one entry, named once; one without effect is none', () => {
  const user = person(withNode());
  user.begin();
  for (let x = 1; x <= 50; x++) user.does(move(user.board(), { positions: { n: [x, 0] } }));
  user.end();
  expect(user.history().undo.map(({ label }) => label)).toEqual(['gesture']);
  user.begin();
  user.does(move(user.board(), { positions: { n: [99, 0] } }));
  user.does(move(user.board(), { positions: { n: [50, 0] } }));
  user.end();
  expect(user.history().undo).toHaveLength(1);
  user.undo();
  expect(user.board().nodes.n!.position).toEqual([0, 0]);
});

test('undo in the middle of a gesture takes back what of it is done; redo then loses nothing', () => {
  const user = person(withNode());
  user.does(setNode(user.board(), { name: 'first' }));
  user.undo();
  user.begin();
  user.does(move(user.board(), { positions: { n: [5, 5] } }));
  expect(user.redo()).toBe(false);
  expect(user.board().nodes.n!.position).toEqual([5, 5]);
  expect(user.undo()).toBe(true);
  expect(user.board()).toEqual(withNode());
});

test('a new change after undo ends what could be redone', () => {
  const user = person(withNode());
  user.does(setNode(user.board(), { name: 'one' }));
  user.undo();
  user.does(setNode(user.board(), { name: 'two' }));
  expect(user.redo()).toBe(false);
  expect(user.board().nodes.n!.name).toBe('two');
});

test('undo never overwrites what somebody else has written since: the same field', () => {
  const user = person(withNode());
  user.does(setNode(user.board(), { name: 'mine', technology: 'go' }));
  user.othersDo(setNode(user.board(), { name: 'theirs' }));
  user.undo();
  expect(user.board().nodes.n).toMatchObject({ name: 'theirs' });
  expect(user.board().nodes.n).not.toHaveProperty('technology');
  user.redo();
  expect(user.board().nodes.n).toMatchObject({ name: 'theirs', technology: 'go' });
});

test('undo of an addition keeps the record that somebody else has changed since', () => {
  const user = person(emptyBoard('b'));
  user.does(addNode(user.board(), { id: 'n', kind: 'service', position: [0, 0] }));
  user.othersDo(setNode(user.board(), { name: 'theirs' }));
  user.undo();
  expect(user.board().nodes.n!.name).toBe('theirs');
});

test('undo of an addition keeps what somebody else has since built on it', () => {
  const user = person(withNode('a'));
  user.does(addNode(user.board(), { id: 'b', kind: 'cache', position: [400, 0] }));
  user.othersDo(connect(user.board(), { id: 'theirs', source: 'a', target: 'b' }));
  user.undo();
  expect(Object.keys(user.board().nodes)).toEqual(['a', 'b']);
  expect(user.board().edges).toHaveProperty('theirs');

  const grouping = person(withNode('a'));
  grouping.does(addNode(grouping.board(), { id: 'b', kind: 'cache', position: [400, 0] }));
  grouping.does(group(grouping.board(), { id: 'g', name: 'mine', nodes: ['b'] }));
  grouping.othersDo(setNode(grouping.board(), { group: 'g' }, 'a'));
  grouping.undo();
  expect(grouping.board().groups).toHaveProperty('g');
  expect(grouping.board().nodes.a!.group).toBe('g');
  expect(grouping.board().nodes.b).not.toHaveProperty('group');
});

test('undo of a removal brings the record back as it was last, with what others had written', () => {
  const user = person(withNode());
  user.begin();
  user.does(setNode(user.board(), { name: 'mine' }));
  user.othersDo(setNode(user.board(), { technology: 'theirs' }));
  user.does(remove(user.board(), { nodes: ['n'] }));
  user.end();
  user.undo();
  expect(user.board().nodes.n).toMatchObject({ name: 'service', technology: 'theirs' });
});

test('whatever others do between: undo and redo leave their last word on every field they wrote', () => {
  const field = fc.constantFrom('technology' as const, 'description' as const, 'name' as const);
  const turn = fc.record({
    who: fc.constantFrom('me', 'others', 'undo', 'redo'),
    field,
    value: fc.string({ maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 20 }), (turns) => {
      const user = person(withNode());
      /** Fields that others wrote after my last write to them: nothing of mine may change these. */
      const theirs = new Map<string, string>();
      for (const [i, { who, field: key, value }] of turns.entries()) {
        if (who === 'undo') user.undo();
        if (who === 'redo') user.redo();
        const patch = setNode(user.board(), { [key]: value });
        if (who === 'me') {
          user.does(patch);
          theirs.delete(key);
        }
        // A value never seen before: one that stood there before mine can't be told from the one that I found.
        if (who === 'others') {
          user.othersDo(setNode(user.board(), { [key]: `theirs, turn ${i}: ${value}` }));
          theirs.set(key, user.board().nodes.n![key]!);
        }
        for (const [of, last] of theirs) expect(user.board().nodes.n![of as 'name']).toBe(last);
        expect(wrongWith(user.board())).toEqual([]);
      }
    }),
  );
});

test('the oldest entries fall off, the newest stay', () => {
  const user = person(withNode());
  for (let x = 1; x <= 600; x++) user.does(move(user.board(), { positions: { n: [x, 0] } }));
  expect(user.history().undo).toHaveLength(500);
  while (user.undo());
  expect(user.board().nodes.n!.position).toEqual([100, 0]);
});
