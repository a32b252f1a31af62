/** JSON Canvas 1.0 (jsoncanvas.org), as Obsidian and others keep it: cards with texts, files and links, and arrows between them. */
import { type Board, overlaps, type Rect } from '../../graph/index.ts';
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { dataIn } from '../scene/data.ts';
import { readScene } from '../scene/read.ts';
import { ASPECTS, type Json, type Line, LOSES, type Scene, type Shape } from '../scene/scene.ts';
import { writeScene } from '../scene/write.ts';

const TYPES: readonly unknown[] = ['text', 'file', 'link', 'group'];

const isCard = (value: unknown): value is Json => isObject(value) && TYPES.includes(value.type);

function canvasIn(opened: Opened): { nodes: unknown[]; edges: unknown[] } | null {
  const value = opened.type === 'json' && opened.values.length === 1 ? opened.values[0] : null;
  if (!isObject(value)) return null;
  const [nodes, edges] = [value.nodes ?? [], value.edges ?? []];
  return Array.isArray(nodes) && Array.isArray(edges) ? { nodes, edges } : null;
}

const isCanvas = (opened: Opened, file: string): boolean => {
  const canvas = canvasIn(opened);
  if (/\.canvas$/i.test(file)) return opened.type === 'json';
  return canvas?.nodes.some((node) => isCard(node) && rectIn(node) !== null) ?? false;
};

