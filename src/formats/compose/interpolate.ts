/** `${NAME:-otherwise}` and its like, as compose puts values into them. */
import type { Tree } from '../manifest/tree.ts';

export type Variables = ReadonlyMap<string, string>;

const VARIABLE = /^(?:\{([A-Za-z_]\w*)(?:(:?[-?+])|\})|([A-Za-z_]\w*))/;
const MOST_DEPTH = 20;

/** Every shell has them; they only say where somebody is. */
const OF_THE_SHELL = new Set(['PWD', 'HOME', 'USER', 'HOSTNAME']);

/** What has no value stays as it is written, and is noted in `missing`. */
export function interpolate(text: string, variables: Variables, missing: Set<string>, depth = 0): string {
  if (!text.includes('$') || depth > MOST_DEPTH) return text;
  let result = '';
  for (let i = 0; i < text.length; ) {
    const next = text.indexOf('$', i);
    if (next < 0) return result + text.slice(i);
    result += text.slice(i, next);
    const rest = text.slice(next + 1, next + 200);
    const [whole, braced, operator, plain] = VARIABLE.exec(rest) ?? [];
    const name = braced ?? plain;
    if (text[next + 1] === '$') {
      result += '$';
      i = next + 2;
    } else if (whole === undefined || name === undefined) {
      result += '$';
      i = next + 1;
    } else {
      const start = next + 1 + whole.length;
      const end = operator === undefined ? start : closing(text, start);
      const other = operator === undefined ? '' : text.slice(start, end);
      i = operator === undefined ? start : end + 1;
      const value = variables.get(name);
      const isSet = value !== undefined && !(operator?.startsWith(':') && value === '');
      const otherwise = () => interpolate(other, variables, missing, depth + 1);
      if (operator?.endsWith('+')) result += isSet ? otherwise() : '';
      else if (isSet) result += value;
      else if (operator?.endsWith('-')) result += otherwise();
      else {
        if (!OF_THE_SHELL.has(name)) missing.add(name);
        result += text.slice(next, i);
      }
    }
  }
  return result;
}

/** Of the brace that opened before `start`. */
function closing(text: string, start: number): number {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if (text[i] === '{') depth++;
    if (text[i] === '}' && --depth === 0) return i;
  }
  return text.length;
}

/** The same tree with values put in; keys are left as they are. */
export function interpolated(tree: Tree, variables: Variables, missing: Set<string>): Tree {
  const { value } = tree;
  if (typeof value === 'string') {
    const text = interpolate(value, variables, missing);
    return text === value ? tree : { ...tree, value: text };
  }
  if (value === null) return tree;
  if (value instanceof Map)
    return {
      ...tree,
      value: new Map([...value].map(([key, item]) => [key, interpolated(item, variables, missing)])),
    };
  return { ...tree, value: (value as readonly Tree[]).map((item) => interpolated(item, variables, missing)) };
}
