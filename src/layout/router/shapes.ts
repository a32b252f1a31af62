/**
 * The candidate shapes of a route: straight, Z and U (one channel), S (three), L (none). Each is tried only
 * while it could still beat the best so far, so most edges are settled by the first few.
 */
import type { Point } from '../../graph/index.ts';
import {
  type Axis,
  type Box,
  border,
  gapBetween,
  middle,
  otherAxis,
  type Path,
  pointAt,
  type Side,
  type Sign,
  STUB,
  segmentOf,
  simplify,
} from './box.ts';
import { channel, type World } from './channel.ts';
import { facingSides } from './quick.ts';
import { searchPath } from './search.ts';

/** In pixels of detour that a reader would rather accept. */
const BEND = 48;
const AGAINST_FLOW = 90;
const TURNING_CORNER = 70;
const SAME_SIDE = 60;
const UNUSUAL_ENDS = 40;
/** Sharing a line with another route, for each pixel, up to a limit. */
const SHARED = 1.5;
const SHARED_LIMIT = 600;

/** More than any route's other costs. */
const WORST = 1e7;

export type Ask = {
  source: Box;
  target: Box;
  /** The places wished for on the two sides that face each other, across the sides' axis. */
  wishes: readonly [number, number];
  flow: Axis;
};
type Answer = { path: Point[]; cost: number; blocked: boolean };

type Plan = { bound: number; extra: number; draw(): Point[] | null };

const SIGNS: readonly Sign[] = [1, -1];

/**
 * The route from one card to another, and the cards that a shorter one would have to pass through: the best
 * free shape, else what a search finds, else the shape that passes through the fewest cards.
 */
export function routeBetween(world: World, ask: Ask): { path: Point[]; blockers: Set<Box> } {
  const blockers = new Set<Box>();
  const { source, target } = ask;
  const shape = bestShape(world, ask, blockers);
  const path = shape.blocked ? (search(world, ask, blockers) ?? shape.path) : shape.path;
  blockers.delete(source);
  blockers.delete(target);
  return { path, blockers };
}

const search = (world: World, { source, target }: Ask, blockers: Set<Box>): Point[] | null => {
  const end = (box: Box) => ({
    box,
    port: (side: Side) => world.ports.pick(box, side, middle(box, otherAxis(side.axis))),
  });
  return searchPath(world.obstacles, end(source), end(target), blockers);
};

/** The best free candidate; when none is free, the one that hits the fewest cards. Adds those to `blockers`. */
function bestShape(world: World, ask: Ask, blockers: Set<Box>): Answer {
  let best: Answer | null = null;
  let leastBad: (Answer & { badness: number }) | null = null;
  for (const plan of plansFor(world, ask, blockers)) {
    if (best && plan.bound >= best.cost) break;
    const drawn = plan.draw();
    if (!drawn) continue;
    const path = simplify(drawn);
    const cost = plan.extra + costOf(world, path);
    if (best && cost >= best.cost) continue;
    const hits = hitsOf(world, ask, path, blockers);
    if (hits === 0) {
      best = { path, cost, blocked: false };
    } else {
      const badness = world.obstacles.passed(path, ask.source, ask.target).length * WORST + cost;
      if (!leastBad || badness < leastBad.badness) leastBad = { path, cost, blocked: true, badness };
    }
  }
  return best ?? leastBad!;
}

/** Bends, length and what is shared with other routes. */
function costOf(world: World, path: Path): number {
  let cost = (path.length - 2) * BEND;
  let shared = 0;
  for (let i = 1; i < path.length; i++) {
    const { axis, at, lo, hi } = segmentOf(path, i);
    cost += hi - lo;
    shared += world.lanes.shared(axis, at, lo, hi);
  }
  return cost + Math.min(SHARED_LIMIT, shared * SHARED);
}

/** How many runs hit a card. The first may leave its source, the last reach its target. */
function hitsOf(world: World, ask: Ask, path: Path, blockers: Set<Box>): number {
  let hits = 0;
  const last = path.length - 1;
  for (let i = 1; i <= last; i++) {
    const { axis, at, lo, hi } = segmentOf(path, i);
    const leaving = i === 1 ? ask.source.id : undefined;
    const reaching = i === last ? ask.target.id : undefined;
    const box = world.obstacles.hit(axis, at, lo, hi, leaving, reaching);
    if (!box) continue;
    hits++;
    blockers.add(box);
  }
  return hits;
}

