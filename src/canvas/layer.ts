/**
 * The one <canvas> under the nodes: everything that many things have one of is painted here.
 *
 *   view moved · board changed · reading arrived ─► dirty ─► one animation frame ─► paint
 *
 * A reading never passes through React: it marks the picture dirty, and a picture that would show the same
 * is not painted again.
 */
import type { Theme } from '../picture/index.ts';
import type { Moved } from './boxes.ts';
import { chooseMounted } from './mounting.ts';
import { paintEdges } from './paint/edges.ts';
import { paintGround, paintGroups } from './paint/ground.ts';
import { paintNodes } from './paint/nodes.ts';
import type { Pen } from './paint/pen.ts';
import { type Stage, type Viewport, viewRect } from './stage.ts';
import { tokensNow } from './tokens.ts';
import { createWide, type Wide } from './wide.ts';

/** Live figures repaint at most so often, ms; more cannot be read. The more edges are in view, the less often. */
const FIGURES_EVERY = { least: 100, most: 500, anEdge: 0.2 };
/** Of very many things in motion nobody reads a figure: they wait, ms, until the view has settled for so long. */
const FIGURES_WHILE_PANNING = 3000;
const SETTLED = 150;
/** Timers are early or late by so much, ms. */
const SLACK = 8;
/** Routing done in each frame until none is left, ms. */
const ROUTING_A_FRAME = 6;
/** From so many edges in view on, panning shows what has been painted, moved. */
const MANY_EDGES = 300;
/** From so many on, what stands still is painted once for a whole drag. */
const ASIDE_FROM = 40;
/** Stale figures grow older on the page. */
const AGE_EVERY = 1000;

type Over = Pick<typeof import('./over.ts'), 'paintOver' | 'takenOut'>;

export type Layer = {
  setTheme(theme: Theme): void;
  /** From now on pills, marks, ghosts and guides are painted, too. */
  setOver(over: Over): void;
  destroy(): void;
};