function rectIn({ x, y, width, height }: Json): Rect | null {
  const all = [x, y, width, height];
  return all.every((each) => typeof each === 'number' && Number.isFinite(each))
    ? ({ x, y, width, height } as Rect)
    : null;
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

function readCanvas(opened: Opened, file: string, context: ReadContext): Read {
  if (opened.type === 'text' && opened.notJson)
    return refuse(file, opened.notJson.path, opened.notJson.reason);
  const canvas = canvasIn(opened);
  if (!canvas) return refuse(file, '', 'is no JSON Canvas: it must have lists of nodes and edges');
  const scene: Scene = { title: null, shapes: [], lines: [], remarks: [] };
  const ids = new Set<string>();
  for (const [i, node] of canvas.nodes.entries()) {
    const at = `nodes.${i}`;
    const broken = (reason: string, path = at) => scene.remarks.push({ reason, path, isBroken: true });
    if (!isCard(node)) broken('must be a text, a file, a link or a group');
    else if (typeof node.id !== 'string' || ids.has(node.id)) broken('must be an id of its own', `${at}.id`);
    else {
      const rect = rectIn(node);
      if (!rect) broken('must have numbers x, y, width and height');
      else {
        ids.add(node.id);
        scene.shapes.push(shapeOf(node, { id: node.id, rect, at }));
      }
    }
  }
  const lines = canvas.edges.flatMap((edge, i) => lineOf(edge, `edges.${i}`, ids, scene));
  const joined = new Set(lines.flatMap(({ from, to }) => [from.id, to.id]));
  for (const shape of scene.shapes)
    if (shape.type === 'box' && !shape.data && !joined.has(shape.id) && isProse(shape.text))
      shape.type = 'note';
  leaveGroups(scene.shapes);
  return readScene({ ...scene, lines }, { format: JSON_CANVAS.id, file, context });
}

/** Groups hold what lies in them: what was dragged out of the group that its record names is in it no more. */
function leaveGroups(shapes: readonly Shape[]): void {
  const rects = new Map(shapes.map(({ id, rect }) => [id, rect]));
  for (const shape of shapes) {
    const frame = rects.get(shape.frame ?? '');
    if (!frame || !overlaps(frame, shape.rect)) shape.frame = undefined;
  }
}

/** A card that nothing is joined to is a part when it says no more than a name and what it is. */
const isProse = (text: string): boolean =>
  text.length > 60 || text.trim().split(/\n+/).length > 3 || /^[-*] /m.test(text);

function shapeOf(node: Json, known: Pick<Shape, 'id' | 'rect' | 'at'>): Shape {
  const data = dataIn(node.chalkline);
  const frame = textIn(data?.group) || undefined;
  const shape = (type: Shape['type'], text: string, links: string[] = []): Shape => ({
    ...known,
    ...{ type, text, links, data, frame },
  });
  switch (node.type) {
    case 'group':
      return shape('frame', textIn(node.label));
    case 'file':
      return shape('box', (textIn(node.file).split(/[/\\]/).pop() ?? '').replace(/(?<=.)\.md$/i, ''));
    case 'link':
      return { ...shape('box', hostOf(textIn(node.url)), [textIn(node.url)]), words: { kind: 'external' } };
    default:
      return data ? shape('box', textIn(node.text)) : shape('box', ...withoutMarkdown(textIn(node.text)));
  }
}

const hostOf = (url: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/:?#]+)/i.exec(url)?.[1] ?? url;

/** The text as it is shown, and the addresses in it. */
function withoutMarkdown(text: string): [text: string, links: string[]] {
  const links = [...text.matchAll(/\]\((https?:\/\/[^()\s]{1,2000})\)/gi)].map(([, link]) => link!);
  const shown = text
    .replace(/\[([^[\]\n]{0,400})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/\[\[(?:[^[\]|\n]{0,400}\|)?([^[\]|\n]{0,400})\]\]/g, '$1')
    .replace(/^[ \t]{0,3}#{1,6}[ \t]+/gm, '')
    .replace(/(\*\*|__|~~|==|`|\*)(?=\S)([^\n]{0,400}?\S)\1/g, '$2');
  return [shown, links];
}

function lineOf(edge: unknown, at: string, ids: ReadonlySet<string>, { remarks }: Scene): Line[] {
  const [from, to] = isObject(edge) ? [textIn(edge.fromNode), textIn(edge.toNode)] : ['', ''];
  const lost = [from, to].findIndex((id) => !ids.has(id));
  if (!isObject(edge) || lost !== -1) {
    const path = `${at}.${lost === 1 ? 'toNode' : 'fromNode'}`;
    remarks.push({ reason: 'must be the id of a node', path, isBroken: true });
    return [];
  }
  const heads = { start: edge.fromEnd === 'arrow', end: edge.toEnd !== 'none' };
  const data = dataIn(edge.chalkline);
  return [{ from: { id: from }, to: { id: to }, heads, text: textIn(edge.label), data, at }];
}

function writeCanvas(board: Board): string {
  const { groups, nodes, notes, edges } = writeScene(board);
  const place = ({ key, rect }: { key: string; rect: Rect }) => ({ id: key, ...rect });
  return `${JSON.stringify(
    {
      nodes: [
        ...groups.map((each) => ({ ...place(each), type: 'group', label: each.text, chalkline: each.data })),
        ...nodes.map((each) => ({
          ...{ ...place(each), type: 'text', text: each.text },
          chalkline: each.group === null ? each.data : { ...each.data, group: each.group },
        })),
        ...notes.map((each) => ({ ...place(each), type: 'text', text: each.text, chalkline: each.data })),
      ],
      edges: edges.map(({ key, source, target, text, data }) => ({
        ...{ id: key, fromNode: source, toNode: target, toEnd: 'arrow' },
        ...(text !== '' && { label: text }),
        chalkline: data,
      })),
    },
    null,
    '\t',
  )}\n`;
}

export const JSON_CANVAS: Format = {
  id: 'json-canvas',
  name: 'JSON Canvas',
  suffixes: ['.canvas'],
  reads:
    'Cards that are joined, and those with no more than a name, are parts; longer texts are notes; groups are groups.',
  writes: 'Cards with name and kind, groups, notes and arrows with their words.',
  keeps: ASPECTS,
  loses: LOSES,
  mediaType: 'application/json',
  recognises: isCanvas,
  read: readCanvas,
  write: writeCanvas,
};
