/** Places for the edges' labels: each on its own route, off cards and other labels where there is room. */
import type { Id, Point, Size } from '../../graph/index.ts';
import { type Box, type Path, segmentOf } from './box.ts';
import { Obstacles } from './obstacles.ts';

/** Room that every label gets: "1.25 s  ↑12.4×". */
export const PILL: Size = { width: 104, height: 22 };

/** Space around a label, and how far apart the places are that are tried along a route. */
const MARGIN = 3;
const STEP = 28;
const TRIES_PER_RUN = 14;
const TRIES = 28;

const pillBox = (id: Id, [x, y]: Point, width: number): Box => ({
  id,
  min: [x - width / 2 - MARGIN, y - PILL.height / 2 - MARGIN],
  max: [x + width / 2 + MARGIN, y + PILL.height / 2 + MARGIN],
});

export class Labels {
  readonly #pills = new Obstacles();
  #wide: ReadonlyMap<Id, number> = new Map();

  /** Labels that need more room than others, pixels. @returns the edges whose labels do so from now on */
  resize(wide: ReadonlyMap<Id, number>): Id[] {
    const changed = [...wide].filter(([edge, width]) => this.#wide.get(edge) !== width);
    this.#wide = wide;
    return changed.map(([edge]) => edge);
  }

  /** The best place on the route, now taken by this edge. */
  place(edge: Id, path: Path, cards: Obstacles): Point {
    const width = this.#wide.get(edge) ?? PILL.width;
    this.#pills.delete(edge);
    let spare: Point | null = null;
    for (const point of placesOn(path)) {
      const box = pillBox(edge, point, width);
      if (this.#pills.overlap(box)) continue;
      if (!cards.overlap(box)) {
        this.#pills.set(box);
        return point;
      }
      spare ??= point;
    }
    const point = spare ?? restingPlace(path);
    this.#pills.set(pillBox(edge, point, width));
    return point;
  }

  remove(edge: Id): void {
    this.#pills.delete(edge);
  }

  /** Edges whose labels a card covers. */
  under(card: Box): Id[] {
    return this.#pills.within(card).map((pill) => pill.id);
  }
}

/** Where a label goes that looks at nothing else: the middle of the longest level run, else of the longest. */
export function restingPlace(path: Path): Point {
  for (const point of placesOn(path)) return point;
  return path[0]!;
}

/** Level runs first, long ones first; on each from the middle outwards. */
function* placesOn(path: Path): Generator<Point> {
  const runs = Array.from({ length: path.length - 1 }, (_, i) => segmentOf(path, i + 1)).sort(
    (a, b) => a.axis - b.axis || b.hi - b.lo - (a.hi - a.lo),
  );
  let tries = 0;
  for (const { axis, at, lo, hi } of runs) {
    const centre = Math.round((lo + hi) / 2);
    for (let i = 0; i < TRIES_PER_RUN; i++) {
      const along = centre + (i % 2 === 0 ? -1 : 1) * Math.ceil(i / 2) * STEP;
      if (along < lo || along > hi) break;
      if (tries++ === TRIES) return;
      yield axis === 0 ? [along, at] : [at, along];
    }
  }
}
