import { describe, expect, test } from 'vitest';
import { describeFaults, parseSketch, sketchPatch, writeSketch } from '../../src/formats/index.ts';
import {
  applyPatch,
  type BoardNode,
  emptyBoard,
  inflate,
  invertPatch,
  isEmptyPatch,
  nodeRect,
  overlaps,
} from '../../src/graph/index.ts';
import { drop, opened, refused } from './drop.ts';
import { edgeLines, nodeNamed, sketched } from './sketching.ts';

const node = (id: string, name: string, kind: BoardNode['kind'], x = 0, y = 0): BoardNode => ({
  id,
  name,
  kind,
  position: [x, y],
});
const boardOf = (...nodes: BoardNode[]) => ({
  ...emptyBoard('b'),
  nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
});

describe('what is there is found', () => {
  test('by names that differ in case and separators, and left as it is', () => {
    const board = boardOf(node('c', 'Cart_Service', 'service', 7, 9));
    const made = sketched('cart-service -> payments', board);
    expect(Object.keys(made.patch.nodes?.updated ?? {})).toEqual([]);
    expect(edgeLines(made.board)).toEqual(['Cart_Service call payments']);
    expect(made.touched.nodes).toContain('c');
  });

  test('by what telemetry calls it', () => {
    const board = boardOf({ ...node('c', 'cart', 'service'), match: { names: ['cart-svc'] } });
    expect(edgeLines(sketched('cart-svc -> x', board).board)).toEqual(['cart call x']);
  });

  test('a stated kind is an edit, and natural traffic follows it', () => {
    const { board } = sketched('checkout -> orders -> audit');
    const made = sketched('postgres:orders', board);
    expect(nodeNamed(made.board, 'orders')).toMatchObject({ kind: 'database', technology: 'PostgreSQL' });
    expect(edgeLines(made.board)).toEqual(['checkout query orders', 'orders call audit']);
    expect(made.patch.nodes?.added).toBeUndefined();
  });

  test('traffic of a kind that was stated stays when a part becomes another kind', () => {
    const { board } = sketched('checkout -replicate-> orders; checkout -> orders');
    const made = sketched('db:orders', board);
    expect(edgeLines(made.board).sort()).toEqual(['checkout query orders', 'checkout replicate orders']);
  });

  test('a queue and a service of one name are two; the plain name is the service', () => {
    const { board } = sketched('service:orders -> topic:orders\norders -> bank\ntopic:orders => mail');
    expect(edgeLines(board)).toEqual(['orders publish orders', 'orders call bank', 'orders consume mail']);
    expect(Object.values(board.nodes).map(({ kind }) => kind)).toEqual([
      'service',
      'topic',
      'service',
      'service',
    ]);
  });

  test('a name of several parts belongs to none: said at its place, the rest is drawn', () => {
    const board = boardOf(node('1', 'cart', 'service'), node('2', 'cart', 'worker', 300));
    const made = sketched('shop -> pay\npay -> cart', board);
    expect(edgeLines(made.board)).toEqual(['shop call pay']);
    expect(made.faults).toMatchObject([{ line: 2, column: 8, length: 4 }]);
    expect(made.faults[0]?.reason).toContain('several parts are called “cart”');
  });

  test('operations, settings and group members are added to those there', () => {
    const first = sketched('a -> b: GET /x; a.config k=1; [g: a]; !a "why"').board;
    const { board } = sketched('a -> b: POST /x, GET /x; a.config l=2; [G: b]; !a confirmed', first, 2000);
    expect(Object.values(board.edges)[0]?.operations).toEqual([{ name: 'GET /x' }, { name: 'POST /x' }]);
    expect(nodeNamed(board, 'a').config).toEqual({ system: 'config', values: { k: '1', l: '2' } });
    expect(Object.values(board.groups)).toMatchObject([{ name: 'g' }]);
    expect(nodeNamed(board, 'b').group).toBe(nodeNamed(board, 'a').group);
    expect(Object.values(board.marks)).toMatchObject([{ status: 'confirmed', hypothesis: 'why', at: 2000 }]);
  });

  test('of two words on one thing the last counts, and again only the last', () => {
    const text = '!a; !a ok "no"; db:b; cache:b; a -x-> b; a -y-> b';
    const { board } = sketched(text);
    expect(Object.values(board.marks)).toMatchObject([{ status: 'cleared', hypothesis: 'no', at: 1000 }]);
    expect(nodeNamed(board, 'b').kind).toBe('cache');
    expect(isEmptyPatch(sketched(text, board, 2000).patch)).toBe(true);
  });

  test('an arrow to itself is refused, however the name is written', () => {
    const made = sketched('cart -> Cart');
    expect(edgeLines(made.board)).toEqual([]);
    expect(made.faults).toMatchObject([{ line: 1, column: 9 }]);
  });
});

