/** The cells of a page → shapes and lines. A cell may stand in an `object`, whose attributes are what it is about. */
import type { Point, Rect } from '../../graph/index.ts';
import { parseJson } from '../json.ts';
import { dataIn } from '../scene/data.ts';
import { type GroupedShape, joinGroups } from '../scene/groups.ts';
import type { End, Json, Line, Scene } from '../scene/scene.ts';
import { aboutOf } from './about.ts';
import { headsOf, type Style, styleOf, withoutHtml, wordsOf } from './style.ts';
import type { XmlElement } from './xml.ts';

type Cell = {
  id: string;
  parent: string;
  type: 'vertex' | 'edge' | 'layer';
  style: Style;
  text: string;
  /** Of the object around it, or its own. */
  attributes: ReadonlyMap<string, string>;
  cell: XmlElement;
  geometry: XmlElement | undefined;
  data: Json | undefined;
  at: string;
};

const DEEPEST = 64;

/** @param placeOf the place of an offset in the file */
export function sceneIn(model: XmlElement, placeOf: (at: number) => string): Scene {
  const scene: Scene = { title: null, shapes: [], lines: [], remarks: [] };
  const cells = cellsIn(model, placeOf, scene);
  const isHidden = (cell: Cell) =>
    parentsOf(cell, cells).some((each) => each.cell.attributes.get('visible') === '0');
  const shown = [...cells.values()].filter((cell) => !isHidden(cell));
  const hidden = cells.size - shown.length;
  if (hidden > 0) scene.remarks.push({ reason: `hidden shapes and lines, left out: ${hidden}` });
  const labels = labelsIn(shown, cells);
  const holders = new Set(
    shown.filter((cell) => isBox(cell) && !labels.used.has(cell)).map(({ parent }) => parent),
  );
  const shapes = shown.flatMap((cell) => {
    if (cell.type !== 'vertex' || labels.used.has(cell) || isPort(cell, cells)) return [];
    const rect = rectOf(cell, cells);
    if (rect) return [shapeOf(cell, rect, { cells, labels: labels.of, isHolder: holders.has(cell.id) })];
    scene.remarks.push({ reason: 'must have a place and a size in numbers', path: cell.at, isBroken: true });
    return [];
  });
  const known = new Set(shapes.map(({ id }) => id));
  scene.lines = shown.flatMap((cell) => (cell.type === 'edge' ? lineOf(cell, cells, known, labels.of) : []));
  scene.shapes = joinGroups(
    shapes.filter(({ id }) => !isGroup(cells.get(id)!)),
    scene.lines,
  );
  return scene;
}

function cellsIn(model: XmlElement, placeOf: (at: number) => string, { remarks }: Scene): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const root = model.children.find(({ name }) => name === 'root');
  for (const element of root?.children ?? []) {
    const cell = element.name === 'mxCell' ? element : element.children.find(({ name }) => name === 'mxCell');
    if (!cell) continue;
    const { attributes } = element;
    const id = attributes.get('id') ?? cell.attributes.get('id') ?? '';
    const at = placeOf(element.at);
    if (id === '' || cells.has(id)) {
      remarks.push({ reason: 'must have an id of its own', path: at, isBroken: true });
      continue;
    }
    const is = (key: string) => cell.attributes.get(key) === '1';
    const style = styleOf(cell.attributes.get('style') ?? '');
    cells.set(id, {
      ...{ id, style, attributes, cell, at, parent: cell.attributes.get('parent') ?? '' },
      type: is('vertex') ? 'vertex' : is('edge') ? 'edge' : 'layer',
      text: textOf(attributes, style),
      geometry: cell.children.find(({ name }) => name === 'mxGeometry'),
      data: recordIn(attributes.get('chalkline')),
    });
  }
  return cells;
}

function recordIn(json: string | undefined): Json | undefined {
  const parsed = json === undefined ? null : parseJson(json);
  return parsed?.ok ? dataIn(parsed.value) : undefined;
}

/** `%name%` stands for an attribute where placeholders are asked for. */
function textOf(attributes: ReadonlyMap<string, string>, style: Style): string {
  const label = attributes.get('label') ?? attributes.get('value') ?? '';
  const filled =
    attributes.get('placeholders') === '1'
      ? label.replace(/%([^%<>\s]{1,100})%/g, (all, name: string) => attributes.get(name) ?? all)
      : label;
  return style.get('html') === '1' ? withoutHtml(filled) : filled;
}

function parentsOf(cell: Cell, cells: ReadonlyMap<string, Cell>): Cell[] {
  const found = [cell];
  for (let up = cells.get(cell.parent); up && found.length < DEEPEST; up = cells.get(up.parent))
    found.push(up);
  return found;
}

const isText = ({ type, style }: Cell): boolean =>
  type === 'vertex' && (style.has('text') || style.has('edgeLabel') || style.get('shape') === 'text');
