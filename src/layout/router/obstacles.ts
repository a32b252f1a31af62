/** Which cards a run would hit: boxes in a hashed grid. */
import type { Id } from '../../graph/index.ts';
import { type Axis, type Box, CLEARANCE, otherAxis, type Path, segmentOf } from './box.ts';

const CELL = 256;
/** Cells far apart may share a key: that only means a box more to compare. */
const keyOf = (column: number, row: number): number => ((column & 0x7fff) << 15) | (row & 0x7fff);

export class Obstacles {
  readonly boxes = new Map<Id, Box>();
  readonly #cells = new Map<number, Box[]>();

  set(box: Box): void {
    this.delete(box.id);
    this.boxes.set(box.id, box);
    forCells(box, (key) => {
      const cell = this.#cells.get(key);
      if (cell) cell.push(box);
      else this.#cells.set(key, [box]);
    });
  }

  delete(id: Id): void {
    const box = this.boxes.get(id);
    if (!box) return;
    this.boxes.delete(id);
    forCells(box, (key) => {
      const cell = this.#cells.get(key)!;
      cell.splice(cell.indexOf(box), 1);
      if (cell.length === 0) this.#cells.delete(key);
    });
  }

  /**
   * A box that the run along `axis` from lo to hi would pass too close to, except the two that it may touch.
   */
  hit(axis: Axis, at: number, lo: number, hi: number, leaving?: Id, reaching?: Id): Box | null {
    let found: Box | null = null;
    this.#scan(axis, at, lo, hi, CLEARANCE, (box) => {
      if (box.id === leaving || box.id === reaching) return false;
      found = box;
      return true;
    });
    return found;
  }

  /** How far, up to `reach`, a free run can be shifted to either side and stay free: its lowest and highest line. */
  band(axis: Axis, at: number, lo: number, hi: number, reach: number): [number, number] {
    const across = otherAxis(axis);
    let first = at - reach;
    let last = at + reach;
    this.#scan(axis, at, lo, hi, CLEARANCE + reach, (box) => {
      if (box.min[axis] >= hi + CLEARANCE || box.max[axis] <= lo - CLEARANCE) return false;
      if (box.max[across] <= at) first = Math.max(first, box.max[across] + CLEARANCE);
      else last = Math.min(last, box.min[across] - CLEARANCE);
      return false;
    });
    return [first, last];
  }

  /** All boxes that a route passes through, its two ends left out. */
  passed(path: Path, source: Box, target: Box): Box[] {
    const found = new Set<Box>();
    for (let i = 1; i < path.length; i++) {
      const { axis, at, lo, hi } = segmentOf(path, i);
      this.#scan(axis, at, lo, hi, 0, (box) => {
        if (box !== source && box !== target) found.add(box);
        return false;
      });
    }
    return [...found];
  }

  /** Whether any box overlaps the area. */
  overlap(area: Box): boolean {
    let found = false;
    this.#scanArea(area, () => (found = true));
    return found;
  }

  /** All boxes that overlap the area. */
  within(area: Box): Box[] {
    const found = new Set<Box>();
    this.#scanArea(area, (box) => {
      found.add(box);
      return false;
    });
    return [...found];
  }

  #scanArea(area: Box, stop: (box: Box) => boolean): void {
    const half = (area.max[1] - area.min[1]) / 2;
    this.#scan(0, area.min[1] + half, area.min[0] + half, area.max[0] - half, half, stop);
  }

  #scan(
    axis: Axis,
    at: number,
    lo: number,
    hi: number,
    clearance: number,
    stop: (box: Box) => boolean,
  ): void {
    const across = otherAxis(axis);
    const along0 = lo - clearance;
    const along1 = hi + clearance;
    const across0 = at - clearance;
    const across1 = at + clearance;
    const lastAlong = Math.floor(along1 / CELL);
    const lastAcross = Math.floor(across1 / CELL);
    for (let i = Math.floor(along0 / CELL); i <= lastAlong; i++)
      for (let j = Math.floor(across0 / CELL); j <= lastAcross; j++) {
        const cell = this.#cells.get(axis === 0 ? keyOf(i, j) : keyOf(j, i));
        if (!cell) continue;
        for (const box of cell)
          if (
            box.min[axis] < along1 &&
            box.max[axis] > along0 &&
            box.min[across] < across1 &&
            box.max[across] > across0 &&
            stop(box)
          )
            return;
      }
  }
}

function forCells(box: Box, visit: (key: number) => void): void {
  for (let i = Math.floor(box.min[0] / CELL); i <= Math.floor(box.max[0] / CELL); i++)
    for (let j = Math.floor(box.min[1] / CELL); j <= Math.floor(box.max[1] / CELL); j++) visit(keyOf(i, j));
}
