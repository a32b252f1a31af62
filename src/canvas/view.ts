/** The canvas as actions see it: fit, zoom, pan, glide. */
import type { ReactFlowInstance } from '@xyflow/react';
import {
  boundsOf,
  centreOf,
  groupRects,
  type Id,
  overlaps,
  type Point,
  type Rect,
  type Subject,
} from '../graph/index.ts';
import { selectionSize, type View } from '../workspace/index.ts';
import { noteRect, rectOf } from './boxes.ts';
import { type Stage, toBoard, viewRect } from './stage.ts';

export const ZOOM = { least: 0.02, most: 4 } as const;
/** Fitting never enlarges: a board of three nodes is not a poster. */
const FIT_AT_MOST = 1;
const FIT_MARGIN = 36;
const GLIDE_MS = 200;

const calm = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** What floats over the canvas at its edges, page pixels: fitting keeps clear of it. */
export type Insets = { top: number; right: number; bottom: number; left: number };

export function createView(
  stage: Stage,
  flow: ReactFlowInstance,
  wrapper: HTMLElement,
  insets: () => Insets,
): View {
  const { workspace, viewport, moved } = stage;
  const duration = () => (calm() ? 0 : 160);
  const boardOf = () => workspace.shown().board;
  /** Goes up with every glide and every end of one: a glide that is not the last stops. */
  let glides = 0;

  function extentOf(ids: Iterable<Id> | undefined): Rect | null {
    const drawn = boardOf();
    // what is only shown is to be seen, too
    const nodes = { ...drawn.nodes, ...workspace.use.getState().session.ghost?.nodes?.added };
    const board = { ...drawn, nodes };
    const none = new Map<Id, Point>();
    const { hidden } = workspace.projection();
    const wanted = ids
      ? [...ids].map((id) => hidden.nodes.get(id) ?? id)
      : [...Object.keys(board.nodes), ...Object.keys(board.notes)];
    const rects = wanted.flatMap((id) => rectOf(board, none, id) ?? noteRect(board, none, id) ?? []);
    if (!ids) rects.push(...groupRects(board).values());
    return boundsOf(rects);
  }

  function show(rect: Rect, animate: boolean): void {
    const { width, height } = viewport.get();
    const { top, right, bottom, left } = insets();
    const room = {
      width: width - left - right - 2 * FIT_MARGIN,
      height: height - top - bottom - 2 * FIT_MARGIN,
    };
    const zoom = Math.max(
      ZOOM.least,
      Math.min(FIT_AT_MOST, room.width / Math.max(1, rect.width), room.height / Math.max(1, rect.height)),
    );
    centreOn(rect, zoom, animate);
  }

  /** In the middle of what nothing floats over. */
  function centreOn(rect: Rect, zoom: number, animate: boolean): void {
    const { width, height } = viewport.get();
    const { top, right, bottom, left } = insets();
    const [cx, cy] = centreOf(rect);
    const x = left + (width - left - right) / 2 - cx * zoom;
    const y = top + (height - top - bottom) / 2 - cy * zoom;
    flow.setViewport({ x, y, zoom }, { duration: animate ? duration() : 0 });
  }

  /** No further than it takes. */
  function shiftTo(rect: Rect): void {
    const { x, y, zoom, width, height } = viewport.get();
    const { top, right, bottom, left } = insets();
    const by = (start: number, end: number, least: number, most: number) =>
      start < least ? least - start : Math.min(0, most - end);
    const [px, py] = [x + rect.x * zoom, y + rect.y * zoom];
    const dx = by(px, px + rect.width * zoom, left + FIT_MARGIN, width - right - FIT_MARGIN);
    const dy = by(py, py + rect.height * zoom, top + FIT_MARGIN, height - bottom - FIT_MARGIN);
    flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() });
  }

  const elementOf = (id: Id) =>
    wrapper.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);

  function isInView(rect: Rect): boolean {
    const room = insets();
    const { zoom } = viewport.get();
    const { x, y, width, height } = viewRect(viewport.get());
    return (
      rect.x >= x + room.left / zoom &&
      rect.y >= y + room.top / zoom &&
      rect.x + rect.width <= x + width - room.right / zoom &&
      rect.y + rect.height <= y + height - room.bottom / zoom
    );
  }

  return {
    fit(ids, animate = true) {
      const rect = extentOf(ids);
      if (rect) show(rect, animate);
      // an empty board is drawn on at its actual size, whatever was looked at before
      else if (!ids) void flow.setViewport({ x: 0, y: 0, zoom: 1 }, { duration: 0 });
    },
    zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: duration() }),
    zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration: duration() }),
    panTo(subject: Subject) {
      const edge = boardOf().edges[subject.id];
      const rect = extentOf(edge ? [edge.source, edge.target] : [subject.id]);
      const zoom = flow.getZoom();
      // what is seen and can be read stays where it is
      if (rect && (zoom < 0.6 || !isInView(rect))) centreOn(rect, Math.max(zoom, 0.6), true);
    },
    reveal(ids) {
      const rect = extentOf(ids);
      if (rect && !isInView(rect)) show(extentOf(undefined) ?? rect, true);
    },
    follow(node) {
      const rect = extentOf([node]);
      if (rect && !isInView(rect)) shiftTo(rect);
      if (!document.activeElement?.closest('.react-flow__node') || boardOf().nodes[node] === undefined)
        return;
      if (workspace.use.getState().session.editing) return;
      // where nodes are painted, it becomes an element in the frame that follows
      requestAnimationFrame(() =>
        requestAnimationFrame(() => elementOf(node)?.focus({ preventScroll: true })),
      );
    },
    centre: () => centreOf(viewRect(viewport.get())),
    pointer() {
      const view = viewRect(viewport.get());
      const at = stage.pointer.get();
      return at && overlaps({ x: at[0], y: at[1], width: 0, height: 0 }, view) ? at : centreOf(view);
    },
    async glide(positions) {
      const { board } = workspace.use.getState();
      const from = new Map<Id, Point>();
      for (const id in positions) if (board.nodes[id]) from.set(id, board.nodes[id].position);
      const mine = ++glides;
      if (calm() || from.size > 400) {
        moved.set(new Map([...from.keys()].map((id) => [id, positions[id]!])));
        return;
      }
      const start = performance.now();
      await new Promise<void>((done) => {
        const step = () => {
          if (mine !== glides) return done();
          const t = Math.min(1, (performance.now() - start) / GLIDE_MS);
          const eased = 1 - (1 - t) ** 3;
          const now = new Map<Id, Point>();
          for (const [id, [x, y]] of from) {
            const [tx, ty] = positions[id]!;
            now.set(id, [x + (tx - x) * eased, y + (ty - y) * eased]);
          }
          moved.set(now);
          if (t < 1) requestAnimationFrame(step);
          else done();
        };
        step();
      });
    },
    settle() {
      glides++;
      moved.set(new Map());
    },
    focus() {
      const { selection } = workspace.shown().session;
      const [id] = [...selection.nodes, ...selection.notes];
      const card = selectionSize(selection) === 1 && id !== undefined ? elementOf(id) : null;
      (card ?? wrapper).focus({ preventScroll: true });
    },
    at: (page: Point) => {
      const box = wrapper.getBoundingClientRect();
      return toBoard(viewport.get(), [page[0] - box.left, page[1] - box.top]);
    },
  };
}
