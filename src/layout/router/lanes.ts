/** Which runs of routes lie where: so that routes do not lie on one another, and a card finds what crosses it. */
import type { Id } from '../../graph/index.ts';
import { type Axis, type Box, CLEARANCE, otherAxis, type Path, segmentOf } from './box.ts';

/** Distance of neighbouring routes and ports. */
export const PITCH = 10;

type Lane = { at: number; lo: number; hi: number; edge: Id };

const keyOf = (axis: Axis, at: number): number => Math.floor(at / PITCH) * 2 + axis;

export class Lanes {
  readonly #lanes = new Map<number, Lane[]>();

  add(edge: Id, path: Path): void {
    for (let i = 1; i < path.length; i++) {
      const { axis, at, lo, hi } = segmentOf(path, i);
      const key = keyOf(axis, at);
      const lane = { at, lo, hi, edge };
      const lanes = this.#lanes.get(key);
      if (lanes) lanes.push(lane);
      else this.#lanes.set(key, [lane]);
    }
  }

  remove(edge: Id, path: Path): void {
    for (let i = 1; i < path.length; i++) {
      const { axis, at } = segmentOf(path, i);
      const lanes = this.#lanes.get(keyOf(axis, at));
      const index = lanes?.findIndex((lane) => lane.edge === edge && lane.at === at) ?? -1;
      if (index >= 0) lanes!.splice(index, 1);
    }
  }

  /** Length that the run would share with routes less than a pitch beside it; counted up to `limit` only. */
  shared(axis: Axis, at: number, lo: number, hi: number, limit: number): number {
    let length = 0;
    const key = keyOf(axis, at);
    for (let k = key - 2; k <= key + 2; k += 2) {
      const lanes = this.#lanes.get(k);
      if (!lanes) continue;
      for (const lane of lanes) {
        if (lane.lo >= hi || lane.hi <= lo || Math.abs(lane.at - at) >= PITCH - 1) continue;
        length += Math.min(hi, lane.hi) - Math.max(lo, lane.lo);
        if (length >= limit) return limit;
      }
    }
    return length;
  }

  /** Edges whose routes pass through the box or closer to it than they should. */
  crossing(box: Box): Set<Id> {
    const edges = new Set<Id>();
    for (const axis of [0, 1] as const) {
      const across = otherAxis(axis);
      const from = box.min[across] - CLEARANCE;
      const to = box.max[across] + CLEARANCE;
      const last = keyOf(axis, to);
      for (let key = keyOf(axis, from); key <= last; key += 2)
        for (const { at, lo, hi, edge } of this.#lanes.get(key) ?? [])
          if (at > from && at < to && lo < box.max[axis] + CLEARANCE && hi > box.min[axis] - CLEARANCE)
            edges.add(edge);
    }
    return edges;
  }
}
