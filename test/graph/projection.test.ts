import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyPatch,
  type Board,
  emptyBoard,
  type Id,
  type MarkStatus,
  type NodeKind,
  projectBoard,
  setCollapsed,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';

/** Nodes as `name` or `group/name`; edges as `a→b`. */
function boardOf(nodes: readonly string[], edges: readonly string[], kind: NodeKind = 'service'): Board {
  const board: Board = emptyBoard('b');
  for (const [i, text] of nodes.entries()) {
    const [id, group] = text.split('/').reverse() as [string, string | undefined];
    board.nodes[id] = { id, name: id, kind, position: [i * 300, 0], ...(group && { group }) };
    if (group) board.groups[group] = { id: group, name: group, collapsed: true };
  }
  for (const text of edges) {
    const [source, target] = text.split('→') as [string, string];
    board.edges[text] = { id: text, source, target, kind: 'call' };
  }
  return board;
}

const drawnEdges = ({ board }: { board: Board }) =>
  Object.values(board.edges)
    .map(({ source, target }) => `${source}→${target}`)
    .sort();

describe('a board as it is drawn', () => {
  it('is the board itself where nothing is collapsed', () => {
    const board = boardOf(['a', 'b'], ['a→b']);
    expect(projectBoard(board).board).toBe(board);
    const grouped = boardOf(['g/a', 'b'], ['a→b']);
    const expanded = applyPatch(grouped, setCollapsed(grouped, { groups: ['g'], collapsed: false })).board;
    expect(projectBoard(expanded).board).toBe(expanded);
  });

  const shop = boardOf(
    ['web', 'shop/cart', 'shop/pay', 'bank'],
    ['web→cart', 'web→pay', 'cart→pay', 'pay→bank'],
  );

  it('has one card for a collapsed group, in the middle of its members', () => {
    const { board, groups } = projectBoard(shop);
    expect(Object.keys(board.nodes).sort()).toEqual(['bank', 'group shop', 'web']);
    expect(board.groups).toEqual({});
    expect([...groups]).toEqual([['group shop', 'shop']]);
    const [cart, pay] = [shop.nodes.cart!.position, shop.nodes.pay!.position];
    expect(board.nodes['group shop']).toMatchObject({
      name: 'shop',
      technology: '2 parts',
      position: [(cart[0] + pay[0]) / 2, 0],
    });
  });

  it('merges what crosses the border by neighbour, way and kind, and hides what does not', () => {
    const projection = projectBoard(shop);
    expect(drawnEdges(projection)).toEqual(['group shop→bank', 'web→group shop']);
    expect([...projection.edges.values()]).toEqual([['web→cart', 'web→pay']]);
    // one edge that stands for itself alone stays that edge
    expect(projection.board.edges['pay→bank']).toMatchObject({ source: 'group shop', target: 'bank' });
    expect(projection.hidden.edges.get('cart→pay')).toBeNull();
  });

  it('is drawn open while it is looked into', () => {
    expect(projectBoard(shop, 'shop').board).toBe(shop);
  });

  it('shows the gravest mark on what is inside', () => {
    const marked = (id: Id, subject: Id, status: MarkStatus) => ({
      [id]: { id, subject: { type: 'node' as const, id: subject }, status, at: 0 },
    });
    const marks = { ...marked('m1', 'cart', 'suspected'), ...marked('m2', 'pay', 'confirmed') };
    const { board } = projectBoard({ ...shop, marks });
    expect(Object.values(board.marks)).toEqual([
      { id: 'm2', subject: { type: 'node', id: 'group shop' }, status: 'confirmed', at: 0 },
    ]);
  });

  it('keeps the records of what has not changed', () => {
    const before = projectBoard(shop);
    const moved = {
      ...shop,
      nodes: { ...shop.nodes, bank: { ...shop.nodes.bank!, position: [9, 9] as [number, number] } },
    };
    const after = projectBoard(moved, null, before);
    for (const id of ['web', 'group shop']) expect(after.board.nodes[id]).toBe(before.board.nodes[id]);
    for (const id in before.board.edges) expect(after.board.edges[id]).toBe(before.board.edges[id]);
    const renamed = projectBoard({ ...moved, title: 'another' }, null, after);
    expect(renamed.board.nodes).toBe(after.board.nodes);
    expect(renamed.board.edges).toBe(after.board.edges);
  });

  it('tells of every node and edge exactly once, and of nothing that is not there', () => {
    fc.assert(
      fc.property(boardArbitrary({ nodes: 9, edges: 14 }), (board) => {
        const { board: drawn, groups, edges, hidden } = projectBoard(board);
        for (const id in board.nodes) expect(id in drawn.nodes).toBe(!hidden.nodes.has(id));
        for (const [node, card] of hidden.nodes) {
          expect(board.groups[board.nodes[node]!.group!]?.collapsed).toBe(true);
          expect(groups.get(card)).toBe(board.nodes[node]!.group);
        }
        for (const id in board.edges) expect(id in drawn.edges).toBe(!hidden.edges.has(id));
        for (const edge of Object.values(drawn.edges)) {
          expect(edge.source in drawn.nodes && edge.target in drawn.nodes).toBe(true);
          for (const part of edges.get(edge.id) ?? []) {
            const real = board.edges[part]!;
            expect(hidden.nodes.get(real.source) ?? real.source).toBe(edge.source);
            expect(hidden.nodes.get(real.target) ?? real.target).toBe(edge.target);
            expect(real.kind).toBe(edge.kind);
          }
        }
        for (const { subject } of Object.values(drawn.marks))
          expect(subject.id in (subject.type === 'node' ? drawn.nodes : drawn.edges)).toBe(true);
      }),
    );
  });
});
