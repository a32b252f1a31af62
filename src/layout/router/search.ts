/**
 * Where no simple shape is free: A* over the lines beside the cards that were in the way, and beside those
 * that it then meets. Few lines, so few points, whatever the size of the board.
 */
import type { Point } from '../../graph/index.ts';
import {
  type Axis,
  type Box,
  border,
  CLEARANCE,
  otherAxis,
  pointAt,
  type Side,
  STUB,
  simplify,
} from './box.ts';
import type { Obstacles } from './obstacles.ts';
import { BEND } from './plans.ts';

const ROUNDS = 4;
/** Lines beside at most so many cards. */
const MOST_BOXES = 60;
const SIDES: readonly Side[] = [
  { axis: 0, sign: 1 },
  { axis: 0, sign: -1 },
  { axis: 1, sign: 1 },
  { axis: 1, sign: -1 },
];

type End = { box: Box; port: (side: Side) => number };

/** A free route between two cards, or null. `blockers` are the cards known to be in the way; it adds to them. */
export function searchPath(
  obstacles: Obstacles,
  source: End,
  target: End,
  blockers: Set<Box>,
): Point[] | null {
  for (let round = 0; round < ROUNDS; round++) {
    const known = [...blockers].slice(0, MOST_BOXES);
    const path = searchLines(obstacles, source, target, known, blockers);
    if (path) return path;
    if (known.length === MOST_BOXES || known.length === blockers.size) return null;
  }
  return null;
}

function searchLines(
  obstacles: Obstacles,
  source: End,
  target: End,
  boxes: readonly Box[],
  blockers: Set<Box>,
): Point[] | null {
  const lines: [Set<number>, Set<number>] = [new Set(), new Set()];
  for (const { min, max } of boxes)
    for (const axis of [0, 1] as const)
      lines[axis].add(min[axis] - CLEARANCE - 1).add(max[axis] + CLEARANCE + 1);
  const stubs = [source, target].map(({ box, port }) =>
    SIDES.flatMap((side) => {
      const start = border(box, side);
      const along = start + side.sign * STUB;
      const across = port(side);
      if (obstacles.hit(side.axis, across, Math.min(start, along), Math.max(start, along), box.id)) return [];
      lines[side.axis].add(along);
      lines[otherAxis(side.axis)].add(across);
      return [{ side, along, across, start: pointAt(side.axis, start, across) }];
    }),
  );
  const xs = [...lines[0]].sort((a, b) => a - b);
  const ys = [...lines[1]].sort((a, b) => a - b);
  const height = ys.length;
  const column = new Map(xs.map((x, i) => [x, i]));
  const row = new Map(ys.map((y, i) => [y, i]));
  const stateOf = (axis: Axis, along: number, across: number): number => {
    const [x, y] = pointAt(axis, along, across);
    return (column.get(x)! * height + row.get(y)!) * 2 + axis;
  };

  /** A state is a point of the grid and the axis by which it was reached; the last one is arrival. */
  const arrived = xs.length * height * 2;
  const cost = new Float64Array(arrived + 1).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(arrived + 1).fill(-1);
  const isFree = new Int8Array(arrived);
  const open = new Heap();
  const { min, max } = target.box;
  const ahead = (x: number, y: number) =>
    Math.max(0, min[0] - x, x - max[0]) + Math.max(0, min[1] - y, y - max[1]);

  const goals = new Map<number, (typeof stubs)[number][number]>();
  for (const stub of stubs[1]!) goals.set(stateOf(stub.side.axis, stub.along, stub.across) >> 1, stub);
  const starts = new Map<number, Point>();
  for (const stub of stubs[0]!) {
    const state = stateOf(stub.side.axis, stub.along, stub.across);
    const [x, y] = pointAt(stub.side.axis, stub.along, stub.across);
    cost[state] = STUB;
    starts.set(state, stub.start);
    open.push(state, STUB + ahead(x, y));
  }

  const reach = (state: number, from: number, total: number, estimate: number) => {
    if (total >= cost[state]!) return;
    cost[state] = total;
    cameFrom[state] = from;
    open.push(state, total + estimate);
  };
  /** Whether the step from this state's point to the next line along `axis` is free. */
  const step = (axis: Axis, point: number): boolean => {
    const key = point * 2 + axis;
    if (isFree[key] !== 0) return isFree[key] === 1;
    const i = Math.floor(point / height);
    const j = point % height;
    const box =
      axis === 0
        ? obstacles.hit(0, ys[j]!, xs[i]!, xs[i + 1]!)
        : obstacles.hit(1, xs[i]!, ys[j]!, ys[j + 1]!);
    if (box) blockers.add(box);
    isFree[key] = box ? 2 : 1;
    return !box;
  };

  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (state === arrived) break;
    const point = state >> 1;
    const axis = (state & 1) as Axis;
    const i = Math.floor(point / height);
    const j = point % height;
    const so = cost[state]!;
    const goal = goals.get(point);
    if (goal) reach(arrived, state, so + STUB + (goal.side.axis === axis ? 0 : BEND), 0);
    const move = (by: Axis, ni: number, nj: number) => {
      const length = Math.abs(xs[ni]! - xs[i]!) + Math.abs(ys[nj]! - ys[j]!);
      const next = (ni * height + nj) * 2 + by;
      reach(next, state, so + length + (by === axis ? 0 : BEND), ahead(xs[ni]!, ys[nj]!));
    };
    if (i + 1 < xs.length && step(0, point)) move(0, i + 1, j);
    if (i > 0 && step(0, point - height)) move(0, i - 1, j);
    if (j + 1 < height && step(1, point)) move(1, i, j + 1);
    if (j > 0 && step(1, point - 1)) move(1, i, j - 1);
  }
  if (cameFrom[arrived] === -1) return null;

  const points: Point[] = [];
  let state = cameFrom[arrived]!;
  points.push(goals.get(state >> 1)!.start);
  for (;;) {
    const point = state >> 1;
    points.push([xs[Math.floor(point / height)]!, ys[point % height]!]);
    if (cameFrom[state] === -1) break;
    state = cameFrom[state]!;
  }
  points.push(starts.get(state)!);
  return simplify(points.reverse());
}

/** A binary heap of states by estimated cost. */
class Heap {
  readonly #states: number[] = [];
  readonly #costs: number[] = [];

  push(state: number, cost: number): void {
    const states = this.#states;
    const costs = this.#costs;
    let i = states.length;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (costs[parent]! <= cost) break;
      states[i] = states[parent]!;
      costs[i] = costs[parent]!;
      i = parent;
    }
    states[i] = state;
    costs[i] = cost;
  }

  pop(): number | undefined {
    const states = this.#states;
    const costs = this.#costs;
    const top = states[0];
    const state = states.pop();
    const cost = costs.pop();
    if (state === undefined || cost === undefined || states.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= states.length) break;
      if (child + 1 < states.length && costs[child + 1]! < costs[child]!) child++;
      if (costs[child]! >= cost) break;
      states[i] = states[child]!;
      costs[i] = costs[child]!;
      i = child;
    }
    states[i] = state;
    costs[i] = cost;
    return top;
  }
}
