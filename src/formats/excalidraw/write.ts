/** A board → elements: shapes with bound texts, bound arrows, frames, loose texts. */
import type { Board, MarkStatus, NodeKind, Point, Rect } from '../../graph/index.ts';
import { straight } from '../scene/route.ts';
import type { Json } from '../scene/scene.ts';
import { type WrittenScene, writeScene } from '../scene/write.ts';

const FONT_SIZE = 16;
const LINE_HEIGHT = 1.25;
/** Mean width of a letter in shares of its height; Excalidraw measures anew when a text is edited. */
const LETTER = 0.5;
/** Between a shape and the head of an arrow, pixels. */
const GAP = 4;
const INK = '#1e1e1e';
const MARK_INK: Readonly<Record<MarkStatus, string>> = {
  suspected: '#e8590c',
  confirmed: '#e03131',
  cleared: '#2f9e44',
};

const FORMS: Partial<Record<NodeKind, string>> = {
  database: 'ellipse',
  cache: 'ellipse',
  storage: 'ellipse',
};

/** Which text belongs to which shape, and which arrows end on it. */
type Bound = { type: 'text' | 'arrow'; id: string };

export function elementsOf(board: Board): Json[] {
  const { groups, nodes, notes, edges } = writeScene(board);
  const bound = new Map<string, Bound[]>();
  const bind = (key: string, to: Bound) => bound.set(key, [...(bound.get(key) ?? []), to]);
  const rects = new Map(nodes.map(({ key, rect }) => [key, rect]));
  const arrows = edges.flatMap(({ key, source, target, text, data, mark }) => {
    for (const end of new Set([source, target])) bind(end, { type: 'arrow', id: key });
    const points = straight(rects.get(source)!, rects.get(target)!, GAP);
    const arrow = arrowElement(key, points, { source, target, data, mark });
    if (text === '') return [arrow];
    const [x, y] = points[0].map((start, i) => (start + points.at(-1)![i]!) / 2) as Point;
    return [
      { ...arrow, boundElements: [{ type: 'text', id: `${key}-text` }] },
      boundText(key, text, [x, y], null),
    ];
  });
  const frames = groups.map(({ key, rect, text, data }) => ({
    ...element('frame', key, rect),
    ...{ name: text, strokeColor: '#bbb', roundness: null, customData: { chalkline: data } },
  }));
  const boxes = nodes.flatMap(({ key, rect, text, data, record, group, mark }) => {
    bind(key, { type: 'text', id: `${key}-text` });
    const middle: Point = [rect.x + rect.width / 2, rect.y + rect.height / 2];
    const shape = {
      ...element(FORMS[record.kind] ?? 'rectangle', key, rect),
      ...{ frameId: group, strokeColor: inkOf(mark), boundElements: bound.get(key) ?? null },
      ...{ link: record.links?.[0] ?? null, customData: { chalkline: data } },
    };
    return [shape, boundText(key, text, middle, group)];
  });
  const texts = notes.map(({ key, rect, text, data }) => ({
    ...textElement(key, text, rect),
    ...{ textAlign: 'left', verticalAlign: 'top', autoResize: false, customData: { chalkline: data } },
  }));
  // A frame stands behind what is in it.
  return [...boxes, ...frames, ...texts, ...arrows].map((each, i) => ({
    ...each,
    seed: i + 1,
    versionNonce: i + 1,
  }));
}

const inkOf = (mark: MarkStatus | undefined): string => (mark ? MARK_INK[mark] : INK);

const element = (type: string, id: string, { x, y, width, height }: Rect): Json => ({
  ...{ id, type, x, y, width, height, angle: 0 },
  ...{
    strokeColor: INK,
    backgroundColor: 'transparent',
    fillStyle: 'solid',
    strokeWidth: 1,
    strokeStyle: 'solid',
  },
  ...{
    roughness: 0,
    opacity: 100,
    groupIds: [],
    frameId: null,
    roundness: type === 'rectangle' ? { type: 3 } : null,
  },
  ...{ seed: 1, version: 1, versionNonce: 1, isDeleted: false, boundElements: null, updated: 1 },
  ...{ link: null, locked: false },
});

const textElement = (id: string, text: string, rect: Rect): Json => ({
  ...element('text', id, rect),
  ...{ text, originalText: text, fontSize: FONT_SIZE, fontFamily: 2, lineHeight: LINE_HEIGHT },
  ...{ textAlign: 'center', verticalAlign: 'middle', containerId: null, autoResize: true },
});

function boundText(key: string, text: string, [x, y]: Point, frame: string | null): Json {
  const lines = text.split('\n');
  const width = Math.max(...lines.map((line) => line.length)) * FONT_SIZE * LETTER;
  const height = lines.length * FONT_SIZE * LINE_HEIGHT;
  const rect = { x: x - width / 2, y: y - height / 2, width, height };
  return { ...textElement(`${key}-text`, text, rect), containerId: key, frameId: frame };
}

type Arrow = WrittenScene['edges'][number];

function arrowElement(
  key: string,
  points: readonly Point[],
  { source, target, data, mark }: Pick<Arrow, 'source' | 'target' | 'data' | 'mark'>,
): Json {
  const [[x, y]] = points as [Point];
  const relative = points.map(([px, py]): Point => [px - x, py - y]);
  const extent = (axis: 0 | 1) => {
    const all = relative.map((point) => point[axis]);
    return Math.max(...all) - Math.min(...all);
  };
  return {
    ...element('arrow', key, { x, y, width: extent(0), height: extent(1) }),
    ...{ points: relative, lastCommittedPoint: null, strokeColor: inkOf(mark), elbowed: false },
    startBinding: { elementId: source, focus: 0, gap: GAP },
    endBinding: { elementId: target, focus: 0, gap: GAP },
    ...{ startArrowhead: null, endArrowhead: 'arrow', customData: { chalkline: data } },
  };
}
