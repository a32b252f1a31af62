/**
 * What compose files and Kubernetes manifests have in common: YAML and JSON as trees that know where each value stands,
 * hosts and settings found in values, and parts drawn from them.
 *
 *   text ─► tree ─► (compose, Kubernetes) parts, stated connections ─► draw: hosts in settings, config, secrets left out
 */
export type Where =
  | { file: string; line: number }
  /** In JSON: a path, told by its links. */
  | { file: string; parent: Where | null; key: string };

/** A value of a file. Scalars are text as it is written, null where there is none. */
export type Tree = {
  where: Where;
  value: string | null | readonly Tree[] | ReadonlyMap<string, Tree>;
  /** `!reset`, `!override` */
  tag?: string;
};

/** "line 12", or "services.web.ports.0". */
export function placeOf(where: Where): string {
  if ('line' in where) return `line ${where.line}`;
  const path: string[] = [];
  for (let at: Where | null = where; at && 'key' in at; at = at.parent) path.push(at.key);
  return path.reverse().join('.');
}

const EMPTY: ReadonlyMap<string, Tree> = new Map();

export const isMap = (tree: Tree | undefined): boolean => tree?.value instanceof Map;
export const isList = (tree: Tree | undefined): boolean => Array.isArray(tree?.value);

/** Its entries; none where it is no map. */
export const entriesOf = (tree: Tree | undefined): ReadonlyMap<string, Tree> =>
  tree?.value instanceof Map ? tree.value : EMPTY;

/** Its items; none where it is no list. */
export const itemsOf = (tree: Tree | undefined): readonly Tree[] =>
  Array.isArray(tree?.value) ? (tree.value as readonly Tree[]) : [];

/** What stands under these keys, one in the other. */
export function under(tree: Tree | undefined, ...keys: readonly string[]): Tree | undefined {
  let at = tree;
  for (const key of keys) at = entriesOf(at).get(key);
  return at;
}

/** What stands at `a.b`, or at `a[].b` of each item; at an empty path it itself. */
export function at(tree: Tree | undefined, path: string): Tree[] {
  let found = tree ? [tree] : [];
  for (const step of path === '' ? [] : path.split('.')) {
    const key = step.replace('[]', '');
    found = found.flatMap((each) => entriesOf(each).get(key) ?? []);
    if (step.endsWith('[]')) found = found.flatMap(itemsOf);
  }
  return found;
}

/** The scalar under these keys, without spaces around it. */
export function textOf(tree: Tree | undefined, ...keys: readonly string[]): string | undefined {
  const found = under(tree, ...keys)?.value;
  return typeof found === 'string' ? found.trim() : undefined;
}

/** The whole number under these keys. */
export function numberOf(tree: Tree | undefined, ...keys: readonly string[]): number | undefined {
  const text = textOf(tree, ...keys);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Parsed JSON as a tree. */
export function treeOf(value: unknown, file: string): Tree {
  const grow = (each: unknown, where: Where): Tree => {
    if (Array.isArray(each))
      return { where, value: each.map((item, i) => grow(item, { file, parent: where, key: String(i) })) };
    if (typeof each === 'object' && each !== null)
      return {
        where,
        value: new Map(
          Object.entries(each).map(([key, item]) => [key, grow(item, { file, parent: where, key })]),
        ),
      };
    return { where, value: each === null || each === undefined ? null : String(each) };
  };
  // A root of no name, so that paths begin with what is in it.
  return grow(value, { file, line: 1 });
}