describe('new parts', () => {
  test('begin where they are asked to, then lead to the right', () => {
    const { board } = sketched('a -> b -> kafka:c');
    expect(nodeNamed(board, 'a').position).toEqual([100, 200]);
    expect(nodeNamed(board, 'b').position).toEqual([420, 200]);
    // A pipe is 16 px lower than a card: its middle is in line.
    expect(nodeNamed(board, 'c').position).toEqual([740, 208]);
  });

  test('a fan reads from top to bottom', () => {
    const { board } = sketched('a -> b, c, d, e, f, g, h, i');
    const places = [...'bcdefghi'].map((name) => nodeNamed(board, name).position);
    expect(new Set(places.map(([x]) => x)).size).toBe(1);
    expect(places.map(([, y]) => y)).toEqual([200, 320, 440, 560, 680, 800, 920, 1040]);
  });

  test('what leads to something stands left of it', () => {
    const made = sketched('web -> cart', boardOf(node('c', 'cart', 'service', 1000, 50)));
    expect(nodeNamed(made.board, 'web').position).toEqual([1000 - 136 - 184, 50]);
  });

  test('stand in free places, and nothing moves for them', () => {
    const nodes = Array.from({ length: 40 }, (_, i) =>
      node(`n${i}`, `n${i}`, 'service', (i % 5) * 200, Math.floor(i / 5) * 90),
    );
    const before = boardOf(...nodes);
    const { board, patch } = sketched('n0 -> x, y -> z; n22 -> u; v -> n22; w', before);
    expect(patch.nodes?.updated).toBeUndefined();
    const rects = Object.values(board.nodes).map(nodeRect);
    const fresh = Object.values(board.nodes).filter(({ id }) => !before.nodes[id]);
    expect(fresh).toHaveLength(6);
    for (const each of fresh)
      expect(rects.filter((rect) => overlaps(rect, inflate(nodeRect(each), 20)))).toHaveLength(1);
  });

  test('are what their names say, unless something else is stated', () => {
    const { board } = sketched(
      'stripe; mail-worker; orders.db; "edge load balancer"; kafka; worker:redis; cache-service; kafka-exporter',
    );
    expect(Object.values(board.nodes).map(({ name, kind, technology }) => [name, kind, technology])).toEqual([
      ['redis', 'worker', undefined],
      ['stripe', 'external', 'Stripe'],
      ['mail-worker', 'worker', undefined],
      ['orders.db', 'database', undefined],
      ['edge load balancer', 'load balancer', undefined],
      ['kafka', 'topic', 'Kafka'],
      ['cache-service', 'service', undefined],
      ['kafka-exporter', 'service', undefined],
    ]);
  });

  test('keep the kind of their name whatever the arrow', () => {
    const { board } = sketched('orders => mail-worker ?> redis');
    expect(edgeLines(board)).toEqual(['orders consume mail-worker', 'mail-worker query redis']);
    expect(Object.values(board.nodes).map(({ kind }) => kind)).toEqual(['topic', 'worker', 'cache']);
  });

  test('are what their messages say: of two ends one carries them', () => {
    const before = sketched('payments; fulfilment').board;
    const { board } = sketched('payments => orders; refunds => fulfilment', before);
    expect(edgeLines(board)).toEqual(['payments publish orders', 'refunds consume fulfilment']);
    expect(['orders', 'refunds'].map((name) => nodeNamed(board, name).kind)).toEqual(['topic', 'topic']);
  });

  test('of a group begin by the others in it', () => {
    const before = sketched('[shop: cart]; far', boardOf(node('q', 'q', 'service', 4000, 4000))).board;
    const { board } = sketched('[shop: catalog]', before);
    expect(nodeNamed(board, 'catalog').position[0]).toBe(nodeNamed(board, 'cart').position[0]);
    expect(nodeNamed(board, 'catalog').position[1]).toBeGreaterThan(nodeNamed(board, 'cart').position[1]);
  });

  test('a thousand at once are placed in a moment', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `part-${i}`);
    const began = performance.now();
    const { board } = sketched(`hub -> ${names.join(', ')}`);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(Object.keys(board.edges)).toHaveLength(1000);
  });
});

