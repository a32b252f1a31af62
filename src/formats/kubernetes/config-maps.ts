/** What ConfigMaps hold, their own and those that kustomize makes. Secrets are never looked into. */
import { type Beside, folderOf, pathFrom } from '../manifest/beside.ts';
import { type Setting, spotOf } from '../manifest/part.ts';
import { entriesOf, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import type { KubeObject } from './objects.ts';

/** Data of a ConfigMap by its keys. */
export type ConfigData = ReadonlyMap<string, Tree>;
export type ConfigMaps = {
  /** Where no namespace is said on either side, the name alone has to do. */
  find(name: string, namespace: string | null): ConfigData | undefined;
};

export function configMapsIn(objects: readonly KubeObject[], beside: Beside): ConfigMaps {
  const own = objects.flatMap(({ kind, name, namespace, tree }) =>
    kind === 'ConfigMap' ? [{ name, namespace, data: entriesOf(under(tree, 'data')) }] : [],
  );
  const made = objects.flatMap(({ kind, tree }) =>
    kind === 'Kustomization' || kind === 'Component'
      ? itemsOf(under(tree, 'configMapGenerator')).map((each) => generated(each, beside))
      : [],
  );
  const all = [...own, ...merged(made)];
  return {
    find: (name, namespace) => {
      const named = all.filter((each) => each.name === name);
      return (
        named.find((each) => each.namespace === namespace) ??
        named.find(
          (each) => (each.namespace ?? namespace) === null || each.namespace === null || namespace === null,
        )
      )?.data;
    },
  };
}

type Made = { name: string; namespace: string | null; data: ConfigData; behavior: string | undefined };

/** An overlay's adds to its base's of the same name, or replaces it. */
function merged(made: readonly Made[]): Made[] {
  const result: Made[] = [];
  for (const each of made) {
    const at = result.findIndex(({ name }) => name === each.name);
    if (at < 0 || each.behavior === undefined || each.behavior === 'create') result.push(each);
    else if (each.behavior === 'replace') result[at] = each;
    else result[at] = { ...each, data: new Map([...result[at]!.data, ...each.data]) };
  }
  return result;
}

function generated(tree: Tree, beside: Beside): Made {
  const folder = folderOf(tree.where.file);
  const textsOf = (key: string) =>
    itemsOf(under(tree, key)).flatMap((item) =>
      typeof item.value === 'string' ? [{ ...item, value: item.value }] : [],
    );
  const data = new Map<string, Tree>();
  for (const { value, where } of textsOf('literals')) {
    const at = value.indexOf('=');
    if (at > 0)
      data.set(value.slice(0, at), { where, value: value.slice(at + 1).replace(/^(["'])(.*)\1$/s, '$2') });
  }
  for (const { value, where } of textsOf('envs'))
    for (const line of beside.environment(pathFrom(folder, value)) ?? [])
      data.set(line.key, { where, value: line.value });
  for (const { value, where } of textsOf('files')) {
    const [key, path = key] = value.split('=');
    const text = beside.text(pathFrom(folder, path!));
    if (text !== undefined) data.set(key!.slice(key!.lastIndexOf('/') + 1), { where, value: text });
  }
  return {
    ...{ name: textOf(tree, 'name') ?? '', namespace: textOf(tree, 'namespace') ?? null, data },
    behavior: textOf(tree, 'behavior'),
  };
}

/** Its keys as variables. */
export const keySettings = (data: ConfigData, prefix = ''): Setting[] =>
  [...data].flatMap(([key, { value, where }]) =>
    typeof value === 'string' ? [{ key: `${prefix}${key}`, value, spot: spotOf(where) }] : [],
  );
