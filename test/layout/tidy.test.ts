/** What tidying promises: it keeps the order, moves little, holds pins, and leaves nothing on top of anything. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cornersOf, flippedPairs, meanShift } from '../../bench/drawing.ts';
import { stabilityRows } from '../../bench/stability.ts';
import {
  applyLayout,
  applyPatch,
  type Board,
  emptyBoard,
  groupRects,
  type Id,
  nodeRect,
  overlaps,
  type Point,
} from '../../src/graph/index.ts';
import { movement, tidy } from '../../src/layout/index.ts';
import { layoutBoards } from './support.ts';

const tidied = (board: Board, only?: ReadonlySet<Id>): Board =>
  applyPatch(board, applyLayout(board, tidy(board, only ? { only } : {}))).board;

/** Boards as hands leave them: every card pushed off its place by up to so many pixels. */
const askew = (options: { pins: boolean }, by: number): fc.Arbitrary<Board> =>
  fc
    .tuple(
      layoutBoards(options),
      fc.array(fc.tuple(fc.integer({ min: -by, max: by }), fc.integer({ min: -by, max: by })), {
        minLength: 40,
        maxLength: 40,
      }),
    )
    .map(([board, pushes]) => {
      Object.values(board.nodes).forEach((node, i) => {
        const [dx, dy] = pushes[i]!;
        board.nodes[node.id] = { ...node, position: [node.position[0] + dx, node.position[1] + dy] };
      });
      return board;
    });

function overlapping(board: Board, fixed: (id: Id) => boolean): string[] {
  const nodes = Object.values(board.nodes);
  return nodes.flatMap((a, i) =>
    nodes
      .slice(i + 1)
      .filter((b) => overlaps(nodeRect(a), nodeRect(b)) && !(fixed(a.id) && fixed(b.id)))
      .map((b) => `${a.id} over ${b.id}`),
  );
}

describe('tidy', () => {
  test('holds what is pinned or locked exactly, and leaves no overlap', () => {
    fc.assert(
      fc.property(askew({ pins: true }, 90), fc.nat(39), (board, locked) => {
        const id = Object.keys(board.nodes)[locked];
        if (id) board.nodes[id] = { ...board.nodes[id]!, locked: true };
        const after = tidied(board);
        const isFixed = (each: Id) => board.nodes[each]!.pinned === true || each === id;
        for (const each in board.nodes)
          if (isFixed(each)) expect(after.nodes[each]).toEqual(board.nodes[each]);
        expect(overlapping(after, isFixed)).toEqual([]);
        for (const { position } of Object.values(after.nodes))
          expect(position.every(Number.isInteger)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('keeps groups apart, each around its own members only', () => {
    fc.assert(
      fc.property(askew({ pins: false }, 60), (board) => {
        const after = tidied(board);
        const rects = [...groupRects(after)];
        rects.forEach(([group, rect], i) => {
          for (const [, other] of rects.slice(i + 1)) expect(overlaps(rect, other)).toBe(false);
          for (const node of Object.values(after.nodes))
            if (node.group !== group) expect(overlaps(rect, nodeRect(node))).toBe(false);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('of a selection moves nothing else', () => {
    fc.assert(
      fc.property(askew({ pins: true }, 60), fc.integer({ min: 2, max: 5 }), (board, nth) => {
        const only = new Set(Object.keys(board.nodes).filter((_, i) => i % nth === 0));
        const after = tidied(board, only);
        const isFixed = (id: Id) => board.nodes[id]!.pinned === true || !only.has(id);
        for (const id in board.nodes) if (isFixed(id)) expect(after.nodes[id]).toEqual(board.nodes[id]);
        expect(overlapping(after, isFixed)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('moves little and keeps the order when a node is added to a board of 40', async () => {
    const missed = (await stabilityRows()).filter(({ ok }) => !ok);
    expect(missed).toEqual([]);
  });

  test('has next to nothing left to do the second time', () => {
    const shifts = Array.from({ length: 15 }, (_, i) => {
      const once = tidied(jittered(i + 1));
      return meanShift(cornersOf(once), cornersOf(tidied(once)));
    });
    expect(shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length).toBeLessThan(5);
  });

  test('brings what is nearly in line into line, in the order it has', () => {
    const board = row(['a', [0, 0]], ['b', [400, 20]], ['c', [30, 200]], ['d', [700, 120]]);
    const after = tidied(board);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => after.nodes[id]!.position);
    expect(a![1]).toBe(b![1]);
    expect(a![0]).toBe(c![0]);
    expect(d).toEqual([700, 120]);
    expect(flippedPairs(board.nodes, cornersOf(board), cornersOf(after))).toBe(0);
    expect(movement(board, tidy(board))).toMatchObject({ count: 3 });
  });

  test('gives joined cards room for the label between them', () => {
    const board = row(['a', [0, 0]], ['b', [220, 0]]);
    board.edges.ab = { id: 'ab', source: 'a', target: 'b', kind: 'call' };
    const { a, b } = tidied(board).nodes;
    expect(b!.position[0] - a!.position[0]).toBeGreaterThanOrEqual(184 + 134);
  });

  test('keeps the routes of what does not move, and moves those whose ends move together', () => {
    const board = row(['a', [0, 0]], ['b', [400, 0]], ['c', [10, 300]], ['d', [410, 300]]);
    const route = (y: number, x: number): [Point, Point] => [
      [x + 184, y + 36],
      [x + 400, y + 36],
    ];
    for (const [source, target, x, y] of [
      ['a', 'b', 0, 0],
      ['c', 'd', 10, 300],
    ] as const)
      board.edges[source] = {
        id: source,
        source,
        target,
        kind: 'call',
        route: { source: [x, y], target: [x + 400, y], points: route(y, x) },
      };
    const after = tidied(board);
    for (const { source, target, route: kept } of Object.values(after.edges)) {
      expect(kept).toBeDefined();
      expect(kept!.source).toEqual(after.nodes[source]!.position);
      expect(kept!.target).toEqual(after.nodes[target]!.position);
      expect(kept!.points[0]).toEqual([kept!.source[0] + 184, kept!.source[1] + 36]);
    }
  });

  test('copes with nothing to do', () => {
    expect(tidy(emptyBoard('empty'))).toEqual({ positions: {}, routes: {} });
    const board = row(['a', [0, 0]], ['b', [400, 0]]);
    expect(movement(board, tidy(board)).count).toBe(0);
  });
});

function row(...places: [Id, Point][]): Board {
  const board = emptyBoard('row');
  for (const [id, position] of places) board.nodes[id] = { id, name: id, kind: 'service', position };
  return board;
}

/** Forty cards of a grid, each off its place by up to 60 px. */
function jittered(seed: number): Board {
  const board = emptyBoard('jittered');
  for (let i = 0; i < 40; i++) {
    const id = `n${i}`;
    const dx = ((i * 7919 + seed * 31) % 121) - 60;
    const dy = ((i * 104729 + seed * 17) % 101) - 50;
    const position: Point = [Math.floor(i / 6) * 288 + dx, (i % 6) * 128 + dy];
    board.nodes[id] = { id, name: id, kind: 'service', position };
  }
  return board;
}