function plansFor(world: World, ask: Ask, blockers: Set<Box>): Plan[] {
  const { source, target, flow } = ask;
  const distance = Math.max(0, gapBetween(source, target, 0)) + Math.max(0, gapBetween(source, target, 1));
  const [primaryFrom, primaryTo] = facingSides(source, target, flow);
  const isPrimary = (side: Side, primary: Side) => side.axis === primary.axis && side.sign === primary.sign;
  const fromPort = once((side: Side) =>
    world.ports.pick(
      source,
      side,
      isPrimary(side, primaryFrom) ? ask.wishes[0] : middle(source, otherAxis(side.axis)),
    ),
  );
  const toPort = once((side: Side) =>
    world.ports.pick(
      target,
      side,
      isPrimary(side, primaryTo) ? ask.wishes[1] : middle(target, otherAxis(side.axis)),
    ),
  );
  const plans: Plan[] = [];
  const add = (bends: number, extra: number, draw: Plan['draw']) =>
    plans.push({ bound: distance + bends * BEND + extra, extra, draw });

  for (const axis of [0, 1] as const) {
    const across = otherAxis(axis);
    for (const fromSign of SIGNS)
      for (const toSign of SIGNS) {
        const from: Side = { axis, sign: fromSign };
        const to: Side = { axis, sign: toSign };
        const facing = isPrimary(from, primaryFrom) && isPrimary(to, primaryTo);
        const extra =
          (axis === flow ? 0 : AGAINST_FLOW) + (fromSign === toSign ? SAME_SIDE : facing ? 0 : UNUSUAL_ENDS);
        const start = border(source, from);
        const end = border(target, to);
        const run = { world, blockers };

        if (fromSign !== toSign && fromSign * (end - start) >= STUB)
          add(0, extra, () => {
            const wish = facing ? (ask.wishes[0] + ask.wishes[1]) / 2 : middle(source, across);
            const at = world.ports.pickBoth(source, from, target, to, wish);
            return at === null ? null : [pointAt(axis, start, at), pointAt(axis, end, at)];
          });

        let lo = Number.NEGATIVE_INFINITY;
        let hi = Number.POSITIVE_INFINITY;
        for (const [sign, at] of [
          [fromSign, start],
          [toSign, end],
        ] as const)
          if (sign > 0) lo = Math.max(lo, at + STUB);
          else hi = Math.min(hi, at - STUB);
        const turns =
          fromSign === toSign ? [fromSign > 0 ? lo + 8 : hi - 8] : lo > hi ? [] : [(lo + hi) / 2, lo, hi];
        for (const turn of turns)
          add(2, extra, () => {
            const out = fromPort(from);
            const into = toPort(to);
            const at = channel(run, across, turn, lo, hi, out, into);
            return [
              pointAt(axis, start, out),
              pointAt(axis, at, out),
              pointAt(axis, at, into),
              pointAt(axis, end, into),
            ];
          });

        for (const which of [0, 1] as const)
          add(4, extra, () => {
            const out = fromPort(from);
            const into = toPort(to);
            const firstTurn = start + fromSign * (STUB + 8);
            const lastTurn = end + toSign * (STUB + 8);
            const at = channel(run, axis, which === 0 ? out : into, -Infinity, Infinity, firstTurn, lastTurn);
            const first = channel(run, across, firstTurn, ...reach(start, fromSign), out, at);
            const last = channel(run, across, lastTurn, ...reach(end, toSign), at, into);
            return [
              pointAt(axis, start, out),
              pointAt(axis, first, out),
              pointAt(axis, first, at),
              pointAt(axis, last, at),
              pointAt(axis, last, into),
              pointAt(axis, end, into),
            ];
          });

        const corner: Side = { axis: across, sign: toSign };
        add(1, (axis === flow ? 0 : AGAINST_FLOW / 2) + TURNING_CORNER, () => {
          const out = fromPort(from);
          const into = toPort(corner);
          const leaves = fromSign * (into - start) >= STUB;
          const reaches = toSign * (out - border(target, corner)) >= STUB;
          if (!leaves || !reaches) return null;
          return [
            pointAt(axis, start, out),
            pointAt(axis, into, out),
            pointAt(axis, into, border(target, corner)),
          ];
        });
      }
  }
  return plans.sort((a, b) => a.bound - b.bound);
}

/** The range of a first or last turn: beyond the stub, not far off. */
const reach = (at: number, sign: Sign): [number, number] =>
  sign > 0 ? [at + STUB, at + 5 * STUB] : [at - 5 * STUB, at - STUB];

function once(pick: (side: Side) => number): (side: Side) => number {
  const picked = new Map<number, number>();
  return (side) => {
    const key = side.axis * 2 + side.sign;
    let at = picked.get(key);
    if (at === undefined) picked.set(key, (at = pick(side)));
    return at;
  };
}
