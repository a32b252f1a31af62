/** Where routes leave and reach the sides of cards: spread, at least a pitch apart where the side has room. */
import type { Id, Point } from '../../graph/index.ts';
import { type Box, middle, otherAxis, type Side } from './box.ts';
import { PITCH } from './lanes.ts';

/** Cards have round corners: no port so close to one. */
const CORNER = 10;
/** On a crowded side ports move together as far as this. */
const TIGHT = 5;

type Taken = { edge: Id; at: number };

/** 0 to 3. */
export const sideIndex = (side: Side): number => side.axis * 2 + (side.sign > 0 ? 1 : 0);

export class Ports {
  readonly #taken = new Map<Id, [Taken[], Taken[], Taken[], Taken[]]>();

  take(node: Id, side: Side, point: Point, edge: Id): void {
    let sides = this.#taken.get(node);
    if (!sides) this.#taken.set(node, (sides = [[], [], [], []]));
    sides[sideIndex(side)]!.push({ edge, at: point[otherAxis(side.axis)] });
  }

  release(node: Id, edge: Id): void {
    for (const taken of this.#taken.get(node) ?? [])
      for (let i = taken.length - 1; i >= 0; i--) if (taken[i]!.edge === edge) taken.splice(i, 1);
  }

  forget(node: Id): void {
    this.#taken.delete(node);
  }

  /** The free place on a side nearest to the one wished for. */
  pick(box: Box, side: Side, wish: number): number {
    const [lo, hi] = usable(box, side);
    return nearest(wish, lo, hi, (at, pitch) => this.#isFree(box.id, side, at, pitch)) ?? wish;
  }

  /** A place free on both of two facing sides, for a straight line; null when there is none. */
  pickBoth(source: Box, from: Side, target: Box, to: Side, wish: number): number | null {
    const [sourceLo, sourceHi] = usable(source, from);
    const [targetLo, targetHi] = usable(target, to);
    return nearest(
      wish,
      Math.max(sourceLo, targetLo),
      Math.min(sourceHi, targetHi),
      (at, pitch) => this.#isFree(source.id, from, at, pitch) && this.#isFree(target.id, to, at, pitch),
    );
  }

  #isFree(node: Id, side: Side, at: number, pitch: number): boolean {
    const taken = this.#taken.get(node)?.[sideIndex(side)];
    return !taken?.some((port) => Math.abs(port.at - at) < pitch);
  }
}

/** `count` places spread evenly over a side, in order. */
export function spread(box: Box, side: Side, count: number): number[] {
  const [lo, hi] = usable(box, side);
  const pitch = Math.min(2 * PITCH, (hi - lo) / Math.max(1, count - 1));
  const centre = middle(box, otherAxis(side.axis));
  return Array.from({ length: count }, (_, i) => Math.round(centre + (i - (count - 1) / 2) * pitch));
}

function usable(box: Box, side: Side): [number, number] {
  const across = otherAxis(side.axis);
  return [box.min[across] + CORNER, box.max[across] - CORNER];
}

function nearest(
  wish: number,
  lo: number,
  hi: number,
  isFree: (at: number, pitch: number) => boolean,
): number | null {
  if (lo > hi) return null;
  const start = Math.min(hi, Math.max(lo, wish));
  for (const pitch of [PITCH, TIGHT])
    for (let offset = 0; start + offset <= hi || start - offset >= lo; offset += 2) {
      if (start + offset <= hi && isFree(start + offset, pitch)) return start + offset;
      if (start - offset >= lo && isFree(start - offset, pitch)) return start - offset;
    }
  return null;
}
