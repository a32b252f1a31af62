/** The one time that all charts point at. Outside of React: it moves with the pointer. */
import type { EpochMs } from '../../graph/index.ts';

export type Crosshair = {
  at(): EpochMs | null;
  set(at: EpochMs | null): void;
  /** Told at most once a frame. Returns the end of it. */
  subscribe(listener: () => void): () => void;
};

export function createCrosshair(): Crosshair {
  let at: EpochMs | null = null;
  let frame = 0;
  const listeners = new Set<() => void>();
  return {
    at: () => at,
    set(next) {
      if (next === at) return;
      at = next;
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        for (const listener of listeners) listener();
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