const isGroup = ({ style, text, data }: Cell): boolean => style.has('group') && text === '' && !data;
const isBox = (cell: Cell): boolean => cell.type === 'vertex' && !isText(cell);

/** What sticks to the edge of a box, at a share of its size, is a part of it. */
const isPort = ({ geometry, parent }: Cell, cells: ReadonlyMap<string, Cell>): boolean =>
  geometry?.attributes.get('relative') === '1' && cells.get(parent)?.type === 'vertex';

/** Texts in a box or on a line belong to what it says; in a group or a boundary they stand for themselves. */
function labelsIn(shown: readonly Cell[], cells: ReadonlyMap<string, Cell>) {
  const of = new Map<string, string[]>();
  const used = new Set<Cell>();
  const boundaries = new Set(shown.filter(isBox).map(({ parent }) => parent));
  for (const cell of shown) {
    const parent = cells.get(cell.parent);
    const isLabel =
      parent?.type === 'edge' || (isText(cell) && parent?.type === 'vertex' && !boundaries.has(parent.id));
    if (cell.type !== 'vertex' || !parent || !isLabel || isGroup(parent)) continue;
    used.add(cell);
    if (cell.text !== '') of.set(parent.id, [...(of.get(parent.id) ?? []), cell.text]);
  }
  return { of, used };
}

const saidBy = ({ id, text }: Cell, labels: ReadonlyMap<string, string[]>): string =>
  [text, ...(labels.get(id) ?? [])].filter((each) => each !== '').join('\n');

const numberIn = (element: XmlElement | undefined, key: string): number => {
  const text = element?.attributes.get(key);
  return text === undefined || text === '' ? 0 : Number(text);
};

function rectOf(cell: Cell, cells: ReadonlyMap<string, Cell>): Rect | null {
  const { geometry } = cell;
  const [x, y] = originOf(cell, cells);
  const rect = { x, y, width: numberIn(geometry, 'width'), height: numberIn(geometry, 'height') };
  return Object.values(rect).every((each) => Number.isFinite(each)) ? rect : null;
}

/** Places are told from the corner of the shape around. */
function originOf(cell: Cell, cells: ReadonlyMap<string, Cell>): Point {
  const places = parentsOf(cell, cells)
    .filter(({ type }) => type === 'vertex')
    .map(({ geometry }): Point => [numberIn(geometry, 'x'), numberIn(geometry, 'y')]);
  return places.reduceRight(([x, y], [dx, dy]) => [x + dx, y + dy], [0, 0]);
}

type Around = { cells: ReadonlyMap<string, Cell>; labels: ReadonlyMap<string, string[]>; isHolder: boolean };

function shapeOf(cell: Cell, rect: Rect, { cells, labels, isHolder }: Around): GroupedShape {
  const { id, style, attributes, at } = cell;
  const parents = parentsOf(cell, cells).slice(1);
  const frame = parents.find((each) => each.type === 'vertex' && !isGroup(each));
  const groups = parents.slice(0, frame ? parents.indexOf(frame) : undefined).filter(isGroup);
  const link = attributes.get('link') ?? '';
  const words = wordsOf(style);
  const { said, data, text } = aboutOf(attributes, cell.data, saidBy(cell, labels));
  const isNote = /^note\d?$/.test(style.get('shape') ?? '');
  return {
    ...{ id, rect, at, text, links: link === '' ? [] : [link], data },
    type: isHolder ? 'frame' : isText(cell) ? 'text' : isNote ? 'note' : 'box',
    frame: frame?.id,
    groups: groups.map((each) => each.id),
    ...(words && { words }),
    ...(said && { said }),
  };
}

function lineOf(
  cell: Cell,
  cells: ReadonlyMap<string, Cell>,
  known: ReadonlySet<string>,
  labels: ReadonlyMap<string, string[]>,
): Line[] {
  const { cell: element, style, geometry, at } = cell;
  const [x, y] = originOf(cell, cells);
  const end = (key: string, point: string): End => {
    const ended = cells.get(element.attributes.get(key) ?? '');
    const shape = ended && parentsOf(ended, cells).find(({ id }) => known.has(id));
    const place = geometry?.children.find(
      ({ name, attributes }) => name === 'mxPoint' && attributes.get('as') === point,
    );
    const at: Point = [x + numberIn(place, 'x'), y + numberIn(place, 'y')];
    return {
      ...(shape && { id: shape.id }),
      ...(place && at.every(Number.isFinite) && { point: at }),
    };
  };
  const { text, data } = aboutOf(cell.attributes, cell.data, saidBy(cell, labels));
  return [
    {
      from: end('source', 'sourcePoint'),
      to: end('target', 'targetPoint'),
      heads: headsOf(style),
      text,
      data,
      at,
    },
  ];
}
