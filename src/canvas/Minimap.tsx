/** The whole board in a corner. Painted by us: it knows every node, mounted or not. */
import { type PointerEvent, useEffect, useRef } from 'react';
import { boundsOf, groupRects, inflate, nodeRect, type Point, type Rect, unionOf } from '../graph/index.ts';
import type { Theme } from '../picture/index.ts';
import { useStage } from './context.ts';
import { type Stage, viewRect } from './stage.ts';
import { tokensNow } from './tokens.ts';

const WIDTH = 168;
const HEIGHT = 108;
/** At most so often while panning. */
const EVERY = 50;

type Scale = { k: number; x: number; y: number };

export function Minimap({ theme, onPan }: { theme: Theme; onPan: (centre: Point) => void }) {
  const stage = useStage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scale = useRef<Scale>({ k: 1, x: 0, y: 0 });
  useEffect(() => {
    let timer = 0;
    const paint = () => {
      timer = 0;
      if (canvas.current) scale.current = paintMap(canvas.current, stage, theme);
    };
    const ask = () => {
      if (timer === 0) timer = window.setTimeout(paint, EVERY);
    };
    paint();
    const ends = [
      stage.viewport.subscribe(ask),
      stage.lit.subscribe(ask),
      stage.workspace.use.subscribe((state, before) => {
        if (
          state.board !== before.board ||
          state.session.selection !== before.session.selection ||
          state.session.spotlight !== before.session.spotlight
        )
          ask();
      }),
    ];
    return () => {
      window.clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [stage, theme]);

  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { k, x, y } = scale.current;
    onPan([(event.clientX - left - x) / k, (event.clientY - top - y) / k]);
  };
  return (
    <canvas
      ref={canvas}
      className="minimap"
      width={WIDTH * 2}
      height={HEIGHT * 2}
      style={{ width: WIDTH, height: HEIGHT }}
      tabIndex={-1}
      role="img"
      aria-label="Overview of the whole board"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    />
  );
}

function paintMap(canvas: HTMLCanvasElement, stage: Stage, theme: Theme): Scale {
  const tokens = tokensNow(theme);
  const { board, session } = stage.workspace.shown();
  const view = viewRect(stage.viewport.get());
  const nodes = Object.values(board.nodes);
  const extent = inflate(unionOf([boundsOf(nodes.map(nodeRect)) ?? view, view]), 40);
  const k = Math.min(WIDTH / extent.width, HEIGHT / extent.height);
  const x = (WIDTH - extent.width * k) / 2 - extent.x * k;
  const y = (HEIGHT - extent.height * k) / 2 - extent.y * k;
  const context = canvas.getContext('2d')!;
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.fillStyle = tokens.sunken;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const fill = (rect: Rect, colour: string) => {
    context.fillStyle = colour;
    context.fillRect(
      rect.x * k + x,
      rect.y * k + y,
      Math.max(1.5, rect.width * k),
      Math.max(1.5, rect.height * k),
    );
  };
  for (const rect of groupRects(board).values()) fill(rect, tokens.groupFill);
  const marked = new Map(Object.values(board.marks).map((mark) => [mark.subject.id, mark.status]));
  const lit = stage.lit.get();
  for (const node of nodes) {
    context.globalAlpha = !lit || lit.nodes.has(node.id) ? 1 : 0.25;
    const status = marked.get(node.id);
    const selected = session.selection.nodes.has(node.id);
    fill(nodeRect(node), selected ? tokens.accent : status ? tokens.mark[status] : tokens.inkFaint);
  }
  context.globalAlpha = 1;
  context.strokeStyle = tokens.accent;
  context.lineWidth = 1.5;
  context.strokeRect(view.x * k + x, view.y * k + y, view.width * k, view.height * k);
  return { k, x, y };
}
