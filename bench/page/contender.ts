/** What every contender can do: be looked at from three zooms, be kept up to date, have a node dragged. */
import type { Board } from '../../src/graph/index.ts';

export type Look = 'fit' | 'middle' | 'work';
/** Zooms that are not "all of it": where speed used to be lost, and where people read labels. */
export const ZOOM = { middle: 0.37, work: 0.7 } as const;

/** What a person does to a whole board by a key. */
export type Deed = 'select' | 'deselect' | 'move' | 'delete' | 'undo';

/** A key moves what is selected so far, board pixels. */
export const FAR = 40;

export type Contender = {
  look(at: Look): void | Promise<void>;
  /** Every edge says something new. */
  update(round: number): void;
  /** Gets ready to be scrubbed through time: every edge says what it said then. @returns where the strip is, page pixels */
  scrub?(): Promise<{ left: number; right: number; y: number }>;
  /** Page pixels of the middle of a node near the middle of the page. */
  node?(): readonly [number, number];
  /** What keys do to all of it, in the few lines that an application would write for itself. */
  keys?: Record<Deed, () => void>;
  /** A PNG of the whole board, 4,096 pixels wide. */
  png?(): Promise<Blob>;
};

export type Create = (root: HTMLElement, board: Board) => Promise<Contender>;

/** A latency for an edge in a round, ms: anew each time, as live figures are. */
export const latencyOf = (edge: number, round: number): number => 5 + ((edge * 37 + round * 101) % 395);

/** A tenth of all edges is worse than usual at any time. */
export const isWorse = (edge: number, round: number): boolean => (edge * 7 + round) % 10 === 0;

export const PNG_WIDTH = 4096;

export function encode(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}
