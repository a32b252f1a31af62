import { describe, expect, it } from 'vitest';
import { type Board, type BoardNode, emptyBoard, type NodeKind } from '../../src/graph/index.ts';
import type { Severity } from '../../src/picture/index.ts';
import {
  emptySearch,
  lit,
  matches,
  type Search,
  type Spotlight,
  stillThere,
} from '../../src/workspace/spotlight.ts';

const node = (id: string, kind: NodeKind, group?: string): BoardNode => ({
  id,
  name: id,
  kind,
  position: [0, 0],
  ...(group !== undefined && { group }),
});

const board: Board = {
  ...emptyBoard('b'),
  nodes: {
    web: node('web', 'gateway'),
    checkout: node('checkout', 'service', 'shop'),
    cart: node('cart', 'service', 'shop'),
    payments: node('payments', 'service'),
    'cart-db': node('cart-db', 'database'),
  },
  edges: {
    in: { id: 'in', source: 'web', target: 'checkout', kind: 'call' },
    inner: { id: 'inner', source: 'checkout', target: 'cart', kind: 'call' },
    pay: { id: 'pay', source: 'checkout', target: 'payments', kind: 'call' },
    sql: { id: 'sql', source: 'cart', target: 'cart-db', kind: 'query' },
  },
  groups: { shop: { id: 'shop', name: 'shop' } },
  marks: { m: { id: 'm', subject: { type: 'edge', id: 'sql' }, status: 'suspected', at: 0 } },
};
const severities: Record<string, Severity> = { pay: 'severe', sql: 'slower', in: 'same' };
const severityOf = (edge: string): Severity => severities[edge] ?? 'neutral';

const lights = (spotlight: Spotlight | null) => {
  const found = lit(board, spotlight, severityOf);
  return found && { nodes: [...found.nodes].sort(), edges: [...found.edges].sort() };
};
const search = (asked: Partial<Search>) => lights({ type: 'find', asked: 1, ...emptySearch, ...asked });
const found = (asked: Partial<Search>) =>
  matches(board, { ...emptySearch, ...asked }, severityOf).map(({ id }) => id);

describe('what is lit', () => {
  it('is all where nothing is asked', () => {
    expect(lights(null)).toBeNull();
    expect(search({ text: '  ' })).toBeNull();
    expect(found({})).toEqual([]);
  });

  it('is the neighbourhood of a part with the edges inside of it', () => {
    expect(lights({ type: 'focus', nodes: ['payments'], reach: 1 })).toEqual({
      nodes: ['checkout', 'payments'],
      edges: ['pay'],
    });
    expect(lights({ type: 'focus', nodes: ['payments'], reach: 'upstream' })).toEqual({
      nodes: ['checkout', 'payments', 'web'],
      edges: ['in', 'pay'],
    });
    expect(lights({ type: 'focus', nodes: ['cart'], reach: 'downstream' })).toEqual({
      nodes: ['cart', 'cart-db'],
      edges: ['sql'],
    });
  });

  it('is a group with what runs inside of it', () => {
    expect(lights({ type: 'group', group: 'shop' })).toEqual({
      nodes: ['cart', 'checkout'],
      edges: ['inner'],
    });
  });

  it('is what a search finds: by part of a name in any case, by kind, by group, and by all of them at once', () => {
    expect(search({ text: 'CART' })).toEqual({ nodes: ['cart', 'cart-db'], edges: ['sql'] });
    expect(search({ text: 'cart', kind: 'service' })?.nodes).toEqual(['cart']);
    expect(search({ group: 'shop' })?.nodes).toEqual(['cart', 'checkout']);
    expect(search({ text: 'nowhere' })).toEqual({ nodes: [], edges: [] });
  });

  it('is what is slower than usual, with both ends', () => {
    expect(search({ severity: 'slower' })).toEqual({
      nodes: ['cart', 'cart-db', 'checkout', 'payments'],
      edges: ['pay', 'sql'],
    });
    expect(found({ severity: 'severe' })).toEqual(['pay']);
    expect(found({ severity: 'slower', kind: 'database' })).toEqual(['sql']);
  });

  it('is what is marked, nodes and edges', () => {
    expect(search({ marked: true })).toEqual({ nodes: ['cart', 'cart-db'], edges: ['sql'] });
    expect(found({ marked: true, severity: 'severe' })).toEqual([]);
  });
});

describe('a spotlight', () => {
  it('forgets what is no longer there, and ends where nothing is left', () => {
    const { payments: _payments, ...nodes } = board.nodes;
    const focus: Spotlight = { type: 'focus', nodes: ['payments', 'cart'], reach: 1 };
    expect(stillThere(focus, board)).toBe(focus);
    expect(stillThere(focus, { ...board, nodes })).toEqual({ ...focus, nodes: ['cart'] });
    expect(stillThere({ ...focus, nodes: ['payments'] }, { ...board, nodes })).toBeNull();
    expect(stillThere({ type: 'group', group: 'shop' }, { ...board, groups: {} })).toBeNull();
    const find: Spotlight = { type: 'find', asked: 1, ...emptySearch, group: 'shop', text: 'a' };
    expect(stillThere(find, { ...board, groups: {} })).toEqual({ ...find, group: null });
  });
});
