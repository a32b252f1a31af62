/** The candidate shapes of a route: straight, Z and U (one channel), S (three), L (none). */
import type { Point } from '../../graph/index.ts';
import {
  type Axis,
  type Box,
  border,
  middle,
  otherAxis,
  pointAt,
  type Side,
  type Sign,
  STUB,
} from './box.ts';
import { channel, type World } from './channel.ts';
import { sideIndex } from './ports.ts';
import { facingSides } from './quick.ts';

/** What a reader would rather accept than a bend, an unusual side…: so many pixels of detour. */
export const BEND = 48;
const AGAINST_FLOW = 90;
const ROUND_CORNER = 70;
const SAME_SIDE = 60;
const UNUSUAL_SIDES = 40;
/** Where a turn is wished for beyond a card's side, and how far off it may be. */
const TURN = STUB + 8;
const REACH = 5 * STUB;

export type Ask = {
  source: Box;
  target: Box;
  /** The places wished for on the two sides that face each other, across the sides' axis. */
  wishes: readonly [number, number];
  flow: Axis;
};

/** A shape that can be drawn. `estimate` is its cost with the ports in the middle of their sides. */
export type Plan = { estimate: number; extra: number; draw(): Point[] | null };

/** A pair of sides that lie on one axis, and the ports to be had there. */
type Frame = {
  axis: Axis;
  from: Side;
  to: Side;
  start: number;
  end: number;
  /** Middles of the two sides, across the axis. */
  out: number;
  into: number;
  extra: number;
};

const SIGNS: readonly Sign[] = [1, -1];

/** All shapes for these two cards, most promising first. */
export function plansFor(world: World, ask: Ask, blockers: Set<Box>): Plan[] {
  const { source, target } = ask;
  const [primaryFrom, primaryTo] = facingSides(source, target, ask.flow);
  const fromPort = portPicker(world, source, primaryFrom, ask.wishes[0]);
  const toPort = portPicker(world, target, primaryTo, ask.wishes[1]);
  const run = { world, blockers };
  const plans: Plan[] = [];

  const straight = ({ axis, from, to, start, end, out, extra }: Frame, isPrimary: boolean) => {
    if (from.sign === to.sign || from.sign * (end - start) < STUB) return;
    const wish = isPrimary ? (ask.wishes[0] + ask.wishes[1]) / 2 : out;
    const draw = () => {
      const at = world.ports.pickBoth(source, from, target, to, wish);
      return at === null ? null : [pointAt(axis, start, at), pointAt(axis, end, at)];
    };
    plans.push({ estimate: Math.abs(end - start) + extra, extra, draw });
  };

  const oneChannel = ({ axis, from, to, start, end, out, into, extra }: Frame) => {
    const lo = Math.max(...[...beyond(start, from.sign, 1), ...beyond(end, to.sign, 1)]);
    const hi = Math.min(...[...beyond(start, from.sign, -1), ...beyond(end, to.sign, -1)]);
    if (lo > hi) return;
    const turns = from.sign === to.sign ? [from.sign > 0 ? lo + 8 : hi - 8] : [(lo + hi) / 2, lo, hi];
    for (const turn of turns)
      plans.push({
        estimate: Math.abs(turn - start) + Math.abs(turn - end) + Math.abs(out - into) + 2 * BEND + extra,
        extra,
        draw: () => {
          const leave = fromPort(from);
          const arrive = toPort(to);
          const at = channel(run, otherAxis(axis), turn, lo, hi, leave, arrive);
          return [
            pointAt(axis, start, leave),
            pointAt(axis, at, leave),
            pointAt(axis, at, arrive),
            pointAt(axis, end, arrive),
          ];
        },
      });
  };

  const threeChannels = ({ axis, from, to, start, end, out, into, extra }: Frame) => {
    const firstTurn = start + from.sign * TURN;
    const lastTurn = end + to.sign * TURN;
    for (const near of ['source', 'target'])
      plans.push({
        estimate: Math.abs(lastTurn - firstTurn) + 2 * TURN + Math.abs(out - into) + 4 * BEND + extra,
        extra,
        draw: () => {
          const leave = fromPort(from);
          const arrive = toPort(to);
          const wish = near === 'source' ? leave : arrive;
          const at = channel(run, axis, wish, -Infinity, Infinity, firstTurn, lastTurn);
          const across = otherAxis(axis);
          const first = channel(run, across, firstTurn, ...reach(start, from.sign), leave, at);
          const last = channel(run, across, lastTurn, ...reach(end, to.sign), at, arrive);
          return [
            pointAt(axis, start, leave),
            pointAt(axis, first, leave),
            pointAt(axis, first, at),
            pointAt(axis, last, at),
            pointAt(axis, last, arrive),
            pointAt(axis, end, arrive),
          ];
        },
      });
  };

  /** Leaves along the frame's axis and arrives across it. */
  const roundCorner = ({ axis, from, start, out }: Frame, to: Side) => {
    const end = border(target, to);
    const into = middle(target, axis);
    const extra = (axis === ask.flow ? 0 : AGAINST_FLOW / 2) + ROUND_CORNER;
    const draw = () => {
      const leave = fromPort(from);
      const arrive = toPort(to);
      const isPossible = from.sign * (arrive - start) >= STUB && to.sign * (leave - end) >= STUB;
      if (!isPossible) return null;
      return [pointAt(axis, start, leave), pointAt(axis, arrive, leave), pointAt(axis, arrive, end)];
    };
    plans.push({ estimate: Math.abs(into - start) + Math.abs(end - out) + BEND + extra, extra, draw });
  };

  for (const axis of [0, 1] as const)
    for (const fromSign of SIGNS)
      for (const toSign of SIGNS) {
        const from: Side = { axis, sign: fromSign };
        const to: Side = { axis, sign: toSign };
        const isPrimary = isSide(from, primaryFrom) && isSide(to, primaryTo);
        const unusual = fromSign === toSign ? SAME_SIDE : isPrimary ? 0 : UNUSUAL_SIDES;
        const frame: Frame = {
          axis,
          from,
          to,
          start: border(source, from),
          end: border(target, to),
          out: middle(source, otherAxis(axis)),
          into: middle(target, otherAxis(axis)),
          extra: (axis === ask.flow ? 0 : AGAINST_FLOW) + unusual,
        };
        straight(frame, isPrimary);
        oneChannel(frame);
        threeChannels(frame);
        roundCorner(frame, { axis: otherAxis(axis), sign: toSign });
      }
  return plans.sort((a, b) => a.estimate - b.estimate);
}

const isSide = (a: Side, b: Side): boolean => a.axis === b.axis && a.sign === b.sign;

/** The bound that a stub sets to a channel when it leaves in that direction. */
const beyond = (at: number, sign: Sign, direction: Sign): number[] =>
  sign === direction ? [at + sign * STUB] : [];

/** The range of a first or last turn: beyond the stub, not far off. */
const reach = (at: number, sign: Sign): [number, number] =>
  sign > 0 ? [at + STUB, at + REACH] : [at - REACH, at - STUB];

/** Each side's port is looked for once for all shapes. */
function portPicker(world: World, box: Box, primary: Side, wish: number): (side: Side) => number {
  const picked = new Map<number, number>();
  return (side) => {
    const key = sideIndex(side);
    let at = picked.get(key);
    if (at === undefined) {
      at = world.ports.pick(box, side, isSide(side, primary) ? wish : middle(box, otherAxis(side.axis)));
      picked.set(key, at);
    }
    return at;
  };
}
