/** D2's shapes → parts and frames. */
import type { NodeKind } from '../../graph/index.ts';
import { type Drawing, remark } from '../diagram/drawing.ts';
import { isTechnology, kindOfWords } from '../diagram/kinds.ts';
import type { Shape } from './tree.ts';

/** A container by its class, also with nothing inside. */
export const BOUNDARY = 'boundary';

const HINTS: Readonly<Record<string, NodeKind>> = {
  ...{ cylinder: 'database', sql_table: 'database', stored_data: 'storage', queue: 'queue' },
  ...{ person: 'client', 'c4-person': 'client', cloud: 'external' },
};
/** What stands inside of these are columns and fields. */
const isTable = ({ shape }: Shape): boolean => shape === 'sql_table' || shape === 'class';
/** Words on the drawing, and no part of a system. */
const isProse = ({ shape, isText }: Shape): boolean =>
  shape === 'text' || shape === 'code' || (isText && shape === '');

export function settle(all: readonly Shape[], drawing: Drawing): void {
  const isInside = (shape: Shape): boolean => {
    for (let up = shape.up; up; up = up.up) if (isTable(up) || up.isRemoved) return true;
    return false;
  };
  for (const shape of all) {
    if (shape.isRemoved || isInside(shape)) continue;
    const { key, up, at, classes, link, tooltip } = shape;
    const frame = up?.up ? up.key : undefined;
    const isFrame = classes.includes(BOUNDARY) || (!isTable(shape) && hasShapes(shape));
    if (isFrame) {
      drawing.frames.set(key, { key, name: shape.label || 'Group', parent: frame, description: tooltip });
    } else if (isProse(shape)) remark(drawing, 'texts, left out');
    else
      drawing.parts.set(key, {
        ...{ key, frame, at, ...nameIn(shape.label) },
        kind: kindOfWords(classes),
        hint: HINTS[shape.shape] ?? null,
        ...(tooltip !== undefined && { description: tooltip }),
        ...(link !== undefined && { links: [link] }),
      });
  }
  const isDrawn = (key: string) => drawing.parts.has(key) || drawing.frames.has(key);
  drawing.arrows = drawing.arrows.filter(({ source, target }) => isDrawn(source) && isDrawn(target));
}

function hasShapes({ children }: Shape): boolean {
  for (const child of children.values()) if (!child.isRemoved) return true;
  return false;
}

/** The last line is a technology where it is in brackets, or one that is known. */
function nameIn(label: string): { name: string; technology?: string | undefined } {
  const [, before, last = ''] = /^([\s\S]*)\n([^\n]*)$/.exec(label) ?? [];
  const inBrackets = /^\[(.*)\]$/.exec(last)?.[1];
  const technology = inBrackets ?? (isTechnology(last) ? last : undefined);
  if (before === undefined || technology === undefined) return { name: label };
  return { name: before, technology: technology || undefined };
}
