import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addDark,
  applyPatch,
  type Board,
  type BoardNode,
  bindingOf,
  bindNames,
  counterpart,
  createMatcher,
  darkAt,
  darkOf,
  emptyBoard,
  invertPatch,
  type NodeKind,
  normaliseName,
  setIgnored,
} from '../../src/graph/index.ts';
import { boardArbitrary } from '../arbitraries/board.ts';

const node = (id: string, name: string, kind: NodeKind = 'service', names?: string[]): BoardNode => ({
  id,
  name,
  kind,
  position: [0, 0],
  ...(names && { match: { names } }),
});
const candidatesOf = (nodes: Board['nodes'], names: string[]) => createMatcher(nodes).candidates(names);
const nodesOf = (...nodes: BoardNode[]): Board['nodes'] =>
  Object.fromEntries(nodes.map((each) => [each.id, each]));
const boardOf = (nodes: BoardNode[], edges: [string, string][] = []): Board => ({
  ...emptyBoard('b'),
  nodes: nodesOf(...nodes),
  edges: Object.fromEntries(
    edges.map(([source, target]) => {
      const id = `${source}>${target}`;
      return [id, { id, source, target, kind: 'call' as const }];
    }),
  ),
});

describe('whom a name may mean', () => {
  const likeness = (told: string, drawn: BoardNode) => candidatesOf(nodesOf(drawn), [told])[0]?.likeness;

  test.each<[string, BoardNode, ReturnType<typeof likeness>]>([
    ['shop-catalog-v2', node('a', 'catalog'), { type: 'words', extra: ['shop', 'v2'] }],
    ['catalog-svc', node('a', 'catalog'), { type: 'words', extra: ['svc'] }],
    ['catalog', node('a', 'Catalog Service'), { type: 'words', extra: ['service'] }],
    ['catalog.shop.svc', node('a', 'catalog'), { type: 'host', host: 'catalog.shop.svc' }],
    ['http://catalog:8080', node('a', 'catalog'), { type: 'host', host: 'catalog' }],
    ['10.0.0.3:5432', node('a', 'orders-db', 'database', ['10.0.0.3']), { type: 'host', host: '10.0.0.3' }],
    [
      'catalog',
      node('a', 'x', 'service', ['catalog.shop.svc:80']),
      { type: 'host', host: 'catalog.shop.svc' },
    ],
    ['cataolg', node('a', 'catalog'), { type: 'letters', count: 1 }],
    ['fullfilment', node('a', 'fulfilment'), { type: 'letters', count: 1 }],
    ['orders', node('a', 'orders', 'queue'), { type: 'same' }],
    ['orders-db', node('a', 'orders', 'database'), { type: 'words', extra: ['db'] }],
  ])('%s and %o', (told, drawn, expected) => expect(likeness(told, drawn)).toEqual(expected));

  test.each<[string, BoardNode]>([
    ['catalog-db', node('a', 'catalog')],
    ['payments', node('a', 'catalog')],
    ['shard-1', node('a', 'shard-2')],
    ['10.0.0.3', node('a', '10')],
    ['svc', node('a', 'catalog-svc')],
    ['', node('a', 'catalog')],
    ['a', node('a', 'b')],
  ])('%s is not like %o', (told, drawn) => expect(likeness(told, drawn)).toBeUndefined());

  it('the likeliest come first', () => {
    const nodes = nodesOf(node('w', 'shop-catalog-v2'), node('l', 'catalgo'), node('s', 'catalog'));
    expect(candidatesOf(nodes, ['catalog']).map((each) => each.node)).toEqual(['s', 'w', 'l']);
  });

  it('a name that two parts have is contested, one that a queue and its service have is not', () => {
    const twins = nodesOf(node('a', 'cart'), node('b', 'Cart'));
    expect(createMatcher(twins).isContested(['CART'], 'service')).toBe(true);
    const apart = nodesOf(node('a', 'orders'), node('q', 'orders', 'queue'));
    expect(createMatcher(apart).isContested(['orders'], 'service')).toBe(false);
  });

  it('nothing is ever bound because it is like something: a person has to say so', () => {
    const words = fc.constantFrom(
      'shop',
      'catalog',
      'svc',
      'v2',
      'cart',
      'db',
      '10.0.0.3',
      'catalgo',
      'Cart',
    );
    const name = fc
      .array(words, { minLength: 1, maxLength: 4 })
      .chain((all) => fc.constantFrom('-', '.', '_', ':', '/').map((between) => all.join(between)));
    const nodes = fc
      .array(fc.tuple(name, fc.option(name)), { maxLength: 5 })
      .map((all) =>
        nodesOf(...all.map(([own, other], i) => node(`n${i}`, own, 'service', other ? [other] : undefined))),
      );
    fc.assert(
      fc.property(nodes, name, (all, told) => {
        const board = { ...emptyBoard('b'), nodes: all };
        const kept = structuredClone(board);
        const bound = bindingOf(board).node(told);
        const found = candidatesOf(all, [told]);
        expect(board).toEqual(kept);
        expect(bindingOf(board).node(told)).toBe(bound);
        const isSpelled = (id: string) =>
          [all[id]!.name, ...(all[id]!.match?.names ?? [])].some(
            (own) => normaliseName(own) === normaliseName(told),
          );
        for (const { node: id, likeness: like } of found) {
          if (like.type === 'same') continue;
          expect(bound === id && !isSpelled(id)).toBe(false);
        }
        // nor does drawing what is missing touch what is drawn
        const seen = { nodes: nodesOf(node('told', told)), edges: {} };
        const patch = addDark(board, seen, darkOf(board, seen));
        expect(Object.keys(patch.nodes?.updated ?? {})).toEqual([]);
        expect(counterpart(board, node('told', told))).toBe(bound);
      }),
    );
  });
});

