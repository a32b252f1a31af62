/**
 * Models in which elements stand inside of elements, with groups around them and relations between them, as Structurizr
 * and LikeC4 have them. The innermost elements are parts; those with others inside are groups.
 */
import { EDGE_KINDS, type EdgeKind, type NodeKind } from '../../graph/index.ts';
import { type Drawing, draw, emptyDrawing } from './drawing.ts';
import { readLabel } from './label.ts';

export type Frame = { key: string; name: string; around: Frame | null; description?: string | undefined };
export type Element = {
  key: string;
  /** The word that it is declared with. */
  what: string;
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
/** What an element is, as far as its own language says so. */
export type KindOf = (element: Element) => {
  kind: NodeKind | null;
  hint: NodeKind | null;
  technology?: string | undefined;
};
export type Relation = {
  source: Element;
  target: Element;
  /** What stands on the arrow. */
  description?: string | undefined;
  /** What is said besides. */
  more?: string | undefined;
  technology?: string | undefined;
  tags: string[];
  at: number;
};
export type Workspace = {
  title: string | null;
  elements: Element[];
  groups: Frame[];
  relations: Relation[];
  remarks: Map<string, number>;
};

export const emptyWorkspace = (): Workspace => ({
  ...{ title: null, elements: [], groups: [], relations: [] },
  remarks: new Map(),
});

/** The frame that an element is for what is inside of it. */
export const frameOf = ({ key, name, around, description }: Element): Frame => ({
  ...{ key: `in ${key}`, name, around, description },
});

export function drawingOf(workspace: Workspace, kindOf: KindOf): Drawing {
  const { title, elements, groups, relations, remarks } = workspace;
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
  const frames = [
    ...groups.map((group) => ({ ...group, as: { kind: null } })),
    ...elements
      .filter((element) => holders.has(element))
      .map((element) => ({
        ...frameOf(element),
        as: { technology: element.technology, ...kindOf(element) },
      })),
  ];
  for (const { key, name, around, description, as } of frames)
    drawing.frames.set(key, { key, name, parent: nearest(around), description, as });
  for (const element of elements) {
    if (holders.has(element)) continue;
    const { key, name, description, technology, url, around, at } = element;
    drawing.parts.set(key, {
      ...{ key, name, description, technology, frame: nearest(around), at },
      ...kindOf(element),
      ...(url !== undefined && { links: [url] }),
    });
  }
  const end = (element: Element) => (holders.has(element) ? `in ${element.key}` : element.key);
  for (const { source, target, description, more, technology, tags, at } of relations)
    draw(drawing, {
      ...{ source: end(source), target: end(target), at },
      ...readLabel((description ?? '').split('\n')),
      description: more,
      ...(technology && { protocol: technology }),
      kind: tags.map((tag) => tag.toLowerCase()).find(isEdgeKind) ?? null,
    });
  return drawing;
}

const isEdgeKind = (word: string): word is EdgeKind => (EDGE_KINDS as readonly string[]).includes(word);

export const UNKNOWN_ENDS = 'relations of what is nowhere declared, left out';

export function note({ remarks }: Workspace, reason: string, count = 1): void {
  if (count > 0) remarks.set(reason, (remarks.get(reason) ?? 0) + count);
}
