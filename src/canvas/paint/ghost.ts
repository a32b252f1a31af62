/** What a sketch or an import would draw, change and take away, before it does. */
import { nodeRect, type Patch, type Rect } from '../../graph/index.ts';
import { cssFont, cutMiddle, FONTS, traceRounded } from '../../picture/index.ts';
import { rectOf } from '../boxes.ts';
import { onPage, type Pen } from './pen.ts';

export function paintGhost(pen: Pen): void {
  const { context, tokens, state, workspace } = pen;
  const { ghost } = state.session;
  if (!ghost) return;
  const added = ghost.nodes?.added ?? {};
  const placeOf = (id: string): Rect | null => {
    const node = added[id];
    return node ? nodeRect(node) : rectOf(state.board, pen.moved, id);
  };
  context.save();
  context.strokeStyle = tokens.accent;
  context.fillStyle = tokens.accent;
  context.lineWidth = Math.max(1.5, onPage(pen, 1));
  context.setLineDash([6, 4]);
  for (const edge of Object.values(ghost.edges?.added ?? {})) {
    const source = placeOf(edge.source);
    const target = placeOf(edge.target);
    if (!source || !target) continue;
    context.beginPath();
    traceRounded(context, workspace.routes.quick(source, target));
    context.stroke();
  }
  for (const node of Object.values(added)) {
    const { x, y, width, height } = nodeRect(node);
    context.beginPath();
    context.roundRect(x, y, width, height, 10);
    context.globalAlpha = 0.12;
    context.fill();
    context.globalAlpha = 1;
    context.stroke();
    const font = { ...FONTS.name, size: Math.max(FONTS.name.size, Math.min(onPage(pen, 10), 26)) };
    context.font = cssFont(font);
    context.textAlign = 'center';
    const middle = y + height / 2 + font.size * 0.35;
    const isPlain = node.kind === 'service';
    context.fillText(
      cutMiddle(node.name, width - 16, font),
      x + width / 2,
      isPlain ? middle : middle - font.size * 0.45,
    );
    if (!isPlain) {
      const small = { ...font, size: font.size * 0.75 };
      context.font = cssFont(small);
      context.fillText(node.kind, x + width / 2, middle + font.size * 0.75);
    }
    context.textAlign = 'left';
  }
  for (const id of Object.keys(ghost.nodes?.updated ?? {})) {
    const rect = placeOf(id);
    if (!rect) continue;
    context.beginPath();
    context.roundRect(rect.x - 5, rect.y - 5, rect.width + 10, rect.height + 10, 14);
    context.stroke();
  }
  paintGoing(pen, ghost);
  context.restore();
}

/** What would be taken away is ringed and struck through; of a card that stands before it the ends are seen. */
function paintGoing(pen: Pen, { nodes, edges }: Patch): void {
  const { context, tokens, workspace } = pen;
  context.strokeStyle = tokens.mark.confirmed;
  for (const { id } of Object.values(edges?.removed ?? {})) {
    const route = workspace.routes.routes.get(id);
    if (!route) continue;
    context.beginPath();
    traceRounded(context, route);
    context.stroke();
  }
  context.setLineDash([]);
  for (const { id } of Object.values(nodes?.removed ?? {})) {
    const rect = rectOf(pen.state.board, pen.moved, id);
    if (!rect) continue;
    const { x, y, width, height } = rect;
    context.beginPath();
    context.roundRect(x - 5, y - 5, width + 10, height + 10, 14);
    context.moveTo(x - 20, y + height + 16);
    context.lineTo(x + width + 20, y - 16);
    context.stroke();
  }
}
