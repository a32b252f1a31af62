/** Actions as keys and menus run them, on a workspace without a page. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyLayout, type Id, type Point, serializeBoard } from '../../src/graph/index.ts';
import { tidy } from '../../src/layout/index.ts';
import {
  ACTIONS,
  duplicateBy,
  pasteClip,
  runAction,
  select,
  selectedClip,
  type Workspace,
} from '../../src/workspace/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { wrongWith } from '../graph/valid.ts';
import { workspaceOf } from './made.ts';

const drawing = ACTIONS.filter(
  ({ id, section }) => (section === 'Edit' || section === 'Arrange') && !/undo|redo/.test(id),
).map(({ id }) => id);

type Act = { does: string; run(workspace: Workspace): void };
const place = fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }));
const some = (records: object, bits: number): Id[] =>
  Object.keys(records).filter((_, i) => (bits >> (i % 8)) & 1);

const choosing = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map(
  ([n, o, g]): Act => ({
    does: `select ${n} ${o} ${g}`,
    run(workspace) {
      const { nodes, notes, groups } = workspace.use.getState().board;
      workspace.select(select({ nodes: some(nodes, n), notes: some(notes, o), groups: some(groups, g) }));
    },
  }),
);
const acting = fc
  .constantFrom(...drawing)
  .map((id): Act => ({ does: id, run: (workspace) => runAction(workspace, id) }));
const copying = fc.tuple(fc.boolean(), place).map(
  ([aside, at]): Act => ({
    does: `${aside ? 'duplicate' : 'paste'} ${at}`,
    run(workspace) {
      const clip = selectedClip(workspace);
      if (clip) (aside ? duplicateBy : pasteClip)(workspace, clip, at);
    },
  }),
);
const actsArbitrary = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: choosing },
    { weight: 4, arbitrary: acting },
    { weight: 1, arbitrary: copying },
  ),
  { maxLength: 20 },
);

const boardOf = (workspace: Workspace) => workspace.use.getState().board;
const stepsOf = (workspace: Workspace) => workspace.use.getState().history.undo.length;

describe('any mix of actions', () => {
  it('is one undo step each at most, and undone gives the first board', () => {
    fc.assert(
      fc.property(boardArbitrary(), actsArbitrary, (start, acts) => {
        const workspace = workspaceOf(start);
        for (const act of acts) {
          const before = stepsOf(workspace);
          act.run(workspace);
          expect(stepsOf(workspace) - before, act.does).toBeLessThanOrEqual(1);
          expect(wrongWith(boardOf(workspace))).toEqual([]);
        }
        const last = serializeBoard(boardOf(workspace));
        const steps = stepsOf(workspace);
        for (let i = 0; i < steps; i++) workspace.undo();
        expect(boardOf(workspace)).toEqual(start);
        for (let i = 0; i < steps; i++) workspace.redo();
        expect(serializeBoard(boardOf(workspace))).toBe(last);
      }),
    );
  });

  it('leaves what is locked where it is, and there', () => {
    fc.assert(
      fc.property(boardArbitrary(), actsArbitrary, (start, acts) => {
        const workspace = workspaceOf(start);
        for (const act of acts.filter(({ does }) => does !== 'edit.lock')) act.run(workspace);
        for (const collection of ['nodes', 'notes'] as const)
          for (const { id, locked, position } of Object.values(start[collection])) {
            const now: { position: Point } | undefined = boardOf(workspace)[collection][id];
            if (locked) expect(now?.position).toEqual(position);
          }
      }),
    );
  });
});

describe('a pin', () => {
  /** Everything that may move what no hand has taken hold of. */
  const arranging = fc.tuple(fc.constantFrom('tidy', 'tidy some', 'lay out'), fc.nat(255), place).map(
    ([how, bits, [x, y]]): Act => ({
      does: `${how} ${bits}`,
      run(workspace) {
        const board = boardOf(workspace);
        const only = new Set(some(board.nodes, bits));
        const scattered = Object.keys(board.nodes).map((id, i): [Id, Point] => [id, [x + 300 * i, y]]);
        workspace.run(how, (current) =>
          applyLayout(
            current,
            how === 'lay out'
              ? { positions: Object.fromEntries(scattered), routes: {} }
              : tidy(current, how === 'tidy' ? {} : { only }),
          ),
        );
      },
    }),
  );
  /** What a hand has hold of, it moves. */
  const byHand = /^(edit\.(nudge|push)|arrange\.)/;

  it('is where it was after any mix of actions, but where a hand moved it', () => {
    fc.assert(
      fc.property(
        boardArbitrary(),
        fc.array(fc.oneof(choosing, acting, copying, arranging), { maxLength: 20 }),
        (start, acts) => {
          const workspace = workspaceOf(start);
          for (const act of acts) {
            const before = boardOf(workspace);
            act.run(workspace);
            if (byHand.test(act.does)) continue;
            for (const { id, pinned, position } of Object.values(before.nodes)) {
              const now = boardOf(workspace).nodes[id];
              if (pinned && now) expect(now.position, act.does).toEqual(position);
            }
          }
        },
      ),
    );
  });
});

describe('the list of actions', () => {
  it('has each id once, and gives no key to two actions outside of a mode', () => {
    const ids = ACTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // only in a mode of its own does an action take the key of another
    const always = ACTIONS.filter(({ id }) => !/^(view\.present-|layout\.(apply|cancel))/.test(id));
    const keys = always.flatMap((action) => action.keys ?? []).map((key) => key.toLowerCase());
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });
});
