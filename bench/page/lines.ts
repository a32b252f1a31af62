/** The limit: straight lines and boxes on one canvas, all of them drawn anew for every change, nothing else. */
import { type Board, boundsOf, nodeRect } from '../../src/graph/index.ts';
import { type Contender, encode, isWorse, PNG_WIDTH, ZOOM } from './contender.ts';

export async function create(root: HTMLElement, board: Board): Promise<Contender> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'fixed', inset: '0' });
  root.append(canvas);
  canvas.width = innerWidth;
  canvas.height = innerHeight;
  const rects = Object.fromEntries(Object.values(board.nodes).map((node) => [node.id, nodeRect(node)]));
  const bounds = boundsOf(Object.values(rects))!;
  const ends = Object.values(board.edges).map(
    ({ source, target }) => [rects[source]!, rects[target]!] as const,
  );
  let view = { x: 0, y: 0, zoom: 1 };
  let round = 0;
  let asked = false;

  function paint(context: CanvasRenderingContext2D, { x, y, zoom }: typeof view, withNames: boolean) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(zoom, 0, 0, zoom, x, y);
    for (const worse of [false, true]) {
      context.beginPath();
      ends.forEach(([from, to], i) => {
        if (isWorse(i, round) !== worse) return;
        context.moveTo(from.x + from.width, from.y + from.height / 2);
        context.lineTo(to.x, to.y + to.height / 2);
      });
      context.strokeStyle = worse ? '#b3261e' : '#888';
      // a hair under one device pixel: what a software renderer draws fastest
      context.lineWidth = 0.99 / zoom;
      context.stroke();
    }
    context.beginPath();
    for (const rect of Object.values(rects)) context.rect(rect.x, rect.y, rect.width, rect.height);
    context.fillStyle = '#ddd';
    context.fill();
    if (!withNames) return;
    context.fillStyle = '#222';
    context.font = '14px sans-serif';
    for (const { name, id } of Object.values(board.nodes))
      context.fillText(name, rects[id]!.x + 8, rects[id]!.y + 24);
  }

  const ask = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      paint(canvas.getContext('2d', { alpha: false })!, view, false);
    });
  };
  canvas.addEventListener('pointermove', ({ buttons, movementX, movementY }) => {
    if (buttons === 0) return;
    view = { ...view, x: view.x + movementX, y: view.y + movementY };
    ask();
  });
  ask();
  return {
    look(at) {
      const zoom = at === 'fit' ? Math.min(innerWidth / bounds.width, innerHeight / bounds.height) : ZOOM[at];
      const [cx, cy] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];
      view = { zoom, x: innerWidth / 2 - cx * zoom, y: innerHeight / 2 - cy * zoom };
      ask();
    },
    update(next) {
      round = next;
      ask();
    },
    png() {
      const picture = document.createElement('canvas');
      const zoom = PNG_WIDTH / bounds.width;
      picture.width = PNG_WIDTH;
      picture.height = Math.round(bounds.height * zoom);
      paint(picture.getContext('2d')!, { x: -bounds.x * zoom, y: -bounds.y * zoom, zoom }, true);
      return encode(picture);
    },
  };
}
