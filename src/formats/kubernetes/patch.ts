/** What one manifest says over another: the strategic merge of Kubernetes, as far as drawing needs it, and JSON Patch (RFC 6902). */
import { entriesOf, isList, isMap, itemsOf, type Tree, textOf } from '../manifest/tree.ts';

/** `isPatch`: null and `$patch: delete` take away. Else the later of two files that say the same only adds to it. */
export function patched(base: Tree, over: Tree, isPatch = false): Tree {
  if (isMap(base) && isMap(over)) {
    const result = new Map(entriesOf(base));
    for (const [key, item] of entriesOf(over)) {
      const before = result.get(key);
      if (isPatch && (key === '$patch' || item.value === null)) result.delete(key);
      else result.set(key, before ? patched(before, item, isPatch) : item);
    }
    return { ...base, value: result };
  }
  if (isNamed(base) && isNamed(over)) {
    const result = new Map(itemsOf(base).map((item) => [textOf(item, 'name')!, item]));
    for (const item of itemsOf(over)) {
      const name = textOf(item, 'name')!;
      const before = result.get(name);
      if (isPatch && textOf(item, '$patch') === 'delete') result.delete(name);
      else result.set(name, before ? patched(before, item, isPatch) : item);
    }
    return { ...base, value: [...result.values()] };
  }
  return over.value === null ? base : over;
}

/** Items of lists are the same by their names. */
const isNamed = (tree: Tree): boolean =>
  isList(tree) && itemsOf(tree).every((item) => textOf(item, 'name') !== undefined);

/** The tree after one operation; null where that does not fit it. */
export function operated(tree: Tree, operation: Tree): Tree | null {
  const path = textOf(operation, 'path') ?? '';
  const steps = path
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const op = textOf(operation, 'op') ?? '';
  const value = entriesOf(operation).get('value') ?? { where: operation.where, value: null };
  if (!path.startsWith('/') || !/^(?:add|replace|remove)$/.test(op)) return null;
  return changed(tree, steps, op, value);
}

function changed(tree: Tree, [step = '', ...rest]: readonly string[], op: string, value: Tree): Tree | null {
  const known = isList(tree) ? itemsOf(tree)[indexIn(tree, step)] : entriesOf(tree).get(step);
  const inside = rest.length === 0 ? value : known ? changed(known, rest, op, value) : null;
  if (!inside || (known === undefined && op !== 'add')) return null;
  const isLast = rest.length === 0;
  if (isMap(tree)) {
    const entries = new Map(entriesOf(tree));
    if (isLast && op === 'remove') entries.delete(step);
    else entries.set(step, inside);
    return { ...tree, value: entries };
  }
  const at = indexIn(tree, step);
  if (!isList(tree) || at < 0 || at > itemsOf(tree).length) return null;
  const items = [...itemsOf(tree)];
  if (isLast && op === 'add') items.splice(at, 0, inside);
  else if (isLast && op === 'remove') items.splice(at, 1);
  else items[at] = inside;
  return { ...tree, value: items };
}

const indexIn = (tree: Tree, step: string): number =>
  step === '-' ? itemsOf(tree).length : /^\d{1,6}$/.test(step) ? Number(step) : -1;
