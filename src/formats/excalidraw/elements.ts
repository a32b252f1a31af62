/** Elements of a drawing → shapes and lines. */
import type { Point, Rect } from '../../graph/index.ts';
import { isObject } from '../format.ts';
import { dataIn } from '../scene/data.ts';
import { type GroupedShape, joinGroups } from '../scene/groups.ts';
import type { End, Json, Line, Scene, Shape } from '../scene/scene.ts';

const BOXES = new Set(['rectangle', 'diamond', 'ellipse', 'image', 'embeddable', 'iframe']);
const FRAMES = new Set(['frame', 'magicframe']);

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export function sceneIn(elements: readonly unknown[]): Scene {
  const scene: Scene = { title: null, shapes: [], lines: [], remarks: [] };
  const labels = labelsIn(elements);
  const shapes: GroupedShape[] = [];
  const ids = new Set<string>();
  for (const [i, element] of elements.entries()) {
    const at = `elements.${i}`;
    const broken = (reason: string, path = at) => scene.remarks.push({ reason, path, isBroken: true });
    if (!isObject(element) || typeof element.type !== 'string') broken('must be an element with a type');
    else if (element.isDeleted === true || typeof element.containerId === 'string') continue;
    else if (typeof element.id !== 'string' || ids.has(element.id))
      broken('must be an id of its own', `${at}.id`);
    else {
      ids.add(element.id);
      const known = { id: element.id, text: labels.get(element.id) ?? '', at };
      const rect = rectIn(element);
      if (element.type === 'arrow' || element.type === 'line') scene.lines.push(...lineOf(element, known));
      else if (!rect) broken('must have numbers x, y, width and height');
      else shapes.push(...shapeOf(element, { ...known, rect }));
    }
  }
  scene.shapes = joinGroups(shapes, scene.lines);
  return scene;
}

/** Texts that are bound to a shape or an arrow, by its id; programs may write them as labels. */
function labelsIn(elements: readonly unknown[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const element of elements)
    if (isObject(element) && typeof element.id === 'string' && isObject(element.label))
      labels.set(element.id, textIn(element.label.text));
  for (const element of elements)
    if (isObject(element) && element.isDeleted !== true && typeof element.containerId === 'string')
      labels.set(element.containerId, textIn(element.originalText) || textIn(element.text));
  return labels;
}

function rectIn({ x, y, width, height }: Json): Rect | null {
  if (!isNumber(x) || !isNumber(y) || !isNumber(width) || !isNumber(height)) return null;
  return {
    x: Math.min(x, x + width),
    y: Math.min(y, y + height),
    width: Math.abs(width),
    height: Math.abs(height),
  };
}

type Known = Pick<Shape, 'id' | 'text' | 'at' | 'rect'>;

/** Freehand strokes say nothing. */
function shapeOf(element: Json, known: Known): GroupedShape[] {
  const { type, groupIds, frameId, link, customData } = element;
  const shape = (as: Shape['type'], text: string): GroupedShape[] => [
    {
      ...{ ...known, type: as, text, frame: textIn(frameId) || undefined },
      groups: Array.isArray(groupIds) ? groupIds.filter((id) => typeof id === 'string').slice(0, 20) : [],
      links: textIn(link) === '' ? [] : [textIn(link)],
      ...(type === 'image' && { isPicture: true }),
      data: isObject(customData) ? dataIn(customData.chalkline) : undefined,
    },
  ];
  if (type === 'text') return shape('text', textIn(element.originalText) || textIn(element.text));
  if (FRAMES.has(String(type))) return shape('frame', textIn(element.name));
  return BOXES.has(String(type)) ? shape('box', known.text) : [];
}

/** A line without arrowheads that is not bound to two shapes is a part of a drawing. */
function lineOf(element: Json, { text, at }: Omit<Known, 'rect'>): Line[] {
  const { x, y, type, points, startBinding, endBinding, start, end, customData } = element;
  const at0: Point = [isNumber(x) ? x : 0, isNumber(y) ? y : 0];
  const ends = Array.isArray(points) ? [points[0], points.at(-1)] : [];
  const endOf = (binding: unknown, point: unknown): End => {
    const [dx, dy]: unknown[] = Array.isArray(point) ? point : [];
    return {
      ...(isObject(binding) && { id: textIn(binding.elementId ?? binding.id) || undefined }),
      ...(isNumber(dx) && isNumber(dy) && { point: [at0[0] + dx, at0[1] + dy] as Point }),
    };
  };
  const [from, to] = [endOf(startBinding ?? start, ends[0]), endOf(endBinding ?? end, ends[1])];
  const isArrow = type === 'arrow';
  if (!isArrow && (from.id === undefined || to.id === undefined)) return [];
  const hasHead = (head: unknown) => typeof head === 'string';
  const heads = {
    start: hasHead(element.startArrowhead),
    end: hasHead(element.endArrowhead) || (isArrow && element.endArrowhead === undefined),
  };
  const data = isObject(customData) ? dataIn(customData.chalkline) : undefined;
  return [{ from, to, heads, text, data, at }];
}
