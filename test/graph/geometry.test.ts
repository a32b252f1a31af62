import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Board,
  type BoardNode,
  boundsOf,
  freePlace,
  groupRects,
  NODE_KINDS,
  nodeRect,
  overlaps,
  type Point,
  sizeOfKind,
} from '../../src/graph/index.ts';

const boardOf = (nodes: BoardNode[]): Pick<Board, 'nodes' | 'groups'> => ({
  nodes: Object.fromEntries(nodes.map((node) => [node.id, node])),
  groups: { g: { id: 'g', name: 'g' } },
});
const nodeAt = (i: number, position: Point, kind: BoardNode['kind'] = 'service'): BoardNode => ({
  id: `n${i}`,
  name: `n${i}`,
  kind,
  position,
});
const crowded = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -300, max: 300 }));
const kind = fc.constantFrom(...NODE_KINDS);

test('a free place overlaps nothing, with room between', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(crowded, kind), { maxLength: 40 }), crowded, kind, (list, wanted, of) => {
      const board = boardOf(list.map(([at, each], i) => nodeAt(i, at, each)));
      const [x, y] = freePlace(board, wanted, sizeOfKind(of), 24);
      const rect = {
        x: x - 23,
        y: y - 23,
        width: sizeOfKind(of).width + 46,
        height: sizeOfKind(of).height + 46,
      };
      expect(Object.values(board.nodes).filter((node) => overlaps(nodeRect(node), rect))).toEqual([]);
    }),
  );
});

test('a place that is free is taken as it is', () => {
  expect(freePlace(boardOf([nodeAt(0, [0, 0])]), [1000, 5], sizeOfKind('cache'))).toEqual([1000, 5]);
});

test('on a board filled as far as is looked, the place is beside everything', () => {
  const nodes = [];
  for (let x = -62; x <= 62; x++)
    for (let y = -62; y <= 62; y++) nodes.push(nodeAt(nodes.length, [x * 200, y * 90]));
  const board = boardOf(nodes);
  const [x, y] = freePlace(board, [0, 0], sizeOfKind('service'));
  const rect = { x, y, ...sizeOfKind('service') };
  expect(nodes.some((node) => overlaps(nodeRect(node), rect))).toBe(false);
});

test('at the edge of the board the place stays on it', () => {
  const [x] = freePlace(boardOf([nodeAt(0, [1e7, 0])]), [1e7, 0], sizeOfKind('service'));
  expect(x).toBeLessThanOrEqual(1e7);
});

test('a group bounds its members, wherever they stand; one without members has no boundary', () => {
  fc.assert(
    fc.property(fc.array(crowded, { maxLength: 6 }), (places) => {
      const board = boardOf(places.map((at, i) => ({ ...nodeAt(i, at), group: 'g' })));
      const rect = groupRects(board).get('g');
      const inner = boundsOf(Object.values(board.nodes).map(nodeRect));
      expect(rect === undefined).toBe(inner === null);
      if (!inner) return;
      expect(rect!.x).toBeLessThan(inner.x);
      expect(rect!.y).toBeLessThan(inner.y);
      expect(rect!.x + rect!.width).toBeGreaterThan(inner.x + inner.width);
      expect(rect!.y + rect!.height).toBeGreaterThan(inner.y + inner.height);
    }),
  );
});
