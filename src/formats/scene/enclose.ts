/** What lies on what: texts name boxes, boxes around others are boundaries, loose ends of lines touch boxes. */
import { centreOf, inflate, type Point, type Rect } from '../../graph/index.ts';
import { isUnmoved } from './data.ts';
import { isLegend } from './legend.ts';
import type { End, Line, Scene, Shape } from './scene.ts';

/** How far from a box a line may end and still mean it, in the file's pixels. */
const REACH = 16;

const areaOf = ({ width, height }: Rect): number => width * height;
const holds = (outer: Rect, inner: Rect): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;
const isInside = ([x, y]: Point, rect: Rect): boolean =>
  x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;

/** The smallest of these, which are given from small to large, that fits. */
const smallest = (sorted: readonly Shape[], fits: (shape: Shape) => boolean) => sorted.find(fits);
const bySize = (shapes: readonly Shape[]): Shape[] =>
  shapes.filter(({ rect }) => areaOf(rect) > 0).sort((a, b) => areaOf(a.rect) - areaOf(b.rect));

/** Loose ends get the shape that they touch. @returns how many lines were tied so */
export function tieEnds({ shapes, lines }: Scene): number {
  const ids = new Set(shapes.map(({ id }) => id));
  const solid = bySize(shapes.filter(({ type }) => type === 'box'));
  let tied = 0;
  const tie = (end: End): boolean => {
    if (end.id !== undefined && ids.has(end.id)) return false;
    const { point } = end;
    delete end.id;
    if (!point) return false;
    const touched =
      smallest(solid, ({ rect }) => isInside(point, rect)) ??
      smallest(solid, ({ rect }) => isInside(point, inflate(rect, REACH)));
    if (touched) end.id = touched.id;
    return touched !== undefined;
  };
  for (const line of lines) if ([tie(line.from), tie(line.to)].includes(true)) tied++;
  return tied;
}

export const joinedIn = (lines: readonly Line[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap(({ from, to }) => (from.id === undefined || to.id === undefined ? [] : [from.id, to.id])),
  );

/** Boxes that no line ends on and that hold others are boundaries. */
export function findFrames({ shapes }: Scene, joined: ReadonlySet<string>): void {
  const boxes = shapes.filter(({ type }) => type === 'box');
  const free = boxes.filter(({ id, data, words }) => !joined.has(id) && !data && !words);
  for (const shape of free) {
    const { rect } = shape;
    const inside = boxes.some(
      (other) => other !== shape && areaOf(other.rect) < areaOf(rect) && holds(rect, other.rect),
    );
    if (inside) shape.type = 'frame';
  }
}

/** Texts without a box of their own name the nameless box that they lie on; what lies in a boundary is its title. */
export function nameByTexts(scene: Scene, joined: ReadonlySet<string>): void {
  const bare = bySize(scene.shapes.filter(({ type, text, data }) => isBounded(type) && text === '' && !data));
  const texts = scene.shapes
    .filter(({ type, id, data }) => type === 'text' && !joined.has(id) && !data)
    .sort((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x);
  const used = new Set<Shape>();
  for (const text of texts) {
    const middle = centreOf(text.rect);
    const box =
      smallest(bare, ({ rect }) => isInside(middle, rect)) ??
      bare.find((shape) => shape.isPicture && shape.text === '' && isBelow(text.rect, shape.rect));
    if (!box || (box.type === 'frame' && box.text !== '')) continue;
    box.text = box.text === '' ? text.text : `${box.text}\n${text.text}`;
    used.add(text);
  }
  if (used.size > 0) scene.shapes = scene.shapes.filter((shape) => !used.has(shape));
}
/** How far below a picture its name may stand, in the file's pixels. */
const CAPTION = 32;
const isBelow = (text: Rect, picture: Rect): boolean => {
  const gap = text.y - (picture.y + picture.height);
  const [middle] = centreOf(text);
  return gap > -text.height && gap <= CAPTION && middle >= picture.x && middle <= picture.x + picture.width;
};
const isBounded = (type: Shape['type']) => type === 'box' || type === 'frame';

/** The innermost boundary of each shape: the one that the file says, else the smallest that it lies in. */
export function framesAround(shapes: readonly Shape[]): ReadonlyMap<Shape, Shape> {
  const frames = bySize(shapes.filter(({ type }) => type === 'frame'));
  const byId = new Map(shapes.filter(({ type }) => type === 'frame').map((frame) => [frame.id, frame]));
  const around = new Map<Shape, Shape>();
  for (const shape of shapes) {
    const stated = byId.get(shape.frame ?? '');
    const middle = centreOf(shape.rect);
    const isStated = isUnmoved(shape) || shape.data?.is === 'group';
    const found =
      stated || isStated
        ? stated
        : smallest(frames, (frame) =>
            shape.type === 'frame'
              ? areaOf(frame.rect) > areaOf(shape.rect) && holds(frame.rect, shape.rect)
              : isInside(middle, frame.rect),
          );
    if (found && found !== shape) around.set(shape, found);
  }
  return around;
}

/** Takes out the boundaries that are legends, with all that lies in them. @returns how many boxes that are */
export function leaveLegends(scene: Scene, joined: ReadonlySet<string>): number {
  if (!scene.shapes.some(({ text }) => isLegend(text))) return 0;
  const around = framesAround(scene.shapes);
  const legendOf = (shape: Shape): Shape | undefined => {
    let up: Shape | undefined = shape;
    for (let depth = 0; up && depth < 16; depth++, up = around.get(up))
      if (isBounded(up.type) && !up.data && isLegend(up.text)) return up;
    return undefined;
  };
  const legends = new Map(scene.shapes.map((shape) => [shape.id, legendOf(shape)]));
  const tied = new Set(
    scene.lines.flatMap(({ from, to }) => {
      const [a, b] = [legends.get(from.id ?? ''), legends.get(to.id ?? '')];
      return from.id === undefined || to.id === undefined || a === b ? [] : [a, b];
    }),
  );
  const isLeft = ({ id }: Shape) => {
    const legend = legends.get(id);
    return legend !== undefined && !tied.has(legend);
  };
  const left = scene.shapes.filter(isLeft);
  if (left.length === 0 || left.length === scene.shapes.length) return 0;
  const ids = new Set(left.map(({ id }) => id));
  scene.shapes = scene.shapes.filter((shape) => !isLeft(shape));
  const isIn = ({ id }: End) => ids.has(id ?? '');
  scene.lines = scene.lines.filter(({ from, to }) => !isIn(from) && !isIn(to));
  return left.filter(({ type, id, text }) => type === 'box' && (text !== '' || joined.has(id))).length;
}
