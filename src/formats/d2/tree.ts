/** Shapes of D2 while they are read: a tree of keys, in which a container is what has others inside. */
import { checkDepth } from '../diagram/drawing.ts';
import type { Step } from './lex.ts';

export type Shape = {
  key: string;
  /** What it is called in the file. */
  id: string;
  label: string;
  up: Shape | null;
  children: Map<string, Shape>;
  shape: string;
  classes: string[];
  tooltip?: string;
  link?: string;
  isRemoved: boolean;
  /** Its label is a block of text. */
  isText: boolean;
  /** A line ends on it. */
  isJoined: boolean;
  /** How many it is in. */
  depth: number;
  at: number;
};

export const shapeOf = (id: string, up: Shape | null, at: number): Shape => ({
  ...{ key: '', id, label: id, up, children: new Map(), shape: '', classes: [] },
  ...{ isRemoved: false, isText: false, isJoined: false },
  ...{ depth: up === null ? 0 : up.depth + 1, at },
});

/** Told of a shape itself, and no name of one inside of it. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...'shape label style icon near tooltip link class classes vars direction width height top left'.split(' '),
  ...'grid-rows grid-columns grid-gap vertical-gap horizontal-gap constraint source-arrowhead'.split(' '),
  ...'target-arrowhead layers scenarios steps filled opacity'.split(' '),
]);

export const isReserved = ({ text, isQuoted }: Step): boolean =>
  !isQuoted && RESERVED.has(text.toLowerCase());

/** The shape that a key leads to from here, made where it is new; all of them are listed in `all`. */
export function shapeAt(from: Shape, steps: readonly Step[], at: number, all: Shape[]): Shape {
  let shape = from;
  for (const { text, isQuoted } of steps) {
    if (text === '_' && !isQuoted) {
      shape = shape.up ?? shape;
      continue;
    }
    const key = text.toLowerCase();
    let child = shape.children.get(key);
    if (!child) {
      child = shapeOf(text, shape, at);
      checkDepth(child.depth, at);
      child.key = String(all.length);
      all.push(child);
      shape.children.set(key, child);
    }
    child.isRemoved = false;
    shape = child;
  }
  return shape;
}

/** What is said of each of the innermost, by the keys that lead to it, lower case. */
export function* textsIn(shape: Shape, path = ''): Generator<[key: string, text: string]> {
  for (const [key, child] of shape.children) {
    if (child.children.size > 0) yield* textsIn(child, `${path}${key}.`);
    else yield [`${path}${key}`, child.label];
  }
}
