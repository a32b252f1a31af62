/** What a layout promises: no overlaps, pins hold, groups hold their own members only. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyLayout,
  applyPatch,
  type Board,
  groupRects,
  type Id,
  nodeRect,
  overlaps,
  type Point,
} from '../../src/graph/index.ts';
import { createLayoutEngine, type Direction } from '../../src/layout/index.ts';
import { createElk } from '../../src/layout/node.ts';
import { layoutBoards } from './support.ts';

const engine = createLayoutEngine({ createElk });

async function layOut(board: Board, direction: Direction, only?: ReadonlySet<Id>) {
  const result = await engine.layout(board, only ? { direction, only } : { direction });
  if (result.outcome !== 'done') throw new Error(JSON.stringify(result));
  return { result, board: applyPatch(board, applyLayout(board, result)).board };
}

function overlapping(board: Board): string[] {
  const nodes = Object.values(board.nodes);
  return nodes.flatMap((a, i) =>
    nodes
      .slice(i + 1)
      .filter((b) => overlaps(nodeRect(a), nodeRect(b)) && !(a.pinned && b.pinned))
      .map((b) => `${a.id} over ${b.id}`),
  );
}

const directions = fc.constantFrom<Direction>('RIGHT', 'DOWN', 'LEFT', 'UP');

describe('layout', () => {
  test('leaves no overlap and moves no pinned node', async () => {
    await fc.assert(
      fc.asyncProperty(layoutBoards({ pins: true }), directions, async (board, direction) => {
        const after = await layOut(board, direction);
        expect(overlapping(after.board)).toEqual([]);
        for (const node of Object.values(board.nodes)) {
          const { position } = after.board.nodes[node.id]!;
          if (node.pinned) expect(position).toEqual(node.position);
          else expect(position.every(Number.isInteger)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('keeps groups apart, each around its own members only', async () => {
    await fc.assert(
      fc.asyncProperty(layoutBoards({ pins: false }), directions, async (board, direction) => {
        const after = await layOut(board, direction);
        const rects = [...groupRects(after.board)];
        rects.forEach(([group, rect], i) => {
          for (const [, other] of rects.slice(i + 1)) expect(overlaps(rect, other)).toBe(false);
          for (const node of Object.values(after.board.nodes))
            if (node.group !== group) expect(overlaps(rect, nodeRect(node))).toBe(false);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('proposes routes that run from border to border', async () => {
    await fc.assert(
      fc.asyncProperty(layoutBoards({ pins: true }), async (board) => {
        const { result } = await layOut(board, 'RIGHT');
        for (const [id, { source, target, points }] of Object.entries(result.routes)) {
          const edge = board.edges[id]!;
          const ends: [Id, Point, Point][] = [
            [edge.source, source, points[0]!],
            [edge.target, target, points.at(-1)!],
          ];
          for (const [node, position, point] of ends) {
            const placed = result.positions[node] ?? board.nodes[node]!.position;
            expect(position).toEqual(placed);
            const rect = nodeRect({ ...board.nodes[node]!, position: placed });
            const onLeftOrRight = point[0] === rect.x || point[0] === rect.x + rect.width;
            expect(onLeftOrRight && point[1] >= rect.y && point[1] <= rect.y + rect.height).toBe(true);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  test('of a selection moves nothing else, and keeps its middle where there is room', async () => {
    await fc.assert(
      fc.asyncProperty(layoutBoards({ pins: true }), fc.integer({ min: 2, max: 5 }), async (board, nth) => {
        const only = new Set(Object.keys(board.nodes).filter((_, i) => i % nth === 0));
        const after = await layOut(board, 'RIGHT', only);
        for (const node of Object.values(board.nodes))
          if (!only.has(node.id)) expect(after.board.nodes[node.id]).toEqual(node);
        expect(overlapping(after.board)).toEqual([]);
      }),
      { numRuns: 20 },
    );
    const { board } = await layOut(boardOfThree(), 'RIGHT', new Set(['a', 'b']));
    const middle = [0, 1].map(
      (axis) => (board.nodes.a!.position[axis]! + board.nodes.b!.position[axis]!) / 2,
    );
    expect(middle[0]).toBeCloseTo(0, -1);
    expect(middle[1]).toBeCloseTo(100, -1);
  });

  test('is the same when done twice', async () => {
    const once = await layOut(boardOfThree(), 'RIGHT');
    const twice = await layOut(once.board, 'RIGHT');
    expect(twice.board).toEqual(once.board);
  });

  test('copes with nothing to lay out', async () => {
    const { result } = await layOut({ ...boardOfThree(), nodes: {}, edges: {} }, 'RIGHT');
    expect(result).toMatchObject({ positions: {}, routes: {} });
  });
});

function boardOfThree(): Board {
  const node = (id: Id, position: Point) => ({ id, name: id, kind: 'service' as const, position });
  return {
    schema: 3,
    events: {},
    id: 'three',
    title: 'Three',
    nodes: { a: node('a', [0, 0]), b: node('b', [0, 200]), c: node('c', [5000, 5000]) },
    edges: { ab: { id: 'ab', source: 'a', target: 'b', kind: 'call' } },
    groups: {},
    notes: {},
    marks: {},
    snapshots: {},
    experiments: {},
    sources: {},
  };
}
