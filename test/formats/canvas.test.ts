/** JSON Canvas: which cards are parts and which are notes, what lies in groups, and boards there and back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JSON_CANVAS } from '../../src/formats/canvas/format.ts';
import { loadBoard } from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';
import { drawable, kept } from './drawn.ts';
import { edgeBetween, hops, opened, parts, refused } from './drop.ts';

const card = (id: string, text: string, [x, y]: [number, number], more = {}) => ({
  ...{ id, type: 'text', text, x, y, width: 200, height: 80 },
  ...more,
});
const arrow = (fromNode: string, toNode: string, more = {}) => ({
  ...{ id: `${fromNode}-${toNode}`, fromNode, fromSide: 'right', toNode, toSide: 'left' },
  ...more,
});
const shop = {
  nodes: [
    { id: 'g', type: 'group', label: 'Shop', x: -50, y: -50, width: 700, height: 300, color: '4' },
    card('a', '# checkout\n*service*', [0, 0]),
    card('b', '**orders**\nqueue · RabbitMQ · ×3\nWaits for the printer.', [400, 0]),
    card('c', '[Postgres](https://db.example/docs)', [800, 0]),
    card('d', 'Remember:\n\n- the printer is slow\n- ask Ann', [0, 400]),
    { id: 'e', type: 'link', url: 'https://pay.example/v1?key=1', x: 800, y: 300, width: 200, height: 80 },
  ],
  edges: [
    arrow('a', 'b', { label: 'publishes\nAMQP' }),
    arrow('c', 'a', { fromEnd: 'arrow', toEnd: 'none', label: 'SELECT orders' }),
    arrow('a', 'e', { label: 'HTTPS' }),
  ],
};
const read = () => opened('shop.canvas', JSON.stringify(shop));

test('cards are parts, groups are groups, texts that nothing is joined to are notes', () => {
  const found = read();
  expect(found).toMatchObject({ format: 'json-canvas', placed: true, repairs: [] });
  expect(parts(found)).toEqual([
    'database Postgres',
    'external pay.example',
    'queue orders',
    'service checkout',
  ]);
  expect(hops(found)).toEqual([
    'checkout -call-> pay.example',
    'checkout -publish-> queue orders',
    'checkout -query-> Postgres',
  ]);
  expect(edgeBetween(found, 'checkout', 'queue orders')).toMatchObject({
    protocol: 'AMQP',
    origins: [{ how: 'stated', from: 'shop.canvas', at: 'edges.0' }],
  });
  expect(edgeBetween(found, 'checkout', 'Postgres').operations).toEqual([{ name: 'SELECT orders' }]);
  const { nodes, groups, notes } = found.board;
  const node = (name: string) => Object.values(nodes).find((each) => each.name === name)!;
  expect(node('orders')).toMatchObject({
    ...{ technology: 'RabbitMQ', instances: 3, description: 'Waits for the printer.' },
    position: [408, 12],
  });
  expect(node('Postgres')).toMatchObject({ links: ['https://db.example/docs'] });
  expect(
    Object.values(groups).map(({ id, name }) => [
      name,
      node('checkout').group === id,
      node('Postgres').group,
    ]),
  ).toEqual([['Shop', true, undefined]]);
  expect(Object.values(notes)).toMatchObject([
    { text: expect.stringMatching(/^Remember/), position: [0, 400], size: [200, 80] },
  ]);
});

test('cards that are smaller than ours are drawn further apart', () => {
  const small = (id: string, x: number) => ({ ...card(id, id, [x, 0]), width: 60, height: 30 });
  const found = opened(
    's.canvas',
    JSON.stringify({ nodes: [small('a', 0), small('b', 100), small('c', 300)], edges: [arrow('a', 'b')] }),
  );
  const xs = Object.values(found.board.nodes).map(({ position }) => position[0]);
  expect([xs[1]! - xs[0]!, xs[2]! - xs[1]!].map(Math.round)).toEqual([208, 416]);
  expect(found.repairs).toEqual([
    { path: '', reason: expect.stringMatching(/^drawn 2.1 times as far apart/) },
  ]);
});

test('what is broken is left out with its place; other JSON is not taken', () => {
  const found = opened(
    's.canvas',
    JSON.stringify({
      nodes: [...shop.nodes, { id: 'x', type: 'text' }, card('a', 'again', [0, 0]), 3],
      edges: [arrow('a', 'zz'), 4],
    }),
  );
  expect(found.repairs.slice(0, 5).map(({ path }) => path)).toEqual([
    'nodes.6',
    'nodes.7.id',
    'nodes.8',
    'edges.0.toNode',
    'edges.1.fromNode',
  ]);
  expect(refused('s.canvas', '{}').reason).toMatch(/no part/);
  expect(refused('s.canvas', '{"nodes":3}').reason).toMatch(/lists of nodes and edges/);
  expect(refused('s.canvas', '{"nodes":[').path).toBe('1:11');
});

test('a card that was changed in the meantime says what it says now', () => {
  const canvas = JSON.parse(JSON_CANVAS.write!(read().board));
  const orders = canvas.nodes.find(({ text = '' }) => text.startsWith('orders'));
  orders.text = orders.text.replace('orders', 'invoices');
  canvas.edges[0].label = 'GET /x\n[HTTP]';
  const found = opened('s.canvas', JSON.stringify(canvas));
  expect(parts(found)).toContain('queue invoices');
  expect(Object.values(found.board.nodes).find(({ name }) => name === 'invoices')).toMatchObject({
    technology: 'RabbitMQ',
    instances: 3,
  });
  expect(edgeBetween(found, 'checkout', 'queue invoices')).toMatchObject({
    kind: 'publish',
    protocol: 'HTTP',
    operations: [{ name: 'GET /x' }],
  });
});

test('a board is the same after it was written and read', () => {
  fc.assert(
    fc.property(boardArbitrary().map(drawable), (board) => {
      const text = JSON_CANVAS.write!(board);
      if (Object.keys(board.nodes).length === 0) return void refused('b.canvas', text);
      const found = opened('b.canvas', text);
      expect(found.format).toBe('json-canvas');
      expect(kept(found.board)).toEqual(kept(board));
      expect(loadBoard(JSON.parse(JSON.stringify(found.board)), 'x').ok).toBe(true);
    }),
  );
});

test.each([1e20, -1e308, 2 ** 60])('a card at %d is drawn at the edge of the board', (far) => {
  const canvas = JSON.parse(JSON_CANVAS.write!(read().board));
  for (const node of canvas.nodes) node.x = far;
  const found = opened('s.canvas', JSON.stringify(canvas));
  expect(loadBoard(JSON.parse(JSON.stringify(found.board)), 'x')).toMatchObject({ ok: true, repairs: [] });
});
