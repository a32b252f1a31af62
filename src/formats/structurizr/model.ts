/**
 * What Structurizr's DSL and JSON say alike: elements inside of elements, groups around them, relations. The innermost
 * elements are parts; those with others inside are groups.
 */
import { EDGE_KINDS, type EdgeKind, type NodeKind } from '../../graph/index.ts';
import { type Drawing, draw, emptyDrawing, remark } from '../diagram/drawing.ts';
import { kindOfWord, kindOfWords } from '../diagram/kinds.ts';
import { readLabel } from '../diagram/label.ts';

export type Frame = { key: string; name: string; around: Frame | null; description?: string | undefined };
export type Element = {
  key: string;
  what: 'person' | 'softwaresystem' | 'container' | 'component' | 'element';
  name: string;
  description?: string | undefined;
  technology?: string | undefined;
  tags: string[];
  url?: string | undefined;
  parent: Element | null;
  /** The element or group that it stands in. */
  around: Frame | null;
  at: number;
};
export type Relation = {
  source: Element;
  target: Element;
  description?: string | undefined;
  technology?: string | undefined;
  tags: string[];
  at: number;
};
export type Workspace = {
  title: string | null;
  elements: Element[];
  groups: Frame[];
  relations: Relation[];
  /** Shapes by tag, lower case. */
  shapes: Map<string, string>;
  remarks: Map<string, number>;
};

export const emptyWorkspace = (): Workspace => ({
  ...{ title: null, elements: [], groups: [], relations: [], shapes: new Map() },
  remarks: new Map(),
});

/** The frame that an element is for what is inside of it. */
export const frameOf = ({ key, name, around, description }: Element): Frame => ({
  ...{ key: `in ${key}`, name, around, description },
});

export function drawingOf(workspace: Workspace): Drawing {
  const { title, elements, groups, relations, shapes, remarks } = workspace;
  const drawing: Drawing = { ...emptyDrawing(), title, remarks };
  const holders = new Set(elements.map(({ parent }) => parent));
  const known = new Set([
    ...groups.map(({ key }) => key),
    ...[...holders].flatMap((holder) => (holder ? [`in ${holder.key}`] : [])),
  ]);
  const nearest = (frame: Frame | null): string | undefined => {
    for (let at = frame; at; at = at.around) if (known.has(at.key)) return at.key;
    return undefined;
  };
  const frames = [...groups, ...elements.filter((element) => holders.has(element)).map(frameOf)];
  for (const { key, name, around, description } of frames)
    drawing.frames.set(key, { key, name, parent: nearest(around), description });
  for (const element of elements) {
    if (holders.has(element)) continue;
    const { key, name, description, technology, url, around, at } = element;
    drawing.parts.set(key, {
      ...{ key, name, description, technology, frame: nearest(around), at },
      ...kindOf(element, shapes),
      ...(url !== undefined && { links: [url] }),
    });
  }
  const end = (element: Element) => (holders.has(element) ? `in ${element.key}` : element.key);
  for (const { source, target, description, technology, tags, at } of relations)
    draw(drawing, {
      ...{ source: end(source), target: end(target), at },
      ...readLabel((description ?? '').split('\n')),
      ...(technology && { protocol: technology }),
      kind: tags.map((tag) => tag.toLowerCase()).find(isEdgeKind) ?? null,
    });
  return drawing;
}

const isEdgeKind = (word: string): word is EdgeKind => (EDGE_KINDS as readonly string[]).includes(word);

/** Tags that the shape of an element says as well. */
const SHAPES: Readonly<Record<string, NodeKind>> = { cylinder: 'database', pipe: 'queue', bucket: 'storage' };
/** Every element has one of these tags. */
const OWN_TAGS = new Set(['element', 'person', 'software system', 'container', 'component']);

function kindOf(
  { what, tags }: Element,
  shapes: Workspace['shapes'],
): { kind: NodeKind | null; hint: NodeKind | null } {
  const said = tags.filter((tag) => !OWN_TAGS.has(tag.toLowerCase()));
  const kind = what === 'person' ? 'client' : kindOfWords(said);
  const shape = said.map((tag) => shapes.get(tag.toLowerCase())).find((each) => each !== undefined) ?? '';
  return { kind, hint: SHAPES[shape] ?? kindOfWord(shape) ?? null };
}

export const UNKNOWN_ENDS = 'relations of what is nowhere declared, left out';
export const noteDeployments = (workspace: Workspace, count = 1) =>
  remark({ ...emptyDrawing(), remarks: workspace.remarks }, 'deployment environments, left out', count);
