/** Cards of the nodes that are painted. The nearer the view, the more of a card is drawn. */
import { type BoardNode, type Id, type NodeKind, nodeRect, sizeOfKind } from '../../graph/index.ts';
import {
  cssFont,
  cutMiddle,
  FONTS,
  ICON_STROKE,
  iconPath,
  LOCK_GLYPH,
  type NodeFigure,
  nodeFace,
  STACK_OFFSETS,
  silhouette,
  silhouetteDash,
  silhouetteDetail,
} from '../../picture/index.ts';
import { nodesIn } from '../boxes.ts';
import { DIM, isNodeLit, isPart, onPage, type Pen } from './pen.ts';

const OUTLINES_FROM_ZOOM = 0.16;
const NAMES_FROM_ZOOM = 0.2;
const FACES_FROM_ZOOM = 0.5;

export function paintNodes(pen: Pen): void {
  if (!pen.painting) return;
  const { state, moved, view, mounted, zoom } = pen;
  const ids = nodesIn(state.board, moved, view).filter(
    (id) => !mounted.has(id) && isPart(pen, moved.has(id)),
  );
  if (zoom < OUTLINES_FROM_ZOOM) return paintBlocks(pen, ids);
  for (const id of ids) {
    const node = state.board.nodes[id]!;
    const [x, y] = moved.get(id) ?? node.position;
    pen.context.save();
    pen.context.translate(x, y);
    if (!isNodeLit(pen, id)) pen.context.globalAlpha = DIM;
    paintCard(pen, node);
    pen.context.restore();
  }
}

/** From far away a card is a block: all of them are a few fills. */
function paintBlocks(pen: Pen, ids: readonly Id[]): void {
  const { context, tokens, state, moved } = pen;
  const { nodes: selected } = state.session.selection;
  for (const [colour, chosen, lit] of [
    [tokens.nodeFill, false, false],
    [tokens.nodeFill, false, true],
    [tokens.accent, true, false],
    [tokens.accent, true, true],
  ] as const) {
    context.beginPath();
    for (const id of ids) {
      if (selected.has(id) !== chosen || isNodeLit(pen, id) !== lit) continue;
      const node = state.board.nodes[id]!;
      const { width, height } = sizeOfKind(node.kind);
      const [x, y] = moved.get(id) ?? node.position;
      context.rect(x, y, width, height);
    }
    context.fillStyle = colour;
    context.globalAlpha = lit ? 1 : DIM;
    context.fill();
    context.strokeStyle = chosen ? tokens.accent : tokens.nodeStroke;
    context.lineWidth = 1 / (pen.zoom * pen.ratio);
    context.stroke();
  }
  context.globalAlpha = 1;
}

type Shape = { outline: Path2D; detail: Path2D; icon: Path2D; dash: readonly number[] | null };
const shapes = new Map<NodeKind, Shape>();

function shapeOf(kind: NodeKind): Shape {
  const known = shapes.get(kind);
  if (known) return known;
  const rect = { x: 0, y: 0, ...sizeOfKind(kind) };
  const shape = {
    outline: new Path2D(silhouette(kind, rect)),
    detail: new Path2D(silhouetteDetail(kind, rect)),
    icon: new Path2D(iconPath(kind)),
    dash: silhouetteDash(kind),
  };
  shapes.set(kind, shape);
  return shape;
}

/** A strip for figures is drawn empty here: from where cards are painted nobody reads them. */
const NO_FIGURES: readonly NodeFigure[] = [];

function paintCard(pen: Pen, node: BoardNode): void {
  const { context, tokens, zoom, state } = pen;
  const shape = shapeOf(node.kind);
  const selected = state.session.selection.nodes.has(node.id);
  context.fillStyle = tokens.nodeFill;
  context.strokeStyle = selected ? tokens.accent : tokens.nodeStroke;
  context.lineWidth = Math.max(selected ? 2 : 1.25, onPage(pen, selected ? 1.5 : 0.75));
  if (pen.cards.has(node.id)) paintBehind(pen, shape);
  context.fill(shape.outline);
  if (shape.dash) context.setLineDash([...shape.dash]);
  context.stroke(shape.outline);
  context.setLineDash([]);
  context.stroke(shape.detail);
  if (zoom < NAMES_FROM_ZOOM) return;
  if (zoom < FACES_FROM_ZOOM) paintName(pen, node);
  else paintFace(pen, node, shape);
  if (node.locked) paintLock(pen, node);
}

let padlock: Path2D | null = null;

function paintLock({ context, tokens }: Pen, node: BoardNode): void {
  const { path, stroke, radius } = LOCK_GLYPH;
  context.save();
  context.translate(nodeRect(node).width / 2, 0);
  context.beginPath();
  context.arc(0, 0, radius, 0, 2 * Math.PI);
  context.fillStyle = tokens.surface;
  context.strokeStyle = tokens.nodeStroke;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
  context.strokeStyle = tokens.inkSecondary;
  context.lineWidth = stroke;
  context.stroke((padlock ??= new Path2D(path)));
  context.restore();
}

/** The cards that show behind one that stands for several. */
function paintBehind({ context }: Pen, { outline }: Shape): void {
  for (const by of STACK_OFFSETS) {
    context.translate(by, -by);
    context.fill(outline);
    context.stroke(outline);
    context.translate(-by, by);
  }
}

/** The name alone, as large as the page needs it to be read. */
function paintName(pen: Pen, node: BoardNode): void {
  const { context, tokens } = pen;
  const { width, height } = nodeRect(node);
  const size = Math.min(onPage(pen, 10), 26);
  const font = { ...FONTS.name, size };
  context.font = cssFont(font);
  context.fillStyle = tokens.ink;
  context.textAlign = 'center';
  context.fillText(cutMiddle(node.name, width - 16, font), width / 2, height / 2 + size * 0.35);
  context.textAlign = 'left';
}

function paintFace(pen: Pen, node: BoardNode, shape: Shape): void {
  const { context, tokens } = pen;
  const face = nodeFace(node, NO_FIGURES);
  context.save();
  context.translate(face.icon.x, face.icon.y);
  context.scale(face.icon.size / 16, face.icon.size / 16);
  context.lineWidth = ICON_STROKE;
  context.lineCap = 'round';
  context.strokeStyle = tokens.inkSecondary;
  context.stroke(shape.icon);
  context.restore();
  for (const [text, colour] of [
    [face.name, tokens.ink],
    [face.technology, tokens.inkFaint],
    [face.instances, tokens.inkSecondary],
  ] as const) {
    if (!text) continue;
    context.font = cssFont(text.font);
    context.fillStyle = colour;
    context.textAlign = text.end ? 'right' : 'left';
    context.fillText(text.text, text.x, text.y);
  }
  context.textAlign = 'left';
}
