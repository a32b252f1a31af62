/**
 * Chooses among the candidate shapes: the cheapest that passes no card. Candidates are drawn in the order of
 * what they would cost at best, and only while they could still win, so most edges are settled by the first few.
 */
import type { Point } from '../../graph/index.ts';
import { type Box, middle, otherAxis, type Path, type Side, segmentOf, simplify } from './box.ts';
import type { World } from './channel.ts';
import { type Ask, BEND, plansFor } from './plans.ts';
import { searchPath } from './search.ts';

/** Sharing a line with another route, for each pixel, up to a limit. */
const SHARED = 1.5;
const SHARED_LIMIT = 300;
/** Sharing that much is not worth looking at worse shapes. */
const SHARED_TOLERATED = 40;

/** More than any route's other costs. */
const WORST = 1e7;

type Answer = { path: Point[]; cost: number; blocked: boolean };

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

/** The best free candidate; when none is free, the one that passes through the fewest cards. */
function bestShape(world: World, ask: Ask, blockers: Set<Box>): Answer {
  let best: Answer | null = null;
  let enough = Number.POSITIVE_INFINITY;
  const blocked: Answer[] = [];
  for (const plan of plansFor(world, ask, blockers)) {
    if (plan.estimate >= enough) break;
    const drawn = plan.draw();
    if (!drawn) continue;
    const path = simplify(drawn);
    const shared = sharedCost(world, path);
    const cost = plan.extra + plainCost(path) + shared;
    if (best && cost >= best.cost) continue;
    if (hitsCard(world, ask, path, blockers)) {
      if (!best) blocked.push({ path, cost, blocked: true });
      continue;
    }
    best = { path, cost, blocked: false };
    enough = cost - Math.max(0, shared - SHARED_TOLERATED);
  }
  if (best) return best;
  const badness = ({ path, cost }: Answer) =>
    world.obstacles.passed(path, ask.source, ask.target).length * WORST + cost;
  return blocked
    .map((answer) => ({ answer, badness: badness(answer) }))
    .reduce((a, b) => (b.badness < a.badness ? b : a)).answer;
}

/** Length and bends. */
function plainCost(path: Path): number {
  let cost = (path.length - 2) * BEND;
  for (let i = 1; i < path.length; i++) {
    const { lo, hi } = segmentOf(path, i);
    cost += hi - lo;
  }
  return cost;
}

/** What lies on other routes. */
function sharedCost(world: World, path: Path): number {
  let shared = 0;
  for (let i = 1; i < path.length && shared < SHARED_LIMIT; i++) {
    const { axis, at, lo, hi } = segmentOf(path, i);
    shared += SHARED * world.lanes.shared(axis, at, lo, hi, SHARED_LIMIT);
  }
  return Math.min(SHARED_LIMIT, shared);
}

/** Whether a run hits a card; the first may leave its source, the last reach its target. */
function hitsCard(world: World, ask: Ask, path: Path, blockers: Set<Box>): boolean {
  let hits = false;
  const last = path.length - 1;
  for (let i = 1; i <= last; i++) {
    const { axis, at, lo, hi } = segmentOf(path, i);
    const leaving = i === 1 ? ask.source.id : undefined;
    const reaching = i === last ? ask.target.id : undefined;
    const box = world.obstacles.hit(axis, at, lo, hi, leaving, reaching);
    if (!box) continue;
    hits = true;
    blockers.add(box);
  }
  return hits;
}
