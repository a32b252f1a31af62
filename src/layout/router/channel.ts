/** Finding the line on which a run passes all cards, beside the routes that are there already. */
import { type Axis, type Box, CLEARANCE, otherAxis } from './box.ts';
import { type Lanes, PITCH } from './lanes.ts';
import type { Obstacles } from './obstacles.ts';
import type { Ports } from './ports.ts';

/** What routes find on the board: cards, each other, and taken places on the cards' sides. */
export type World = { obstacles: Obstacles; lanes: Lanes; ports: Ports };

/** How many cards a search steps over, and how many lanes beside a free line are tried. */
const STEPS = 8;
const LANES = 4;
/** Sharing a line for so short is as good as not at all. */
const BRIEF = 16;

/**
 * The line nearest to `wish`, within lo and hi, on which a run along `axis` from `from` to `to` hits no card;
 * of the lanes beside it the one that shares least with other routes. `wish` itself when all is blocked.
 */
export function channel(
  { world, blockers }: { world: World; blockers: Set<Box> },
  axis: Axis,
  wish: number,
  lo: number,
  hi: number,
  from: number,
  to: number,
): number {
  const start = Math.min(from, to);
  const end = Math.max(from, to);
  const across = otherAxis(axis);
  const hitAt = (at: number) => world.obstacles.hit(axis, at, start, end);
  const walk = (sign: 1 | -1): number | null => {
    let at = wish;
    for (let step = 0; step < STEPS && at >= lo && at <= hi; step++) {
      const box = hitAt(at);
      if (!box) return at;
      blockers.add(box);
      at = sign > 0 ? box.max[across] + CLEARANCE + 1 : box.min[across] - CLEARANCE - 1;
    }
    return null;
  };
  const after = walk(1);
  const before = after === wish ? after : walk(-1);
  if (after === null && before === null) return wish;
  const free = after === null || (before !== null && wish - before < after - wish) ? before! : after;

  let best = free;
  let least = world.lanes.shared(axis, free, start, end, Number.POSITIVE_INFINITY);
  if (least <= BRIEF) return best;
  const [bandLo, bandHi] = world.obstacles.band(axis, free, start, end, LANES * PITCH);
  const first = Math.max(lo, bandLo);
  const last = Math.min(hi, bandHi);
  for (let lane = 1; lane <= LANES && least > BRIEF; lane++)
    for (const at of [free + lane * PITCH, free - lane * PITCH]) {
      if (at < first || at > last) continue;
      const shared = world.lanes.shared(axis, at, start, end, least);
      if (shared >= least) continue;
      best = at;
      least = shared;
    }
  return best;
}
