/** A new node finds a place by its neighbours, and nothing moves for it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyPatch,
  type Board,
  connect,
  emptyBoard,
  flowOf,
  groupRects,
  type Id,
  inflate,
  mergeGraph,
  nodeRect,
  overlaps,
  type Point,
  placeBeside,
  type Rect,
  sizeOfKind,
} from '../../src/graph/index.ts';
import { layoutBoards } from '../layout/support.ts';

const rectAt = ([x, y]: Point): Rect => ({ x, y, ...sizeOfKind('service') });

function boardOf(places: Record<Id, Point>, edges: [Id, Id][] = []): Board {
  let board = emptyBoard('beside');
  for (const [id, position] of Object.entries(places))
    board.nodes[id] = { id, name: id, kind: 'service', position };
  for (const [source, target] of edges)
    board = applyPatch(board, connect(board, { id: `${source}${target}`, source, target })).board;
  return board;
}

describe('a place beside neighbours', () => {
  test('is after the sources and before the targets, in their row', () => {
    const board = boardOf({ a: [0, 0], b: [1000, 0] });
    const afterA = placeBeside(board, { kind: 'service', sources: ['a'] });
    expect(afterA).toEqual([184 + 136, 0]);
    expect(placeBeside(board, { kind: 'service', targets: ['b'] })).toEqual([1000 - 136 - 184, 0]);
    expect(placeBeside(board, { kind: 'service', sources: ['a'], targets: ['b'] })).toEqual([500, 0]);
  });

  test('follows the flow of the board', () => {
    const down = boardOf({ a: [0, 0], b: [0, 200] }, [['a', 'b']]);
    expect(flowOf(down)).toBe('DOWN');
    expect(placeBeside(down, { kind: 'service', sources: ['b'] })).toEqual([0, 200 + 72 + 78]);
    expect(flowOf(boardOf({ a: [900, 0], b: [0, 0] }, [['a', 'b']]))).toBe('LEFT');
    expect(flowOf(emptyBoard('empty'))).toBe('RIGHT');
  });

  test('is the one beneath where a first one stands already', () => {
    const board = boardOf({ a: [0, 0], b: [320, 0] }, [['a', 'b']]);
    expect(placeBeside(board, { kind: 'service', sources: ['a'] })).toEqual([320, 72 + 32]);
  });

  test('keeps clear of lines and labels where there is room near by, and only there', () => {
    const board = boardOf({ a: [0, 0] });
    const label: Rect = { x: 330, y: 30, width: 104, height: 22 };
    const clear = placeBeside(board, { kind: 'service', sources: ['a'], drawn: [label] });
    expect(overlaps(rectAt(clear), label)).toBe(false);
    const everywhere: Rect = { x: -5000, y: -5000, width: 10_000, height: 10_000 };
    expect(placeBeside(board, { kind: 'service', sources: ['a'], drawn: [everywhere] })).toEqual([320, 0]);
  });

  test('is free of nodes, and of groups that are not its own, whatever the board', () => {
    fc.assert(
      fc.property(
        layoutBoards({ pins: false }),
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 1, max: 10 }),
        (...args) => {
          const [board, a, b, squeeze] = args;
          // the smaller the grid the less room there is
          for (const node of Object.values(board.nodes))
            board.nodes[node.id] = {
              ...node,
              position: [
                Math.round(node.position[0] * (squeeze / 5)),
                Math.round(node.position[1] * (squeeze / 5)),
              ],
            };
          const ids = Object.keys(board.nodes);
          const [source, target] = [ids[a % ids.length]!, ids[b % ids.length]!];
          const place = rectAt(placeBeside(board, { kind: 'service', sources: [source], targets: [target] }));
          for (const node of Object.values(board.nodes))
            expect(overlaps(inflate(place, 31), nodeRect(node))).toBe(false);
          for (const rect of groupRects(board).values()) expect(overlaps(place, rect)).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  test('is found on a board without any room', () => {
    const places: Record<Id, Point> = {};
    for (let i = 0; i < 400; i++) places[`n${i}`] = [(i % 20) * 190, Math.floor(i / 20) * 80];
    const board = boardOf(places);
    const place = rectAt(placeBeside(board, { kind: 'service', sources: ['n210'] }));
    for (const node of Object.values(board.nodes)) expect(overlaps(place, nodeRect(node))).toBe(false);
  });
});

describe('what a source sees and nobody drew', () => {
  test('is drawn beside what it is joined to, and moves nothing', () => {
    const board = boardOf({ a: [0, 0], b: [320, 0] }, [['a', 'b']]);
    const seen = boardOf({ b: [0, 0], c: [0, 0], d: [0, 0], alone: [0, 0] }, [
      ['b', 'c'],
      ['c', 'd'],
    ]);
    const after = applyPatch(board, mergeGraph(board, seen).patch).board;
    for (const id in board.nodes) expect(after.nodes[id]).toEqual(board.nodes[id]);
    expect(after.nodes.c!.position).toEqual([640, 0]);
    expect(after.nodes.d!.position).toEqual([960, 0]);
    expect(after.nodes.alone!.position[1]).toBeGreaterThan(72);
  });

  test('is not needed by what the board has under another name', () => {
    const board = boardOf({ a: [0, 0], b: [320, 0] }, [['a', 'b']]);
    board.nodes.b = { ...board.nodes.b!, match: { names: ['10.0.0.2:5432'] } };
    const seen = boardOf({ x: [0, 0], y: [320, 0] }, [['x', 'y']]);
    seen.nodes.x = { ...seen.nodes.x!, name: 'A' };
    seen.nodes.y = { ...seen.nodes.y!, name: 'postgresql', match: { names: ['10.0.0.2:5432'] } };
    const { patch, ids } = mergeGraph(board, seen);
    expect(applyPatch(board, patch).board).toEqual(board);
    expect([...ids.nodes, ...ids.edges]).toEqual([
      ['x', 'a'],
      ['y', 'b'],
      ['xy', 'ab'],
    ]);
  });
});
