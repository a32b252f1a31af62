/** What one container or service is started with: its environment, its arguments, its image. */
import { optionsIn, shellWords, type Word } from './command-line.ts';
import type { Entry, Found } from './entry.ts';
import { flatten, isMap, type Tree } from './tree.ts';

type Path = readonly (string | number)[];
type Started = { value: Record<string, unknown>; path: Path };

const SAYS = ['environment', 'env', 'command', 'args', 'entrypoint', 'image'];

/** Where in a tree services or containers are: compose files, workloads of Kubernetes, or a piece of either. */
export function startedIn({ value }: Tree): Started[] {
  if (!isMap(value)) return [];
  if (isMap(value.services)) return inMap(value.services, ['services']);
  for (const path of PODS) {
    const found = path.reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), value);
    if (Array.isArray(found))
      return found.flatMap((each, i) => (isMap(each) ? [{ value: each, path: [...path, i] }] : []));
  }
  const isPiece = Object.keys(value).every((key) => SAYS.includes(key) || key === 'name');
  if (isPiece && Object.keys(value).some((key) => SAYS.includes(key))) return [{ value, path: [] }];
  const inside = inMap(value, []);
  return inside.length === 1 && Object.keys(value).length === 1 && 'image' in inside[0]!.value ? inside : [];
}

const PODS: readonly string[][] = [
  ['spec', 'template', 'spec', 'containers'],
  ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers'],
  ['spec', 'containers'],
  ['containers'],
];

const inMap = (map: Record<string, unknown>, path: Path): Started[] =>
  Object.entries(map).flatMap(([key, each]) => (isMap(each) ? [{ value: each, path: [...path, key] }] : []));

export function readStarted(tree: Tree, { value, path }: Started): Found {
  const entries: Entry[] = [];
  for (const key of ['environment', 'env'])
    if (key in value) entries.push(...readVariables(tree, value[key], [...path, key]));
  const words = ['entrypoint', 'command', 'args'].flatMap((key) => wordsIn(tree, value[key], [...path, key]));
  const options = optionsIn(words);
  const image = typeof value.image === 'string' ? imageOf(value.image) : {};
  return { ...options, ...image, entries: [...entries, ...options.entries], faults: [] };
}

/** `image: bitnami/postgresql:15.4` is both. An image by digest, or left to a variable, tells no version. */
function imageOf(image: string): Pick<Found, 'system' | 'version'> {
  const [, name, tag] = /^([^@$]+?)(?::([\w.-]+))?(?:@.*)?$/.exec(image.trim()) ?? [];
  if (!name) return {};
  return { system: name, ...(tag !== undefined && /\d/.test(tag) && { version: tag }) };
}

/** `A: b`, `- A=b`, or `- name: A` with its `value`; what another place is to give has none. */
export function readVariables(tree: Tree, value: unknown, path: Path): Entry[] {
  if (!Array.isArray(value)) return flatten(tree, path, value);
  return value.flatMap((each, i): Entry[] => {
    const line = tree.lineAt([...path, i]);
    if (typeof each === 'string') {
      const sign = each.indexOf('=');
      return sign > 0 ? [{ key: each.slice(0, sign).trim(), value: each.slice(sign + 1), line }] : [];
    }
    if (!isMap(each) || typeof each.name !== 'string' || typeof each.value !== 'string') return [];
    return [{ key: each.name, value: each.value, line }];
  });
}

/** True for a list of variables that stands alone. */
export const isVariables = ({ value }: Tree): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((each) =>
    typeof each === 'string' ? /^[A-Za-z_][\w.-]*=/.test(each) : isMap(each) && typeof each.name === 'string',
  );

/** A list of words, or a line of them. */
function wordsIn(tree: Tree, value: unknown, path: Path): Word[] {
  const line = tree.lineAt(path);
  if (typeof value === 'string') return shellWords(value).words.map(({ text }) => ({ text, line }));
  if (!Array.isArray(value)) return [];
  return value.flatMap((text, i) =>
    typeof text === 'string' ? [{ text, line: tree.lineAt([...path, i]) }] : [],
  );
}
