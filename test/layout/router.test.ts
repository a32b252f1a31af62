/** What routes promise: they join the right borders, go round cards, and stay true while the board changes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, type Id, nodeRect, overlaps, type Point } from '../../src/graph/index.ts';
import { createRouter, PILL, quickRoute, type Router } from '../../src/layout/index.ts';
import { crossedEdges, isOnBorder, scatteredBoards } from './support.ts';

function finish(router: Router, board: Pick<Board, 'nodes' | 'edges'>): Router {
  router.update(board);
  while (router.work(50));
  return router;
}

function moved(board: Board, id: Id, position: Point): Board {
  return { ...board, nodes: { ...board.nodes, [id]: { ...board.nodes[id]!, position } } };
}

function expectWellFormed(board: Board, routes: Router['routes']) {
  expect([...routes.keys()].sort()).toEqual(Object.keys(board.edges).sort());
  for (const [id, points] of routes) {
    const { source, target } = board.edges[id]!;
    expect(isOnBorder(points[0]!, nodeRect(board.nodes[source]!))).toBe(true);
    expect(isOnBorder(points.at(-1)!, nodeRect(board.nodes[target]!))).toBe(true);
    expect(isOnBorder(points[1]!, nodeRect(board.nodes[source]!))).toBe(false);
    expect(isOnBorder(points.at(-2)!, nodeRect(board.nodes[target]!))).toBe(false);
    points.slice(1).forEach(([x, y], i) => {
      const before = points[i]!;
      expect(x === before[0] || y === before[1]).toBe(true);
    });
    const ends: [Point, Point][] = [
      [points[0]!, points[1]!],
      [points.at(-2)!, points.at(-1)!],
    ];
    for (const [a, b] of ends) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThanOrEqual(16);
  }
}

const card = (id: Id, x: number, y: number) => ({
  id,
  name: id,
  kind: 'service' as const,
  position: [x, y] as Point,
});
const call = (id: Id, source: Id, target: Id) => ({ id, source, target, kind: 'call' as const });

describe('the router', () => {
  test('joins borders and crosses no card where the cards leave room', () => {
    fc.assert(
      fc.property(scatteredBoards, (board) => {
        const { routes } = finish(createRouter(), board);
        expectWellFormed(board, routes);
        expect(crossedEdges(board, routes)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('many edges from a card to itself keep to the room that it has', () => {
    const nodes = { a: card('a', 0, 0), right: card('right', 224, 0), above: card('above', 0, -112) };
    const edges = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [`e${i}`, call(`e${i}`, 'a', 'a')] as const),
    );
    const board = { ...emptyBoard('loops'), nodes, edges };
    const { routes } = finish(createRouter(), board);
    expectWellFormed(board, routes);
    expect(crossedEdges(board, routes)).toEqual([]);
    const reaches = [...routes.values()].map((points) => Math.max(...points.map(([x]) => x)));
    expect(new Set(reaches).size).toBe(8);
  });

  test('after any moves, additions and removals is as free of crossings as a fresh one', () => {
    const steps = fc.array(
      fc.record({
        node: fc.nat(),
        column: fc.nat(9),
        row: fc.nat(11),
        what: fc.nat(5),
        ms: fc.constantFrom(0, 50),
      }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(scatteredBoards, steps, (start, changes) => {
        const router = finish(createRouter(), start);
        let board = start;
        for (const { node, column, row, what, ms } of changes) {
          const ids = Object.keys(board.nodes);
          const id = ids[node % ids.length];
          if (id === undefined) break;
          if (what === 0) board = without(board, id);
          else board = moved(board, id, placeBeside(board, id, column, row));
          router.update(board);
          router.work(ms);
        }
        finish(router, board);
        expectWellFormed(board, router.routes);
        expect(crossedEdges(board, router.routes)).toEqual([]);
        expect([...router.labels.keys()].sort()).toEqual(Object.keys(board.edges).sort());
      }),
      { numRuns: 100 },
    );
  });

  test('shows a route at once, and keeps the very array of one that did not change', () => {
    const board: Board['nodes'] = {
      a: card('a', 0, 0),
      b: card('b', 400, 0),
      c: card('c', 0, 600),
      d: card('d', 400, 600),
    };
    const edges = { ab: call('ab', 'a', 'b'), cd: call('cd', 'c', 'd') };
    const router = createRouter();
    router.update({ nodes: board, edges });
    expect(router.routes.size).toBe(2);
    while (router.work(50));
    const [ab, cd, version] = [router.routes.get('ab'), router.routes.get('cd'), router.version];
    finish(router, { nodes: { ...board }, edges: { ...edges } });
    expect(router.version).toBe(version);
    finish(router, { nodes: { ...board, b: card('b', 420, 40) }, edges });
    expect(router.version).toBeGreaterThan(version);
    expect(router.routes.get('ab')).not.toBe(ab);
    expect(router.routes.get('cd')).toBe(cd);
  });

  test('goes round a card put in the way, and straightens when it leaves', () => {
    const nodes = { a: card('a', 0, 0), b: card('b', 900, 0) };
    const edges = { ab: call('ab', 'a', 'b') };
    const router = finish(createRouter(), { nodes, edges });
    expect(router.routes.get('ab')).toHaveLength(2);
    const blocked = { ...nodes, c: card('c', 450, 0) };
    finish(router, { nodes: blocked, edges });
    expect(crossedEdges({ nodes: blocked }, router.routes)).toEqual([]);
    expect(router.routes.get('ab')!.length).toBeGreaterThan(2);
    finish(router, { nodes, edges });
    expect(router.routes.get('ab')).toHaveLength(2);
  });

  test('spreads edges between the same cards, in both directions', () => {
    const nodes = { a: card('a', 0, 0), b: card('b', 400, 10) };
    const edges = { 1: call('1', 'a', 'b'), 2: call('2', 'b', 'a'), 3: call('3', 'a', 'b') };
    const { routes } = finish(createRouter(), { nodes, edges });
    const heights = [...routes.values()].map((points) => points[0]![1]).sort((a, b) => a - b);
    expect(heights[1]! - heights[0]!).toBeGreaterThanOrEqual(10);
    expect(heights[2]! - heights[1]!).toBeGreaterThanOrEqual(10);
  });

  test("takes a layout's route while its ends stand and nothing is in its way", () => {
    const nodes = { a: card('a', 0, 0), b: card('b', 400, 0) };
    const points: Point[] = [
      [184, 20],
      [300, 20],
      [300, 50],
      [400, 50],
    ];
    const edges = {
      ab: { ...call('ab', 'a', 'b'), route: { source: [0, 0] as Point, target: [400, 0] as Point, points } },
    };
    const router = finish(createRouter(), { nodes, edges });
    expect(router.routes.get('ab')).toBe(points);
    const blocked = { ...nodes, c: card('c', 250, -40) };
    finish(router, { nodes: blocked, edges });
    expect(router.routes.get('ab')).not.toBe(points);
    finish(router, { nodes, edges });
    expect(router.routes.get('ab')).toBe(points);
    finish(router, { nodes: { ...nodes, b: card('b', 400, 100) }, edges });
    expect(router.routes.get('ab')).not.toBe(points);
  });

  test('a quick route ends on both borders, whatever the two cards', () => {
    const rect = fc.record({
      x: fc.integer({ min: -1000, max: 1000 }),
      y: fc.integer({ min: -1000, max: 1000 }),
      width: fc.constant(184),
      height: fc.constantFrom(72, 56),
    });
    fc.assert(
      fc.property(rect, rect, (source, target) => {
        const points = quickRoute(source, target);
        expect(isOnBorder(points[0]!, source)).toBe(true);
        expect(isOnBorder(points.at(-1)!, target)).toBe(true);
      }),
    );
  });
});

describe('labels', () => {
  test('lie on their routes, off cards and other labels on a board with room', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 }), (pairs) => {
        const nodes = Object.fromEntries(
          Array.from({ length: 6 }, (_, i) => [
            `n${i}`,
            card(`n${i}`, (i % 3) * 700, Math.floor(i / 3) * 400),
          ]),
        );
        const edges = Object.fromEntries(
          pairs.filter(([a, b]) => a !== b).map(([a, b], i) => [`e${i}`, call(`e${i}`, `n${a}`, `n${b}`)]),
        );
        const { labels, routes } = finish(createRouter(), { nodes, edges });
        const rects = [...Object.values(nodes).map(nodeRect), ...[...labels.values()].map(pill)];
        for (const [id, label] of labels) expect(isOnRoute(label, routes.get(id)!)).toBe(true);
        rects.forEach((a, i) => {
          for (const b of rects.slice(i + 1))
            expect(
              a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
            ).toBe(false);
        });
      }),
    );
  });
});

test('a label that is wider than others gets the room that it needs', () => {
  const nodes = { a: card('a', 0, 0), b: card('b', 184 + 130, 400), c: card('c', 0, 400) };
  const edges = { e: call('e', 'a', 'b'), f: call('f', 'c', 'b') };
  const router = finish(createRouter(), { nodes, edges });
  const cards = Object.values(nodes).map(nodeRect);
  const covered = (width: number) => {
    const [x, y] = router.labels.get('e')!;
    const rect = { x: x - width / 2, y: y - PILL.height / 2, width, height: PILL.height };
    return cards.some((box) => overlaps(box, rect));
  };
  router.update({ nodes, edges }, new Map([['e', 170]]));
  while (router.work(50));
  expect(covered(170)).toBe(false);
  expect(isOnRoute(router.labels.get('e')!, router.routes.get('e')!)).toBe(true);
  // and where nothing has room for it, it lies where the others do not
  router.update({ nodes, edges }, new Map([['f', 170]]));
  while (router.work(50));
  const [[ex, ey], [fx, fy]] = [router.labels.get('e')!, router.labels.get('f')!];
  expect(Math.abs(ex - fx) >= (170 + PILL.width) / 2 || Math.abs(ey - fy) >= PILL.height).toBe(true);
});

const pill = ([x, y]: Point) => ({ x: x - PILL.width / 2, y: y - PILL.height / 2, ...PILL });

const isOnRoute = ([x, y]: Point, points: readonly Point[]): boolean =>
  points.slice(1).some(([bx, by], i) => {
    const [ax, ay] = points[i]!;
    return x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by);
  });

function without(board: Board, id: Id): Board {
  const { [id]: _gone, ...nodes } = board.nodes;
  const edges = Object.fromEntries(
    Object.entries(board.edges).filter(([, edge]) => edge.source !== id && edge.target !== id),
  );
  return { ...board, nodes, edges };
}

/** A place of the scattered boards' lattice that nobody else stands on. */
function placeBeside(board: Board, id: Id, column: number, row: number): Point {
  const taken = new Set(
    Object.values(board.nodes)
      .filter((node) => node.id !== id)
      .map(({ position }) => `${Math.floor(position[0] / 284)},${Math.floor(position[1] / 152)}`),
  );
  let at = row;
  while (taken.has(`${column},${at}`)) at++;
  return [column * 284 + 30, at * 152 + 20];
}
