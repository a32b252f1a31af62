/** D2's shapes → parts and frames. */
import type { NodeKind } from '../../graph/index.ts';
import { type Drawing, remark } from '../diagram/drawing.ts';
import { isTechnology, kindOfWords, technologyBelow } from '../diagram/kinds.ts';
import { type BoxSaid, boxSaid } from '../scene/words.ts';
import { isActor, isNoActor } from './sequence.ts';
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
const isProse = ({ shape, isText, isJoined }: Shape): boolean =>
  !isJoined && (shape === 'text' || shape === 'code' || (isText && shape === ''));

export function settle(all: readonly Shape[], drawing: Drawing): void {
  const isInside = (shape: Shape): boolean => {
    for (let up = shape.up; up; up = up.up) if (isTable(up) || up.isRemoved) return true;
    return false;
  };
  for (const shape of all) {
    if (shape.isRemoved || isInside(shape) || isNoActor(shape)) continue;
    const { key, up, at, classes, link, tooltip } = shape;
    const frame = up?.up ? up.key : undefined;
    if (isBoundary(shape)) {
      const name = shape.label || shape.id || 'Group';
      drawing.frames.set(key, { key, name, parent: frame, description: tooltip });
    } else if (isProse(shape)) {
      if (!up?.up || isBoundary(up)) remark(drawing, 'texts, left out');
    } else if (shape.label === '' && !shape.isJoined)
      remark(drawing, 'shapes without a name that nothing is joined to, left out');
    else {
      const { description = proseIn(shape), kind = null, ...named } = nameIn(shape);
      const more = tooltip ?? description;
      drawing.parts.set(key, {
        ...{ key, frame, at, ...named },
        kind: kindOfWords(classes) ?? kind,
        hint: HINTS[shape.shape] ?? null,
        ...(more !== undefined && { description: more }),
        ...(link !== undefined && { links: [link] }),
      });
    }
  }
  const isDrawn = (key: string) => drawing.parts.has(key) || drawing.frames.has(key);
  drawing.arrows = drawing.arrows.filter(({ source, target }) => isDrawn(source) && isDrawn(target));
}

const isBoundary = (shape: Shape): boolean =>
  shape.classes.includes(BOUNDARY) || (!isTable(shape) && !isActor(shape) && hasShapes(shape));

function hasShapes({ children }: Shape): boolean {
  for (const child of children.values()) if (!child.isRemoved && !isProse(child)) return true;
  return false;
}

/** The texts in a shape that has nothing else inside are what is said of it. */
function proseIn({ children }: Shape): string | undefined {
  const texts = [...children.values()].filter((child) => !child.isRemoved && isProse(child));
  return texts.map(({ label }) => label).join('\n\n') || undefined;
}

type Named = Omit<BoxSaid, 'technology'> & { technology?: string | undefined };

/** The last line is a technology where it is in brackets, or one that is known; of a block of text the first is the name. */
function nameIn({ label, id, isText }: Shape): Named {
  if (isText) {
    const [, name = label, more = ''] = /^([^\n]+)\n([\s\S]+)$/.exec(label) ?? [];
    const rest = more.trim();
    return { name, ...(isTechnology(rest) ? { technology: rest } : rest && { description: rest }) };
  }
  const [, before, last = ''] = /^([\s\S]*)\n([^\n]*)$/.exec(label) ?? [];
  const inBrackets = /^\[(.*)\]$/.exec(last)?.[1];
  const technology = inBrackets ?? technologyBelow(label.split('\n'));
  if (before === undefined) return { name: label || id };
  if (technology === undefined) return boxSaid(label, true);
  return { name: before, technology: technology || undefined };
}
