/** What several things share is edited as one, and nothing besides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addItem,
  applyPatch,
  type Board,
  type BoardEdge,
  describeOperation,
  emptyBoard,
  type ItemList,
  invertPatch,
  itemsOf,
  type Patch,
  removeItem,
  renameItem,
  setDescription,
  type Targets,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { wrongWith } from './valid.ts';

const apply = (board: Board, patch: Patch) => applyPatch(board, patch).board;
const LISTS: readonly ItemList[] = ['links', 'names', 'operations'];

/** What of the list a board's targets hold, by their ids. */
function held(board: Board, { nodes = [], edges = [] }: Targets, list: ItemList): string[][] {
  const records = [
    ...(list === 'operations' ? [] : nodes.map((id) => board.nodes[id]!)),
    ...edges.map((id) => board.edges[id]!),
  ];
  return records.map((record) => itemsOf(record, list).map(({ name }) => name));
}

/** A board, some of its parts, a list, and two items for it: often ones that are held already. */
const cases = boardArbitrary({ nodes: 8, edges: 8 }).chain((board) => {
  const some = (records: object) => fc.subarray(Object.keys(records));
  return fc
    .tuple(some(board.nodes), some(board.edges), some(board.groups), fc.constantFrom(...LISTS))
    .chain(([nodes, edges, groups, list]) => {
      const targets: Targets = { nodes, edges, groups };
      const known = held(board, targets, list).flat();
      const fresh = list === 'links' ? fc.webUrl() : fc.string({ maxLength: 12 });
      const item = known.length > 0 ? fc.oneof(fresh, fc.constantFrom(...known)) : fresh;
      return fc.record({
        board: fc.constant(board),
        targets: fc.constant(targets),
        list: fc.constant(list),
        a: item,
        b: item,
      });
    });
});

/** Valid after, back where it was by the inverse, and what was not spoken of the same objects as before. */
function expectOnly(board: Board, patch: Patch, targets: Targets): Board {
  const { board: after, patch: happened, refused } = applyPatch(board, patch);
  expect(refused).toEqual([]);
  expect(wrongWith(after)).toEqual([]);
  expect(apply(after, invertPatch(happened))).toEqual(board);
  for (const collection of ['nodes', 'edges', 'groups'] as const)
    for (const id in board[collection])
      if (!targets[collection]?.includes(id)) expect(after[collection][id]).toBe(board[collection][id]);
  return after;
}

describe('an item of several lists', () => {
  it('is added at the end of each that lacks it, and the others stay as they are', () => {
    fc.assert(
      fc.property(cases, ({ board, targets, list, a }) => {
        const after = expectOnly(board, addItem(board, { ...targets, list, name: a }), targets);
        const before = held(board, targets, list);
        expect(held(after, targets, list)).toEqual(
          before.map((names) => (names.includes(a) ? names : [...names, a])),
        );
      }),
    );
  });

  it('is taken off each that holds it; adding and taking off leaves what was held', () => {
    fc.assert(
      fc.property(cases, ({ board, targets, list, a }) => {
        const after = expectOnly(board, removeItem(board, { ...targets, list, name: a }), targets);
        const without = held(board, targets, list).map((names) => names.filter((name) => name !== a));
        expect(held(after, targets, list)).toEqual(without);
        const added = apply(board, addItem(board, { ...targets, list, name: a }));
        const back = apply(added, removeItem(added, { ...targets, list, name: a }));
        expect(held(back, targets, list)).toEqual(without);
      }),
    );
  });

  it('is renamed in its place, and becomes the one that is called so already', () => {
    fc.assert(
      fc.property(cases, ({ board, targets, list, a, b }) => {
        const after = expectOnly(board, renameItem(board, { ...targets, list, name: a, to: b }), targets);
        const before = held(board, targets, list);
        for (const [i, names] of held(after, targets, list).entries()) {
          const was = before[i]!;
          if (a === b || !was.includes(a)) expect(names).toEqual(was);
          else {
            expect(new Set(names)).toEqual(new Set(was.map((name) => (name === a ? b : name))));
            if (!was.includes(b)) expect(names.indexOf(b)).toBe(was.indexOf(a));
          }
        }
      }),
    );
  });

  it('is no link unless it is http or https: refused, and nothing changed', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom('javascript:alert(1)', 'wiki', 'ftp://host'), (given, name) => {
        const { board, targets } = given;
        expect(apply(board, addItem(board, { ...targets, list: 'links', name }))).toBe(board);
      }),
    );
  });
});

describe('a description', () => {
  it('of nodes, edges and groups is replaced in all of them, or taken away', () => {
    fc.assert(
      fc.property(cases, fc.string({ maxLength: 20 }), ({ board, targets }, text) => {
        const after = expectOnly(board, setDescription(board, { ...targets, text }), targets);
        for (const collection of ['nodes', 'edges', 'groups'] as const)
          for (const id of targets[collection] ?? [])
            expect(after[collection][id]!.description).toBe(text === '' ? undefined : text);
      }),
    );
  });

  it('of an operation is written wherever it is carried, and survives a new name', () => {
    const edge = (id: string, operations: BoardEdge['operations']): BoardEdge => ({
      id,
      source: 'a',
      target: 'b',
      kind: 'call',
      operations,
    });
    const node = { name: 'n', kind: 'service' as const, position: [0, 0] as [number, number] };
    const board: Board = {
      ...emptyBoard('board'),
      nodes: { a: { ...node, id: 'a' }, b: { ...node, id: 'b' } },
      edges: {
        e: edge('e', [{ name: 'GET /' }, { name: 'PUT /', description: 'writes' }]),
        f: edge('f', [{ name: 'PUT /' }]),
        g: edge('g', [{ name: 'GET /' }]),
      },
    };
    const edges = ['e', 'f'];
    const described = expectOnly(
      board,
      describeOperation(board, { edges, name: 'GET /', description: 'reads' }),
      {
        edges,
      },
    );
    expect(described.edges.e!.operations).toEqual([
      { name: 'GET /', description: 'reads' },
      { name: 'PUT /', description: 'writes' },
    ]);
    const renamed = apply(
      described,
      renameItem(described, { edges, list: 'operations', name: 'GET /', to: 'GET /cart' }),
    );
    expect(renamed.edges.e!.operations?.[0]).toEqual({ name: 'GET /cart', description: 'reads' });
    const cleared = describeOperation(described, { edges, name: 'PUT /', description: '' });
    expect(apply(described, cleared).edges.e!.operations?.[1]).toEqual({ name: 'PUT /' });
    expect(renamed.edges.g).toBe(board.edges.g);
  });
});
