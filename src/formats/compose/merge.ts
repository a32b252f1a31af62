/** How one file's service goes over another's: maps by key, lists one after the other, all else replaced. */
import { entriesOf, isList, isMap, itemsOf, type Tree } from '../manifest/tree.ts';

/** What a later file replaces whole, though it is a list. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);
/** What may be written as a list of names or of `NAME=value`, and is a map. */
const MAPS = new Set(['environment', 'labels', 'depends_on', 'networks', 'args', 'annotations', 'sysctls']);

/** A list where a map is meant → that map. */
export function asMap(tree: Tree): ReadonlyMap<string, Tree> {
  if (!isList(tree)) return entriesOf(tree);
  return new Map(
    itemsOf(tree).flatMap((item): [string, Tree][] => {
      if (typeof item.value !== 'string') return [...entriesOf(item)];
      const at = item.value.indexOf('=');
      const [name, value] = at < 0 ? [item.value, null] : [item.value.slice(0, at), item.value.slice(at + 1)];
      return name.trim() === '' ? [] : [[name.trim(), { where: item.where, value }]];
    }),
  );
}

export function merged(base: Tree | undefined, over: Tree, key = ''): Tree {
  if (over.tag === '!override' || base === undefined || base.value === null) return over;
  if (over.value === null || REPLACED.has(key)) return over.value === null ? base : over;
  const areMaps = MAPS.has(key) || (isMap(base) && isMap(over));
  if (areMaps) {
    const result = new Map(asMap(base));
    for (const [name, item] of asMap(over))
      if (item.tag === '!reset') result.delete(name);
      else result.set(name, MAPS.has(key) && !isMap(item) ? item : merged(result.get(name), item, name));
    return { ...base, value: result };
  }
  if (isList(base) && isList(over)) return { ...over, value: [...itemsOf(base), ...itemsOf(over)] };
  return over;
}
