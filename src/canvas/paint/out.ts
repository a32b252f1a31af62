/** What experiments have taken out: cards that are painted are hatched, edges struck through. */
import { sizeOfKind } from '../../graph/index.ts';
import { hatchPath, silhouette, strikePath } from '../../picture/index.ts';
import { isPart, onPage, type Pen } from './pen.ts';

export function paintOut(pen: Pen): void {
  const { context, tokens, out, state, moved, mounted, workspace } = pen;
  if (!out) return;
  context.save();
  context.strokeStyle = tokens.chalk;
  context.lineWidth = Math.max(2, onPage(pen, 1.5));
  for (const id of out.edges) {
    const edge = state.board.edges[id];
    const points = workspace.routes.routes.get(id);
    if (!edge || !points || moved.has(edge.source) || moved.has(edge.target)) continue;
    context.stroke(new Path2D(strikePath(points)));
  }
  context.globalAlpha = 0.5;
  context.lineWidth = Math.max(1.25, onPage(pen, 0.75));
  for (const id of pen.painting ? out.nodes : []) {
    const node = state.board.nodes[id];
    if (!node || mounted.has(id) || !isPart(pen, moved.has(id))) continue;
    const rect = { x: 0, y: 0, ...sizeOfKind(node.kind) };
    context.save();
    context.translate(...(moved.get(id) ?? node.position));
    context.clip(new Path2D(silhouette(node.kind, rect)));
    context.stroke(new Path2D(hatchPath(rect)));
    context.restore();
  }
  context.restore();
}