export function createLayer(canvas: HTMLCanvasElement, stage: Stage, theme: Theme): Layer {
  const { workspace } = stage;
  const context = canvas.getContext('2d', { alpha: false })!;
  let tokens = tokensNow(theme);
  let over: Over | null = null;
  let frame = 0;
  let isDirty = true;
  let wide: Wide | null = null;
  let painting = false;
  let edgesInView = 0;
  let figuresTimer = 0;
  let lastFigures = 0;
  let wasRouting = false;
  let lastPanned = 0;
  let lastMoved: Moved = new Map();

  /** Something is to be painted anew; a view that only moved may show what is painted already. */
  function ask() {
    isDirty = true;
    askFrame();
  }

  function askFrame() {
    if (frame === 0) frame = requestAnimationFrame(paint);
  }

  function paint() {
    frame = 0;
    const routing = workspace.routes.work(stage.moved.get().size > 0 ? 2 : ROUTING_A_FRAME);
    const viewport = stage.viewport.get();
    if (viewport.width === 0) return;
    const chosen = chooseMounted(stage, painting);
    if (chosen.painting !== painting || (routing ? isTimeForRoutes() : wasRouting)) isDirty = true;
    wasRouting = routing;
    painting = chosen.painting;
    if (stage.mounted.set(chosen.ids)) isDirty = true;
    stage.lit.set(workspace.lit());
    const ratio = window.devicePixelRatio || 1;
    fitCanvas(canvas, viewport.width, viewport.height, ratio);
    const moved = stage.moved.get();
    const isAside = moved.size > 0 && edgesInView > ASIDE_FROM && !movesInGroups(moved);
    if (!sameKeys(moved, lastMoved) || (moved.size > 0 && !isAside)) isDirty = true;
    lastMoved = moved;
    if (isDirty || !wide?.show(context, viewport, ratio)) {
      isDirty = false;
      lastFigures = performance.now();
      const isMany = painting && edgesInView > MANY_EDGES && moved.size === 0;
      wide = isMany || isAside ? (wide ?? createWide()) : null;
      if (wide) {
        const part = isAside ? 'still' : 'all';
        wide.paint(viewport, ratio, (target, seen) => paintPart(part, target, seen, ratio));
        wide.show(context, viewport, ratio);
      } else paintPart('all', context, viewport, ratio);
    }
    if (isAside) paintPart('moving', context, viewport, ratio);
    if (routing) askFrame();
  }

  /** Painting very many lines for each few that found their way would take longer than finding it. */
  const isTimeForRoutes = () => performance.now() - lastFigures >= paceOf(0);

  /** A boundary follows its members, so what moves in a group is not apart from what stands still. */
  function movesInGroups(moved: Moved): boolean {
    const { nodes } = workspace.shown().board;
    for (const id of moved.keys()) if (nodes[id]?.group !== undefined) return true;
    return false;
  }

  function paintPart(part: Pen['part'], target: CanvasRenderingContext2D, viewport: Viewport, ratio: number) {
    const { x, y, zoom } = viewport;
    target.setTransform(ratio * zoom, 0, 0, ratio * zoom, ratio * x, ratio * y);
    const pen: Pen = {
      part,
      context: target,
      tokens,
      zoom,
      ratio,
      view: viewRect(viewport),
      workspace,
      state: workspace.shown(),
      cards: workspace.projection().groups,
      moved: stage.moved.get(),
      mounted: stage.mounted.get(),
      painting,
      hoveredEdge: stage.hoveredEdge.get(),
      lit: stage.lit.get(),
      out: over?.takenOut(workspace.shown().board),
    };
    if (part !== 'moving') {
      paintGround(pen);
      paintGroups(pen);
    }
    const visible = paintEdges(pen);
    paintNodes(pen);
    over?.paintOver(pen, visible, stage.guides.get());
    if (part !== 'moving') edgesInView = visible.length;
  }

  /** Figures arrive all the time: gathered, and painted at a pace that can be read. */
  function figuresArrived() {
    if ((frame !== 0 && isDirty) || figuresTimer !== 0 || document.hidden) return;
    const pace = paceOf(FIGURES_EVERY.least);
    const wait = isPanning() ? SETTLED : Math.max(0, lastFigures + pace - performance.now());
    figuresTimer = window.setTimeout(() => {
      figuresTimer = 0;
      const age = performance.now() - lastFigures;
      // still in motion, or painted meanwhile for another reason
      if (age < (isPanning() ? FIGURES_WHILE_PANNING : pace - SLACK)) figuresArrived();
      else ask();
    }, wait);
  }

  const paceOf = (least: number) =>
    Math.min(FIGURES_EVERY.most, Math.max(least, edgesInView * FIGURES_EVERY.anEdge));

  const isPanning = () => wide !== null && performance.now() - lastPanned < SETTLED;

  const subscriptions = [
    workspace.use.subscribe((state, before) => {
      const same =
        state.board === before.board &&
        state.session.selection === before.session.selection &&
        state.session.quantile === before.session.quantile &&
        state.session.instance === before.session.instance &&
        state.session.units === before.session.units &&
        state.session.grid === before.session.grid &&
        state.session.moment === before.session.moment &&
        state.session.compare === before.session.compare &&
        state.session.ringed === before.session.ringed &&
        state.session.spotlight === before.session.spotlight &&
        state.session.ghost === before.session.ghost &&
        state.session.editing === before.session.editing;
      // what is typed next is the name: its field must not wait for a frame
      if (state.session.editing && state.session.editing !== before.session.editing)
        stage.mounted.set(chooseMounted(stage, painting).ids);
      if (!same) ask();
      else if (state.health !== before.health) figuresArrived();
    }),
    workspace.readings.subscribe(figuresArrived),
    ...[stage.hoveredEdge, stage.hoveredNode].map((each) => each.subscribe(ask)),
    ...[stage.moved, stage.guides].map((each) => each.subscribe(askFrame)),
    stage.viewport.subscribe(() => {
      lastPanned = performance.now();
      askFrame();
    }),
  ];
  const ageing = window.setInterval(figuresArrived, AGE_EVERY);
  const onVisible = () => !document.hidden && ask();
  document.addEventListener('visibilitychange', onVisible);
  document.fonts?.ready.then(ask);
  ask();

  return {
    setTheme(next) {
      tokens = tokensNow(next);
      ask();
    },
    setOver(next) {
      over = next;
      ask();
    },
    destroy() {
      for (const end of subscriptions) end();
      document.removeEventListener('visibilitychange', onVisible);
      window.clearInterval(ageing);
      window.clearTimeout(figuresTimer);
      cancelAnimationFrame(frame);
    },
  };
}

function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}

function sameKeys(a: Moved, b: Moved): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const key of a.keys()) if (!b.has(key)) return false;
  return true;
}
