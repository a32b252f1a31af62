/** The elements of a LikeC4 model while its files are read: a tree of names, in which each is found from where it is named. */
import type { Element as Said } from '../diagram/model.ts';

/** `links` and `kind` are LikeC4's own; the rest is what every model has. */
export type Node = Said & {
  id: string;
  icon?: string | undefined;
  shape?: string | undefined;
  up: Node | null;
  children: Map<string, Node>;
  /** Named by `extend`: what stands in it belongs to the element of this name. */
  extends?: string;
};

export type Tree = {
  root: Node;
  all: Node[];
  /** By the last part of the name. */
  byId: Map<string, Node[]>;
};

export function nodeOf(id: string, up: Node | null, at: number): Node {
  return {
    ...{ id, key: '', what: '', name: id, tags: [], parent: null, around: null },
    ...{ up, children: new Map(), at },
  };
}

export const emptyTree = (): Tree => ({ root: nodeOf('', null, 0), all: [], byId: new Map() });

export function plant(tree: Tree, node: Node): void {
  node.key = String(tree.all.length);
  tree.all.push(node);
  tree.byId.set(node.id, [...(tree.byId.get(node.id) ?? []), node]);
  if (node.up && !node.up.children.has(node.id)) node.up.children.set(node.id, node);
}

/** Elements of one name that are looked through for the one that is meant. */
const MOST_ALIKE = 200;

function isInside(node: Node, outer: Node): boolean {
  for (let up = node.up; up; up = up.up) if (up === outer) return true;
  return false;
}

/** The child of this name, or the one element of this name anywhere inside. */
function inside(tree: Tree, outer: Node, id: string): Node | undefined {
  const child = outer.children.get(id);
  if (child) return child;
  const alike = (tree.byId.get(id) ?? []).slice(0, MOST_ALIKE);
  const found = outer === tree.root ? alike : alike.filter((each) => isInside(each, outer));
  return found.length === 1 ? found[0] : undefined;
}

/** The element that a name such as `cloud.backend.api` means where `scope` is around: from the inside out. */
export function find(tree: Tree, name: string, scope: Node): Node | undefined {
  const [first = '', ...rest] = name.split('.');
  if (first === 'this' || first === 'it') return rest.length === 0 ? scope : undefined;
  for (let outer: Node | null = scope; outer; outer = outer.up) {
    let found =
      outer.id === first && outer.up ? (inside(tree, outer, first) ?? outer) : inside(tree, outer, first);
    for (const id of rest) found = found && inside(tree, found, id);
    if (found) return found;
  }
  return undefined;
}