describe('what a person says', () => {
  it('binds a name to one part, whoever had it listed before, and can be taken back', () => {
    const board = boardOf([node('a', 'catalog'), node('b', 'other', 'service', ['Catalog.SVC', 'x'])]);
    const patch = bindNames(board, { node: 'a', names: ['catalog-svc', 'shop-catalog'] });
    const after = applyPatch(board, patch).board;
    expect(bindingOf(after).node('catalog-svc')).toBe('a');
    expect(after.nodes.b!.match).toEqual({ names: ['x'] });
    expect(applyPatch(after, invertPatch(patch)).board).toEqual(board);
  });

  it('decides between two parts of one name', () => {
    const board = boardOf([node('a', 'cart'), node('b', 'cart')]);
    expect(bindingOf(board).node('cart')).toBeNull();
    const after = applyPatch(board, bindNames(board, { node: 'b', names: ['cart'] })).board;
    expect(bindingOf(after).node('cart')).toBe('b');
  });

  it('holds for every board and every name', () => {
    fc.assert(
      fc.property(boardArbitrary({ nodes: 5, edges: 4 }), fc.string({ maxLength: 8 }), (board, name) => {
        const [first] = Object.keys(board.nodes);
        if (first === undefined) return;
        const after = applyPatch(board, bindNames(board, { node: first, names: [name] })).board;
        expect(bindingOf(after).nodeLike(name, board.nodes[first]!.kind)).toBe(first);
      }),
    );
  });

  it('sets names aside in the sources that told of them', () => {
    const source = { id: 's', type: 'pushed' as const, name: 'OTLP', interval: 5000, window: 60_000 };
    const board = { ...emptyBoard('b'), sources: { s: source } };
    const aside = applyPatch(
      board,
      setIgnored(board, { sources: ['s'], names: ['probe'], ignored: true }),
    ).board;
    expect(aside.sources.s).toEqual({ ...source, ignored: ['probe'] });
    const back = setIgnored(aside, { sources: ['s'], names: ['Probe'], ignored: false });
    expect(applyPatch(aside, back).board).toEqual(board);
  });
});

