/** Boards to lay out and route, and checks that share no code with the router. */
import fc from 'fast-check';
import { randomBoard } from '../../bench/graphs.ts';
import {
  type Board,
  type BoardNode,
  emptyBoard,
  type Id,
  nodeRect,
  type Point,
  type Rect,
} from '../../src/graph/index.ts';

/** Realistic boards with some nodes pinned and some in groups. */
export const layoutBoards = (options: { pins: boolean }): fc.Arbitrary<Board> =>
  fc
    .record({
      nodes: fc.integer({ min: 1, max: 40 }),
      perNode: fc.double({ min: 0, max: 2, noNaN: true }),
      seed: fc.integer({ min: 1, max: 1_000_000 }),
      groups: fc.integer({ min: 0, max: 4 }),
      choices: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
    })
    .map(({ nodes, perNode, seed, groups, choices }) => {
      const board = randomBoard(nodes, perNode, seed);
      for (let g = 0; g < groups; g++) board.groups[`g${g}`] = { id: `g${g}`, name: `Group ${g}` };
      Object.values(board.nodes).forEach((node, i) => {
        const choice = choices[i]!;
        const changed: BoardNode = { ...node };
        if (groups > 0 && choice % 2 === 0) changed.group = `g${choice % groups}`;
        if (options.pins && choice % 5 === 0) changed.pinned = true;
        board.nodes[node.id] = changed;
      });
      return board;
    });

/** Cards scattered with at least 40 px between any two, joined at random; some joined to themselves. */
export const scatteredBoards: fc.Arbitrary<Board> = fc
  .record({
    places: fc.array(fc.record({ column: fc.nat(7), row: fc.nat(9), dx: fc.nat(60), dy: fc.nat(40) }), {
      minLength: 2,
      maxLength: 40,
    }),
    pairs: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }),
  })
  .map(({ places, pairs }) => {
    const board = emptyBoard('scattered');
    for (const { column, row, dx, dy } of places) {
      const id = `n${column}-${row}`;
      board.nodes[id] = { id, name: id, kind: 'service', position: [column * 284 + dx, row * 152 + dy] };
    }
    const ids = Object.keys(board.nodes);
    pairs.forEach(([a, b], i) => {
      const source = ids[a % ids.length]!;
      const target = ids[b % ids.length]!;
      board.edges[`e${i}`] = { id: `e${i}`, source, target, kind: 'call' };
    });
    return board;
  });

export const isOnBorder = ([x, y]: Point, rect: Rect): boolean => {
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  const withinX = x >= rect.x && x <= right;
  const withinY = y >= rect.y && y <= bottom;
  return ((x === rect.x || x === right) && withinY) || ((y === rect.y || y === bottom) && withinX);
};

/** Ids of the edges whose route passes through the inside of any card, its own ends included. */
export function crossedEdges(board: Pick<Board, 'nodes'>, routes: ReadonlyMap<Id, readonly Point[]>): Id[] {
  const rects = Object.values(board.nodes).map(nodeRect);
  const crosses = (points: readonly Point[]) =>
    points.slice(1).some(([bx, by], i) => {
      const [ax, ay] = points[i]!;
      return rects.some(
        (rect) =>
          Math.max(ax, bx) > rect.x &&
          Math.min(ax, bx) < rect.x + rect.width &&
          Math.max(ay, by) > rect.y &&
          Math.min(ay, by) < rect.y + rect.height,
      );
    });
  return [...routes].filter(([, points]) => crosses(points)).map(([id]) => id);
}