test('a whole text is one patch, and one step back', () => {
  const before = sketched('a -> b').board;
  const { board, patch } = sketched('b -> kafka:c => d\n[g: a, d]\n!b "x"\nd.config k=v\nworker:a', before);
  expect(applyPatch(board, invertPatch(patch)).board).toEqual(before);
});

test('a board is written from where traffic enters, each part in full once', () => {
  const { board } = sketched(
    'kafka:orders => service:orders -gRPC-> bank; [shop: orders]; service:shop -> topic:orders; !bank ok; shop -> bank: pay; bank.config a=1',
  );
  expect(writeSketch(board).split('\n')).toEqual([
    'shop -> bank: pay',
    'shop => kafka:orders',
    'topic:orders => service:orders',
    'orders -gRPC-> bank',
    '[shop: orders]',
    'bank.config (config) a=1',
    '!bank cleared',
    '',
  ]);
});

test('> and < are arrows with one key', () => {
  expect(edgeLines(sketched('a>b > c; d<e < f; g>queue:h>i').board)).toEqual([
    'a call b',
    'b call c',
    'e call d',
    'f call e',
    'g publish h',
    'h consume i',
  ]);
});

test('what is pasted from other programs is understood', () => {
  expect(edgeLines(sketched('a → b\r\nc --> d\r\n\r\nbroker:e ⇒ f\r\n').board)).toEqual([
    'a call b',
    'c call d',
    'e consume f',
  ]);
});

test('the good statements of a faulty text are there for the preview', () => {
  const parsed = parseSketch('a -> b; c ->\nd => ; e -> "f;g" oops ; h -> i # fine');
  expect(parsed.ok).toBe(false);
  if (parsed.ok) return;
  expect(parsed.faults.map(({ line, column }) => [line, column])).toEqual([
    [1, 11],
    [2, 3],
    [2, 19],
  ]);
  expect(parsed.statements.map(({ nodes }) => nodes.map(({ name }) => name))).toEqual([
    ['a', 'b'],
    ['h', 'i'],
  ]);
});

test('text of unreasonable size is refused in a moment', () => {
  const many = Array.from({ length: 6000 }, (_, i) => `n${i}`).join(',');
  const few = Array.from({ length: 200 }, (_, i) => `n${i}`).join(',');
  for (const text of [
    'x'.repeat(2_000_000),
    many,
    `${few} -> ${few}`,
    '"'.repeat(900_000),
    '? '.repeat(400_000),
  ])
    expect(parseSketch(text)).toMatchObject({ ok: false });
});

describe('as a file', () => {
  test('a sketch opens as a board, by its suffix or by what is in it', () => {
    for (const name of ['shop.sketch', 'shop.txt']) {
      const read = opened(name, 'checkout -> payments\n[shop: checkout]\n!payments "pool?"\n');
      expect(read).toMatchObject({ format: 'sketch', whole: true, repairs: [] });
      expect(read.board.title).toBe('shop');
      expect(edgeLines(read.board)).toEqual(['checkout call payments']);
      expect(Object.values(read.board.marks)).toMatchObject([{ hypothesis: 'pool?' }]);
    }
    expect(opened('groups.sketch', '[shop: cart, catalog]').format).toBe('sketch');
  });

  test('other text is not half read', () => {
    for (const text of [
      'Dear all, the meeting is at ten.',
      'checkout\npayments\n',
      'a -> b\nand then?',
      'a,b\n1,2',
      'Settings > Network',
      'p95 > 200',
    ])
      expect(refused('notes.txt', text)).toMatchObject({ path: '1:1' });
    expect(describeFaults([refused('notes.txt', 'Dear all')])).toContain('nor a sketch such as');
  });

  test('a sketch with a fault says where', () => {
    expect(refused('shop.sketch', 'a -> b\nb ->')).toMatchObject({ path: '2:3' });
    expect(refused('shop.sketch', '# nothing\n')).toMatchObject({ path: '' });
  });

  test('a mistake in JSON is still a mistake in JSON', () => {
    expect(refused('board.json', '{"nodes": {a -> b}}')).toMatchObject({ path: '1:12' });
    expect(refused('board.txt', '[{"a": 1, }]').path).not.toBe('1:1');
    expect(drop('trace.txt', '{"data": []}')).toMatchObject({ ok: false });
  });
});

test('nothing said, nothing done', () => {
  const board = emptyBoard('b');
  const made = sketchPatch(board, [], { newId: () => 'x', now: 0 });
  expect(isEmptyPatch(made.patch)).toBe(true);
});
