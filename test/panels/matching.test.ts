import { describe, expect, it } from 'vitest';
import { type BoardNode, emptyBoard, type NodeKind } from '../../src/graph/index.ts';
import { matchingOf, type View, whyWords } from '../../src/panels/sources/match/rows.ts';

const node = (id: string, name: string, kind: NodeKind = 'service', names?: string[]): BoardNode => ({
  ...{ id, name, kind, position: [0, 0] },
  ...(names && { match: { names } }),
});
const graphOf = (nodes: BoardNode[], edges: [string, string][] = []) => ({
  nodes: Object.fromEntries(nodes.map((each) => [each.id, each])),
  edges: Object.fromEntries(
    edges.map(([source, target]) => {
      const id = `${source}>${target}`;
      return [id, { id, source, target, kind: 'call' as const }];
    }),
  ),
});
const source = (id: string, ignored?: string[]): View['source'] => ({
  ...{ id, type: 'pushed', name: id, interval: 5000, window: 60_000 },
  ...(ignored && { ignored }),
});

const board = {
  ...emptyBoard('b'),
  ...graphOf([node('g', 'gateway'), node('c', 'catalog'), node('x', 'ledger')], [['g', 'c']]),
};
const seen = graphOf(
  [node('1', 'gateway'), node('2', 'catalog-svc', 'service', ['10.0.0.3:80']), node('3', 'payments')],
  [
    ['1', '2'],
    ['1', '3'],
  ],
);
const unbound = [{ source: 'gateway', target: 'payments', kind: 'call' as const, rate: 12 }];

describe('names and parts, side by side', () => {
  it('says what is seen and not drawn, how much of it, and what it may be', () => {
    const { rows, dark, matcher } = matchingOf(
      board,
      [{ source: source('s'), graph: seen, unbound }],
      () => false,
    );
    expect(rows.map((row) => [row.node.name, row.traffic, row.sources])).toEqual([
      ['catalog-svc', 'from gateway', ['s']],
      ['payments', 'from gateway, 12 /s', ['s']],
    ]);
    expect(matcher.candidates(rows[0]!.names)).toEqual([
      { node: 'c', likeness: { type: 'words', extra: ['svc'] } },
    ]);
    expect(rows[0]!.names).toEqual(['catalog-svc', '10.0.0.3:80']);
    expect(dark.edges).toHaveLength(2);
  });

  it('says what is drawn and neither named nor measured', () => {
    const { silent } = matchingOf(board, [{ source: source('s'), graph: seen, unbound }], (id) => id === 'x');
    expect(silent.map(({ name }) => name)).toEqual(['catalog']);
    expect(matchingOf(board, [], () => false).silent).toEqual([]);
  });

  it('takes what two sources call alike for one part, and keeps apart who sees it', () => {
    const other = graphOf(
      [node('7', 'Payments'), node('8', 'bank'), node('9', 'catalog_svc')],
      [
        ['7', '8'],
        ['9', '7'],
      ],
    );
    const { rows, seen: all } = matchingOf(
      board,
      [
        { source: source('s'), graph: seen, unbound },
        { source: source('t'), graph: other, unbound: [] },
      ],
      () => false,
    );
    expect(rows.map((row) => [row.node.name, row.sources])).toEqual([
      ['bank', ['t']],
      ['catalog-svc', ['s', 't']],
      ['payments', ['s', 't']],
    ]);
    expect(Object.values(all.edges).map((edge) => `${edge.source}>${edge.target}`)).toEqual([
      '1>2',
      '1>3',
      '3>8',
      '2>3',
    ]);
  });

  it('leaves out what was set aside, and says so', () => {
    const aside = source('s', ['payments']);
    const { rows, ignored } = matchingOf(
      { ...board, sources: { s: aside } },
      [{ source: aside, graph: seen, unbound }],
      () => false,
    );
    expect(rows.map((row) => row.node.name)).toEqual(['catalog-svc']);
    expect([...ignored]).toEqual([['payments', ['s']]]);
  });

  it('asks which is meant where two parts have the name', () => {
    const twins = { ...emptyBoard('b'), ...graphOf([node('a', 'cart'), node('b', 'Cart')]) };
    const graph = graphOf([node('1', 'cart_'), node('2', 'CART')]);
    const { rows } = matchingOf(twins, [{ source: source('s'), graph, unbound: [] }], () => false);
    expect(rows.filter((row) => row.contested).map((row) => row.node.name)).toEqual(['CART']);
  });

  it('reads a thousand names beside a thousand parts within a blink', () => {
    const parts = Array.from({ length: 1000 }, (_, i) => node(`n${i}`, `team-${i % 7}-part-${i}`));
    const names = Array.from({ length: 1000 }, (_, i) =>
      node(`s${i}`, `part-${i}-v2`, 'service', [`part-${i}.shop.svc:80`]),
    );
    const calls = names.slice(1).map(({ id }, i): [string, string] => [`s${i}`, id]);
    const graph = graphOf(names, calls);
    const told = calls.map(([a, b]) => ({
      ...{ source: graph.nodes[a]!.name, target: graph.nodes[b]!.name },
      ...{ kind: 'call' as const, rate: 1 },
    }));
    const big = { ...emptyBoard('b'), ...graphOf(parts) };
    const started = performance.now();
    const { rows, matcher } = matchingOf(big, [{ source: source('s'), graph, unbound: told }], () => false);
    for (const row of rows.slice(0, 40)) matcher.candidates(row.names);
    expect(rows).toHaveLength(1000);
    // some tens of milliseconds; what is guarded against is every name beside every other, which takes seconds
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('gives the reason in words', () => {
    const part = { kind: 'queue' as const };
    expect(whyWords({ type: 'same' }, part)).toBe('a queue of this name');
    expect(whyWords({ type: 'host', host: 'cart.shop' }, part)).toBe('at the host cart.shop');
    expect(whyWords({ type: 'words', extra: ['shop', 'v2'] }, part)).toBe('but for shop, v2');
    expect(whyWords({ type: 'letters', count: 1 }, part)).toBe('one letter apart');
  });
});
