/** What an import would do, told before it does; and that it does nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyPatch,
  type Board,
  choicesFor,
  emptyBoard,
  importGraph,
  type NodeKind,
  type Origin,
  removeGone,
  reviewImport,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';

const from = (file: string, how: Origin['how'] = 'stated'): Origin[] => [{ how, from: file }];

type Drawn = Record<string, { kind?: NodeKind; origins?: Origin[]; instances?: number; names?: string[] }>;

function graphOf(id: string, parts: Drawn, lines: readonly string[], origins?: Origin[]): Board {
  const graph = emptyBoard(id);
  for (const [name, { kind = 'service', names, ...rest }] of Object.entries(parts))
    graph.nodes[`${id}-${name}`] = {
      ...{ id: `${id}-${name}`, name, kind, position: [0, 0], ...(origins && { origins }), ...rest },
      ...(names && { match: { names } }),
    };
  for (const line of lines) {
    const [source, target] = line.split(' ') as [string, string];
    const edge = `${id}-${source}-${target}`;
    graph.edges[edge] = {
      ...{ id: edge, source: `${id}-${source}`, target: `${id}-${target}`, kind: 'call' },
      ...(origins && { origins }),
    };
  }
  return graph;
}

const take = (board: Board, graph: Board, choices = choicesFor(board, graph)) => {
  let ids = 0;
  const newId = () => `new-${ids++}`;
  return applyPatch(board, importGraph(board, { graph, readings: [], choices, newId })).board;
};

const compose = (change: Drawn = {}) =>
  graphOf(
    'c',
    { web: {}, cart: { instances: 2 }, db: { kind: 'database' }, ...change },
    ['web cart', 'cart db'],
    from('compose.yml'),
  );

describe('an import onto a board', () => {
  it('says what is new, and a second time changes nothing', () => {
    const start = emptyBoard('b');
    const review = reviewImport(start, compose(), new Map());
    expect(review.fresh).toEqual({ nodes: ['c-web', 'c-cart', 'c-db'], edges: ['c-web-cart', 'c-cart-db'] });
    const board = take(start, compose());
    const again = reviewImport(board, compose(), choicesFor(board, compose()));
    expect(again.fresh).toEqual({ nodes: [], edges: [] });
    expect(again.changed).toEqual([]);
    expect(again.gone).toEqual({ nodes: [], edges: [] });
    expect(again.pairings.every(({ by }) => by === 'name')).toBe(true);
    expect(take(board, compose())).toEqual(board);
  });

  it('of a file among others changes nothing a second time', () => {
    const first = take(emptyBoard('b'), compose());
    const both = take(first, graphOf('o', { web: {}, cart: {} }, ['web cart'], from('override.yml')));
    expect(both.nodes['c-web']!.origins).toHaveLength(2);
    expect(take(both, compose())).toEqual(both);
  });

  it('finds parts that share a name where the same file tells of them', () => {
    const twins = graphOf('t', { one: {}, two: {} }, ['one two']);
    for (const [at, node] of Object.values(twins.nodes).entries()) {
      node.name = 'storage';
      node.origins = [{ how: 'stated', from: 'drawing.mmd', at: `line ${at}` }];
    }
    const board = take(emptyBoard('b'), twins);
    expect(take(board, twins)).toEqual(board);
    expect(reviewImport(board, twins, choicesFor(board, twins)).gone).toEqual({ nodes: [], edges: [] });
  });

  it('says what changed and what is gone, and takes that off only when asked; what people did stays', () => {
    const board = take(emptyBoard('b'), compose());
    board.nodes['c-web'] = { ...board.nodes['c-web']!, position: [500, 500], pinned: true };
    board.marks.m = { id: 'm', subject: { type: 'node', id: 'c-web' }, status: 'suspected', at: 0 };
    const { 'c-db': _, ...nodes } = compose({ cart: { instances: 5 } }).nodes;
    const { 'c-cart-db': __, ...edges } = compose().edges;
    const next = { ...compose(), nodes, edges };
    const review = reviewImport(board, next, new Map());
    expect(review.changed).toEqual([{ type: 'node', id: 'c-cart', fields: ['instances'] }]);
    expect(review.gone).toEqual({ nodes: ['c-db'], edges: ['c-cart-db'] });
    const merged = take(board, next);
    expect(merged.nodes['c-cart']!.instances).toBe(5);
    expect(merged.nodes['c-web']).toEqual(board.nodes['c-web']);
    expect(merged.marks).toEqual(board.marks);
    expect(Object.keys(merged.nodes)).toContain('c-db');
    expect(Object.keys(applyPatch(merged, removeGone(merged, review)).board.nodes)).toEqual([
      'c-web',
      'c-cart',
    ]);
  });

  it('takes an address for the part it names, unless a person says otherwise', () => {
    const board = take(emptyBoard('b'), compose());
    const other = graphOf('t', { 'cart.shop.svc.cluster.local:7070': {}, stranger: {} }, [], from('t.json'));
    const choices = choicesFor(board, other);
    const [cart, stranger] = reviewImport(board, other, choices).pairings;
    expect(cart).toMatchObject({ with: 'c-cart', by: 'address' });
    expect(stranger).toMatchObject({ with: null, by: 'nothing' });
    choices.set('t-stranger', 'c-db');
    const byHand = reviewImport(board, other, choices, { byHand: new Set(['t-stranger']) });
    expect(byHand.pairings[1]).toMatchObject({ with: 'c-db', by: 'hand' });
    const merged = take(board, other, choices);
    expect(Object.keys(merged.nodes)).toEqual(Object.keys(board.nodes));
    expect(merged.nodes['c-db']!.match?.names).toEqual(['stranger']);
    // from now on it is known by name
    expect(reviewImport(merged, other, new Map()).pairings[1]).toMatchObject({ with: 'c-db', by: 'alias' });
  });

  it('of traffic turns what was inferred into observed, and says what is silent and what nobody drew', () => {
    const board = take(emptyBoard('b'), {
      ...compose(),
      edges: Object.fromEntries(
        Object.entries(compose().edges).map(([id, edge]) => [
          id,
          { ...edge, origins: from('compose.yml', 'inferred') },
        ]),
      ),
    });
    const seen = graphOf(
      't',
      { web: {}, cart: {}, mail: {} },
      ['web cart', 'cart mail'],
      from('traces.json', 'observed'),
    );
    expect(reviewImport(board, seen, new Map()).traffic).toEqual({
      confirmed: ['c-web-cart'],
      silent: ['c-cart-db'],
      undrawn: ['t-cart-mail'],
    });
    const merged = take(board, seen);
    expect(merged.edges['c-web-cart']!.origins).toEqual([
      { how: 'inferred', from: 'compose.yml' },
      { how: 'observed', from: 'traces.json' },
    ]);
    expect(reviewImport(board, compose(), new Map()).traffic).toBeNull();
  });
});

describe('any import onto any board', () => {
  it('leaves alone what people have done, and says beforehand just what it does', () => {
    fc.assert(
      fc.property(
        boardArbitrary({ nodes: 5, edges: 6 }),
        boardArbitrary({ nodes: 5, edges: 6 }),
        (board, other) => {
          const renamed = JSON.parse(JSON.stringify(other), (key, value) =>
            typeof value === 'string' && (value in other.nodes || value in other.edges) && key !== 'name'
              ? `other ${value}`
              : value,
          ) as Board;
          const keyed = <T extends { id: string }>(records: Record<string, T>) =>
            Object.fromEntries(Object.values(records).map((record) => [record.id, record]));
          const graph = {
            ...emptyBoard('other'),
            nodes: keyed(renamed.nodes),
            edges: keyed(renamed.edges),
          };
          const choices = choicesFor(board, graph);
          const told = reviewImport(board, graph, choices);
          const after = take(board, graph, choices);
          for (const { id, name, kind, position, pinned, locked, group } of Object.values(board.nodes))
            expect(after.nodes[id]).toMatchObject({
              name,
              kind,
              position,
              ...(pinned && { pinned }),
              ...(locked && { locked }),
              ...(group && { group }),
            });
          for (const collection of ['notes', 'marks', 'groups', 'experiments', 'sources', 'events'] as const)
            expect(after[collection]).toEqual(board[collection]);
          const added = Object.keys(after.nodes).filter((id) => !(id in board.nodes));
          expect(added.sort()).toEqual([...told.fresh.nodes].sort());
          const changed = told.changed.filter(({ type }) => type === 'node').map(({ id }) => id);
          for (const id of Object.keys(board.nodes))
            expect(
              JSON.stringify(after.nodes[id]) === JSON.stringify(board.nodes[id]) || changed.includes(id),
            ).toBe(true);
        },
      ),
    );
  });
});
