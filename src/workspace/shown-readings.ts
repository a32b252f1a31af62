/**
 * The readings shown: the live ones, or those of a moment of the past. Everybody asks here, so that canvas, panels,
 * exports and snapshots speak of the same time. Sources always put into the live ones, which go on meanwhile.
 *
 *   source ─► put ─► live ──┐
 *   moment ─► show ─► past ─┴► of · best · all · subscribe
 */
import type { Id, Reading } from '../graph/index.ts';
import { createReadingStore, type Dirty, type ReadingStore } from './readings.ts';
import { createSeen, type Seen } from './seen.ts';

export type ShownReadings = ReadingStore & {
  /** What has been seen of an edge since opening, up to the moment that is shown. */
  seen(edge: Id): readonly Seen[];
  /** Shows the readings of one moment, or with null the live ones again. All of it is dirty then. */
  show(past: readonly Reading[] | null): void;
};

/** Another time: nothing is as it was. */
const EVERYTHING: Dirty = { has: () => true };

export function createShownReadings(): ShownReadings {
  const live = createReadingStore();
  const seen = createSeen(live);
  const listeners = new Set<(dirty: Dirty) => void>();
  /** One store for each moment that somebody still holds: going back and forth sorts nothing anew. */
  const sorted = new WeakMap<readonly Reading[], ReadingStore>();
  let shown: ReadingStore = live;
  const tell = (dirty: Dirty) => {
    for (const listener of listeners) listener(dirty);
  };
  live.subscribe((dirty) => {
    if (shown === live) tell(dirty);
  });

  function storeOf(past: readonly Reading[]): ReadingStore {
    const known = sorted.get(past) ?? createReadingStore(past);
    sorted.set(past, known);
    return known;
  }

  return {
    put(readings) {
      live.put(readings);
      seen.remember(readings);
    },
    clear(source) {
      live.clear(source);
      seen.forget();
    },
    of: (subject) => shown.of(subject),
    best: (subject, metric) => shown.best(subject, metric),
    all: () => shown.all(),
    seen(edge) {
      if (shown === live) return seen.of(edge);
      const until = shown.all()[0]?.at ?? 0;
      return seen.of(edge).filter(({ at }) => at <= until);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show(past) {
      const next = past === null ? live : storeOf(past);
      if (next === shown) return;
      shown = next;
      tell(EVERYTHING);
    },
  };
}
