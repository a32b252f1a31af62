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
  /**
   * From now on `best` speaks of this instance wherever it is told apart; null is of all instances again. Who asks
   * for one by name, or with null for all of them, is answered that.
   */
  speakOf(instance: string | null): void;
  /** Shows the readings of one moment, or with null the live ones again. All of it is dirty then. */
  show(past: readonly Reading[] | null): void;
  /** What sources say now, whichever time is shown. */
  live: Pick<ReadingStore, 'of' | 'best' | 'ofInstances' | 'subscribe'>;
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
  let spokenOf: string | null = null;
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
    live,
    put(readings) {
      live.put(readings);
      seen.remember(readings);
    },
    clear(source) {
      live.clear(source);
      seen.forget();
    },
    of: (subject) => shown.of(subject),
    best(subject, metric, instance) {
      if (instance !== undefined || spokenOf === null) return shown.best(subject, metric, instance);
      return shown.best(subject, metric, spokenOf) ?? shown.best(subject, metric);
    },
    ofInstances: (subject) => shown.ofInstances(subject),
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
    speakOf(instance) {
      if (instance === spokenOf) return;
      spokenOf = instance;
      tell(EVERYTHING);
    },
    show(past) {
      const next = past === null ? live : storeOf(past);
      if (next === shown) return;
      shown = next;
      tell(EVERYTHING);
    },
  };
}
