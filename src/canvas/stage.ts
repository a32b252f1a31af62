/**
 * What the parts of one canvas share: where the view is, what is being dragged or pointed at. Imperative, so
 * that panning and live figures never pass through React.
 */
import type { Id, Point, Rect } from '../graph/index.ts';
import type { Lit, Workspace } from '../workspace/index.ts';
import type { Guide } from './gestures/snap.ts';
import { type Signal, signal } from './signal.ts';

/** `x`, `y`: where the board's origin is on the page, pixels from the canvas' corner; `zoom`: pixels a board pixel. */
export type Viewport = { x: number; y: number; zoom: number; width: number; height: number };

/** So many cards are elements in the page; more are painted. */
export const ELEMENTS_UP_TO = 100;

export type Stage = {
  workspace: Workspace;
  viewport: Signal<Viewport>;
  /** Positions that differ from the board's while a drag or a glide goes on. */
  moved: Signal<ReadonlyMap<Id, Point>>;
  /** The edge under the pointer or with the focus. */
  hoveredEdge: Signal<Id | null>;
  /** The node under the pointer where nodes are drawn, not mounted. */
  hoveredNode: Signal<Id | null>;
  /** Where the pointer last was over the board, board pixels. */
  pointer: Signal<Point | null>;
  /** What cards are changed by. Null until its code is there. */
  editing: Signal<typeof import('./cards/editing.tsx') | null>;
  /** Nodes that are in the page as elements; the rest are painted. */
  mounted: Signal<ReadonlySet<Id>>;
  /** What the thing being dragged is in line with. */
  guides: Signal<readonly Guide[]>;
  /** What is lit while the rest is dimmed; null when nothing is. */
  lit: Signal<Lit | null>;
};

export function createStage(workspace: Workspace): Stage {
  return {
    workspace,
    viewport: signal<Viewport>({ x: 0, y: 0, zoom: 1, width: 0, height: 0 }),
    moved: signal<ReadonlyMap<Id, Point>>(new Map()),
    editing: signal<typeof import('./cards/editing.tsx') | null>(null),
    hoveredEdge: signal<Id | null>(null),
    hoveredNode: signal<Id | null>(null),
    pointer: signal<Point | null>(null),
    mounted: signal<ReadonlySet<Id>>(mountedAtFirst(workspace), sameSet),
    guides: signal<readonly Guide[]>([]),
    lit: signal<Lit | null>(null, sameLit),
  };
}

/** Before anything has been measured: all cards of a small board, so that it is there in the first frame. */
function mountedAtFirst(workspace: Workspace): Set<Id> {
  const ids = Object.keys(workspace.shown().board.nodes);
  return new Set(ids.length <= ELEMENTS_UP_TO ? ids : []);
}

const sameSet = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean =>
  a === b || (a.size === b.size && [...a].every((each) => b.has(each)));

const sameLit = (a: Lit | null, b: Lit | null): boolean =>
  a === b || (a !== null && b !== null && sameSet(a.nodes, b.nodes) && sameSet(a.edges, b.edges));

/** The part of the board that is in view, board pixels, with a margin in page pixels. */
export const viewRect = ({ x, y, zoom, width, height }: Viewport, margin = 0): Rect => ({
  x: (-x - margin) / zoom,
  y: (-y - margin) / zoom,
  width: (width + 2 * margin) / zoom,
  height: (height + 2 * margin) / zoom,
});

export const toBoard = (viewport: Viewport, [px, py]: Point): Point => [
  (px - viewport.x) / viewport.zoom,
  (py - viewport.y) / viewport.zoom,
];
