/**
 * Put into every page that is measured: counts its frames, and times a key from its press until the frame that
 * shows what it did has been drawn. The same clock for ours and for peers.
 */
import type { BrowserContext } from 'playwright-core';

/** How it is known that a key has done its work: a canvas was painted since, or so many elements are there. */
export type Shown = { canvas: string } | { elements: string; count: number };

declare global {
  interface Window {
    watch: {
      /** Counts animation frames till called again; then their times, ms. */
      frames(): number[];
      /** Gets ready for the next key. */
      arm(shown: Shown): void;
      /** From that key till the frame after the one that shows it, ms. */
      drawn(): Promise<number>;
    };
  }
}

export const watchPages = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    let times: number[] = [];
    let counting = 0;
    let waited: { shown: Shown; pressed: number | null; painted: boolean } | null = null;
    let drawn = Promise.resolve(0);

    // whoever paints a canvas sets its transform first
    const { setTransform } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.setTransform = function (...matrix: []) {
      if (waited?.pressed && this.canvas.isConnected && 'canvas' in waited.shown)
        waited.painted ||= this.canvas.matches(waited.shown.canvas);
      setTransform.apply(this, matrix);
    };
    window.addEventListener(
      'keydown',
      (event) => {
        if (waited) waited.pressed ??= event.timeStamp;
      },
      true,
    );

    window.watch = {
      frames() {
        cancelAnimationFrame(counting);
        const counted = times;
        times = [];
        const count = (now: number) => {
          times.push(now);
          counting = requestAnimationFrame(count);
        };
        counting = requestAnimationFrame(count);
        return counted;
      },
      arm(shown) {
        const mine = { shown, pressed: null as number | null, painted: false };
        waited = mine;
        drawn = new Promise((resolve) => {
          const isShown = () =>
            'canvas' in shown
              ? mine.painted
              : document.querySelectorAll(shown.elements).length === shown.count;
          const { port1, port2 } = new MessageChannel();
          // comes right after the frame has been laid out and painted
          port1.onmessage = () => {
            if (mine.pressed === null || !isShown()) return look();
            requestAnimationFrame(() => resolve(performance.now() - mine.pressed!));
          };
          const look = () => void requestAnimationFrame(() => port2.postMessage(null));
          look();
        });
      },
      drawn: () => drawn,
    };
  });
