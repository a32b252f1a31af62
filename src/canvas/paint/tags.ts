/** Plates under the pills of edges whose instances are told apart: a tick for each, and how far they differ. */
import { type BoardEdge, type Id, type Point, type Rect, sizeOfKind } from '../../graph/index.ts';
import {
  cssFont,
  FONTS,
  isNotable,
  pillTagAt,
  pillTags,
  severityOf,
  type TagFace,
} from '../../picture/index.ts';
import { type Spread, spreadAt } from '../../workspace/index.ts';
import { nodesIn } from '../boxes.ts';
import type { Pen } from './pen.ts';

/** From further away nobody tells ticks apart. */
const FROM_ZOOM = 0.6;

export type Hung = { edge: BoardEdge; at: Point; scale: number };

/**
 * @param claim takes a place on the board, where it is free
 * @returns where the plates are, by edge
 */
export function paintTags(
  pen: Pen,
  pills: readonly Hung[],
  claim: (rect: Rect) => boolean,
): ReadonlyMap<Id, Rect> {
  const plates = new Map<Id, Rect>();
  if (pen.zoom < FROM_ZOOM) return plates;
  const told = pills.flatMap(({ edge, at, scale }) => {
    const spread = spreadAt(pen.workspace, { type: 'edge', id: edge.id });
    return spread ? [{ id: edge.id, spread, at, scale }] : [];
  });
  if (told.length === 0) return plates;
  for (const rect of cardsIn(pen)) claim(rect);
  const { instance } = pen.state.session;
  for (const { id, spread, at, scale } of told) {
    for (const tag of pillTags(spread, instance)) {
      const place = pillTagAt(tag);
      const [x, y] = [at[0] + place.x * scale, at[1] + place.y * scale];
      const rect = { x, y, width: place.width * scale, height: place.height * scale };
      if (!claim(rect)) continue;
      plates.set(id, rect);
      paintTag(pen, tag, spread, [x, y], scale);
      break;
    }
  }
  return plates;
}

function cardsIn({ state, moved, view }: Pen): Rect[] {
  return nodesIn(state.board, moved, view).map((id) => {
    const { kind, position } = state.board.nodes[id]!;
    const [x, y] = moved.get(id) ?? position;
    return { x, y, ...sizeOfKind(kind) };
  });
}

function paintTag(pen: Pen, tag: TagFace, { skew }: Spread, [x, y]: Point, scale: number): void {
  const { context, tokens } = pen;
  const { strip, text, width, height } = tag;
  const severity = isNotable(skew) ? severityOf(skew) : 'neutral';
  context.save();
  context.translate(x, y);
  context.scale(scale, scale);
  context.beginPath();
  context.roundRect(0, 0, width, height, height / 2);
  context.fillStyle = tokens.surface;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = severity === 'neutral' ? tokens.line : tokens.severity[severity];
  context.stroke();
  if (text) {
    context.font = cssFont(FONTS.pill);
    context.fillStyle = tokens.severityText[severity];
    context.fillText(text.text, text.x, text.y);
  }
  if (strip) {
    const { ticks, highest, chosen } = pathsOf(tag, strip);
    context.translate(strip.x, strip.y);
    context.lineWidth = 1.5;
    context.strokeStyle = tokens.inkSecondary;
    context.stroke(ticks);
    context.strokeStyle = tokens.severity[strip.severity];
    context.stroke(highest);
    context.strokeStyle = tokens.accent;
    context.stroke(chosen);
  }
  context.restore();
}

type Paths = Record<'ticks' | 'highest' | 'chosen', Path2D>;
const known = new WeakMap<TagFace, Paths>();

/** Made once for as long as the figures stay. */
function pathsOf(tag: TagFace, { ticks, highest, chosen }: NonNullable<TagFace['strip']>): Paths {
  const paths = known.get(tag) ?? {
    ticks: new Path2D(ticks),
    highest: new Path2D(highest),
    chosen: new Path2D(chosen ?? ''),
  };
  known.set(tag, paths);
  return paths;
}
