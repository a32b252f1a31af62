/** The slate: its colour, its grid, and the boundaries of groups. */
import { groupRects } from '../../graph/index.ts';
import { cssFont, FONTS } from '../../picture/index.ts';
import { groupsOf, withMoved } from '../boxes.ts';
import { DIM, onPage, type Pen } from './pen.ts';

const GRID = 24;
const GRID_FROM_ZOOM = 0.45;

export function paintGround(pen: Pen): void {
  const { context, tokens, view, zoom } = pen;
  context.fillStyle = tokens.board;
  context.fillRect(view.x, view.y, view.width, view.height);
  if (zoom < GRID_FROM_ZOOM || !pen.state.session.grid) return;
  context.fillStyle = tokens.grid;
  const dot = onPage(pen, 1.5);
  context.beginPath();
  for (let x = Math.floor(view.x / GRID) * GRID; x < view.x + view.width; x += GRID)
    for (let y = Math.floor(view.y / GRID) * GRID; y < view.y + view.height; y += GRID)
      context.rect(x, y, dot, dot);
  context.fill();
}

export function paintGroups(pen: Pen): void {
  const { context, tokens, state, moved, lit } = pen;
  const litGroups = lit && groupsOf(state.board, lit.nodes);
  for (const [id, rect] of groupRects(withMoved(state.board, moved))) {
    context.globalAlpha = litGroups && !litGroups.has(id) ? DIM : 1;
    const selected = state.session.selection.groups.has(id);
    context.beginPath();
    context.roundRect(rect.x, rect.y, rect.width, rect.height, 14);
    context.fillStyle = tokens.groupFill;
    context.fill();
    context.lineWidth = Math.max(selected ? 2 : 1.25, onPage(pen, 0.75));
    context.strokeStyle = selected ? tokens.accent : tokens.groupLine;
    context.setLineDash([6, 4]);
    context.stroke();
    context.setLineDash([]);
    if (!pen.painting) continue;
    // the title keeps a readable size on the page as long as there is room for it
    const size = Math.max(FONTS.group.size, Math.min(onPage(pen, 12), rect.height / 5));
    context.font = cssFont({ ...FONTS.group, size });
    context.fillStyle = tokens.inkSecondary;
    context.fillText(state.board.groups[id]!.name, rect.x + 14, rect.y + 10 + size, rect.width - 28);
  }
  context.globalAlpha = 1;
}