describe('dark parts', () => {
  const board = boardOf([node('g', 'gateway'), node('c', 'catalog')], [['g', 'c']]);
  const seen = boardOf(
    [
      node('1', 'gateway'),
      node('2', 'catalog'),
      node('3', 'payments'),
      node('4', 'bank'),
      node('5', 'probe'),
    ],
    [
      ['1', '2'],
      ['1', '3'],
      ['2', '3'],
      ['3', '4'],
      ['2', '1'],
      ['5', '1'],
    ],
  );

  it('are what was seen and not drawn, with their traffic and what else is missing', () => {
    const dark = darkOf(board, seen, ['Probe']);
    expect(dark.nodes.map(({ name }) => name)).toEqual(['payments', 'bank']);
    expect(dark.edges.map(({ id }) => id)).toEqual(['1>3', '2>3', '3>4', '2>1']);
  });

  it('are drawn one at a time with the traffic of what is drawn, or all at once; then nothing is dark', () => {
    const dark = darkOf(board, seen);
    const one = applyPatch(board, addDark(board, seen, darkAt(dark, '3'))).board;
    expect(Object.keys(one.nodes).sort()).toEqual(['3', 'c', 'g']);
    expect(Object.keys(one.edges)).toEqual(['g>c', '1>3', '2>3']);
    const all = applyPatch(one, addDark(one, seen, darkOf(one, seen))).board;
    expect(darkOf(all, seen)).toEqual({ nodes: [], edges: [] });
    expect(Object.keys(all.nodes)).toHaveLength(5);
  });

  it('traffic that goes through a drawn queue is not missing', () => {
    const through = boardOf(
      [node('a', 'a'), node('q', 'q', 'queue'), node('b', 'b')],
      [
        ['a', 'q'],
        ['q', 'b'],
      ],
    );
    expect(darkOf(through, boardOf([node('1', 'a'), node('2', 'b')], [['1', '2']])).edges).toEqual([]);
  });

  it('drawing all that is dark leaves nothing dark, on every board', () => {
    fc.assert(
      fc.property(
        boardArbitrary({ nodes: 4, edges: 5 }),
        boardArbitrary({ nodes: 4, edges: 5 }),
        (mine, theirs) => {
          const ids = new Map(Object.keys(theirs.nodes).map((id, i) => [id, `seen ${i}`]));
          const graph = {
            nodes: nodesOf(
              ...Object.values(theirs.nodes).map((each) => node(ids.get(each.id)!, each.name, each.kind)),
            ),
            edges: Object.fromEntries(
              Object.values(theirs.edges).map((edge, i) => {
                const id = `seen edge ${i}`;
                return [
                  id,
                  { id, source: ids.get(edge.source)!, target: ids.get(edge.target)!, kind: edge.kind },
                ];
              }),
            ),
          };
          const dark = darkOf(mine, graph);
          const patch = addDark(mine, graph, dark);
          expect(Object.keys(patch.nodes?.updated ?? {})).toEqual([]);
          const after = applyPatch(mine, patch).board;
          const left = darkOf(after, graph).nodes.map(({ name }) => normaliseName(name));
          // what two parts are called stays for a person to decide
          for (const name of left) {
            const called = Object.values(after.nodes).flatMap((each) => [
              each.name,
              ...(each.match?.names ?? []),
            ]);
            expect(called.filter((each) => normaliseName(each) === name).length).toBeGreaterThan(1);
          }
        },
      ),
    );
  });
});

describe('the part at the host of an address', () => {
  const spelling = fc.constantFrom(
    ...['cart', 'Cart', 'ledger', 'cart.shop', 'cart.shop:80', 'cart:80', 'http://cart/x', 'ledger.shop'],
    ...['10.0.0.1', '10.0.0.1:80', '10.0.0.1:81', 'amqp://u@ledger:5672', '[::1]:80', 'cart.svc.local:9'],
  );
  const parts = fc.array(fc.array(spelling, { minLength: 1, maxLength: 2 }), { maxLength: 3 });
  it('is the one candidate that is proposed for it', () => {
    fc.assert(
      fc.property(parts, fc.array(spelling, { minLength: 1, maxLength: 2 }), (all, names) => {
        const nodes = nodesOf(...all.map(([name, ...more], i) => node(`n${i}`, name!, 'service', more)));
        const [first, second] = candidatesOf(nodes, names);
        const isOne = first?.likeness.type === 'host' && second?.likeness.type !== 'host';
        expect(createMatcher(nodes).atHost(names)).toBe(isOne ? first.node : null);
      }),
    );
  });
});
