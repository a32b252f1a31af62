/** What tags, and the shapes that views give to tags, say of an element of Structurizr's. */
import type { NodeKind } from '../../graph/index.ts';
import { kindOfWord, kindOfWords } from '../diagram/kinds.ts';
import type { KindOf } from '../diagram/model.ts';

const SHAPES: Readonly<Record<string, NodeKind>> = { cylinder: 'database', pipe: 'queue', bucket: 'storage' };
/** Every element has one of these tags. */
const OWN_TAGS = new Set(['element', 'person', 'software system', 'container', 'component']);

/** @param shapes by tag, lower case */
export const kindsBy =
  (shapes: ReadonlyMap<string, string>): KindOf =>
  ({ what, tags }) => {
    const said = tags.filter((tag) => !OWN_TAGS.has(tag.toLowerCase()));
    const kind = what === 'person' ? 'client' : kindOfWords(said);
    const shape = said.map((tag) => shapes.get(tag.toLowerCase())).find((each) => each !== undefined) ?? '';
    return { kind, hint: SHAPES[shape] ?? kindOfWord(shape) ?? null };
  };

export const DEPLOYMENTS = 'deployment environments, left out';
