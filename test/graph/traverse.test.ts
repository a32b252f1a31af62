import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Board, type BoardEdge, reachable } from '../../src/graph/index.ts';

/** `a→b` of each line. */
function edgesOf(...lines: string[]): Board['edges'] {
  const edges: Record<string, BoardEdge> = {};
  for (const line of lines) {
    const [source, target] = line.split('→') as [string, string];
    edges[line] = { id: line, source, target, kind: 'call' };
  }
  return edges;
}

describe('what can be reached', () => {
  const edges = edgesOf('web→shop', 'shop→cart', 'shop→pay', 'pay→bank', 'jobs→pay', 'alone→alone');

  it('follows edges down, against them up, and either way for some steps', () => {
    expect([...reachable(edges, ['shop'], 'out')].sort()).toEqual(['bank', 'cart', 'pay', 'shop']);
    expect([...reachable(edges, ['pay'], 'in')].sort()).toEqual(['jobs', 'pay', 'shop', 'web']);
    expect([...reachable(edges, ['pay'], 'both', 1)].sort()).toEqual(['bank', 'jobs', 'pay', 'shop']);
    expect([...reachable(edges, ['pay'], 'both', 2)].sort()).toEqual([
      ...['bank', 'cart', 'jobs', 'pay', 'shop', 'web'],
    ]);
    expect([...reachable(edges, ['alone'], 'both')]).toEqual(['alone']);
    expect([...reachable(edges, [], 'both')]).toEqual([]);
  });

  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g');
  const graph = fc
    .array(fc.tuple(name, name), { maxLength: 16 })
    .map((pairs) => edgesOf(...pairs.map(([source, target]) => `${source}→${target}`)));

  it('is the same seen from either end: b is downstream of a where a is upstream of b', () => {
    fc.assert(
      fc.property(graph, name, name, (anyEdges, a, b) => {
        expect(reachable(anyEdges, [a], 'out').has(b)).toBe(reachable(anyEdges, [b], 'in').has(a));
      }),
    );
  });

  it('grows step by step by the neighbours of what was reached, and ends in cycles too', () => {
    fc.assert(
      fc.property(graph, name, fc.nat({ max: 4 }), (anyEdges, start, steps) => {
        const near = reachable(anyEdges, [start], 'both', steps);
        const far = reachable(anyEdges, [start], 'both', steps + 1);
        const grown = new Set(near);
        for (const { source, target } of Object.values(anyEdges)) {
          if (near.has(source)) grown.add(target);
          if (near.has(target)) grown.add(source);
        }
        expect(far).toEqual(grown);
      }),
    );
  });
});
