/**
 * A file that lists where each service is to be found, such as DeathStarBench's service-config.json: by name, `addr` and
 * `port`. Everybody reads the whole of it, so that being listed joins nobody. A store that is called after a service is
 * that service's, though (`user-timeline-redis` of `user-timeline-service`), and an entry may name others' hosts itself.
 */
import { createGraph, titleOf } from '../build.ts';
import { type Format, isObject, type Opened, type Read, type ReadContext, refuse } from '../format.ts';
import { drawParts } from '../manifest/draw.ts';
import { type Link, type Part, spotOf } from '../manifest/part.ts';
import { entriesOf, isMap, numberOf, type Tree, textOf, treeOf } from '../manifest/tree.ts';
import { kindOf } from '../recognise.ts';
import { isSecret } from '../secrets.ts';

type Listed = { name: string; host: string; port: number; tree: Tree };

/** Null where the tree is something else. */
function addressesIn(tree: Tree): Listed[] | null {
  const maps = [...entriesOf(tree)].filter(([, each]) => isMap(each));
  const listed = maps.flatMap(([name, each]): Listed[] => {
    const host = textOf(each, 'addr') ?? textOf(each, 'address') ?? textOf(each, 'host');
    const port = numberOf(each, 'port');
    return !host || port === undefined || name === '' ? [] : [{ name, host, port, tree: each }];
  });
  return listed.length >= 2 && listed.length * 2 > maps.length ? listed : null;
}

/** By a look at its first entries. */
function looksListed(opened: Opened): boolean {
  const [value] = opened.type === 'json' && opened.values.length === 1 ? opened.values : [];
  if (!isObject(value)) return false;
  const first = Object.values(value).filter(isObject).slice(0, 9);
  const isListed = (each: Record<string, unknown>) =>
    'port' in each && ('addr' in each || 'address' in each || 'host' in each);
  return first.filter(isListed).length * 2 > first.length;
}

const bookIn = (opened: Opened, file: string): { tree: Tree; listed: Listed[] } | null => {
  if (opened.type !== 'json' || !looksListed(opened)) return null;
  const tree = treeOf(opened.values[0], file);
  const listed = addressesIn(tree);
  return listed && { tree, listed };
};

function readAddresses(opened: Opened, file: string, { newId }: ReadContext): Read {
  const book = bookIn(opened, file);
  if (!book) return refuse(file, '', 'lists no services with addr and port');
  const { tree, listed } = book;
  const graph = createGraph({ newId, file });
  for (const [key, { value }] of entriesOf(tree))
    if (typeof value === 'string' && isSecret(key, value)) graph.remark('a secret; left out', key);
  const byHost = new Map(listed.flatMap(({ name, host }) => [[host.toLowerCase(), name] as const]));
  for (const { name } of listed) byHost.set(name.toLowerCase(), name);
  const parts = listed.map(({ name, host, port, tree: entry }): Part => {
    const lines = [...entriesOf(entry)].flatMap(([key, each]) =>
      ['addr', 'address', 'host', 'port'].includes(key) ? [] : settingsOf(key, each),
    );
    return {
      ...{ key: name, name, ports: [port], group: null, spot: spotOf(entry.where), settings: lines },
      names: host === name || /^[\d.:]+$|^localhost$/.test(host) ? [] : [host],
      resolve: (named) => [byHost.get(named.host) ?? []].flat(),
    };
  });
  drawParts(graph, parts, storesOf(listed));
  return graph.read(ADDRESSES.id, titleOf(file, 'Service addresses'));
}

const settingsOf = (key: string, tree: Tree): Part['settings'] => {
  if (typeof tree.value === 'string') return [{ key, value: tree.value, spot: spotOf(tree.where) }];
  return [...(Array.isArray(tree.value) ? (tree.value as Tree[]) : [])]
    .map((each) => [key, each] as const)
    .concat([...entriesOf(tree)].map(([name, each]) => [`${key}.${name}`, each] as const))
    .flatMap(([name, each]) => settingsOf(name, each));
};

const SERVICE = /[-_.]?(?:service|svc)$/i;
const STORES = new Set(['database', 'cache', 'broker', 'storage', 'queue']);

/** Services and the stores that are called after them. */
function storesOf(listed: readonly Listed[]): Link[] {
  const stores = listed.filter(({ name, port }) => STORES.has(kindOf({ name, port }).kind));
  const owners = new Map(
    listed.flatMap((each) =>
      stores.includes(each) ? [] : [[each.name.replace(SERVICE, ''), each.name] as const],
    ),
  );
  return stores.flatMap(({ name, tree }): Link[] => {
    const stem = name.replace(/[-_.][^-_.]+$/, '');
    const source = owners.get(stem);
    const isOwned = source !== undefined && stem !== name;
    return isOwned ? [{ source, target: name, spot: spotOf(tree.where), how: 'inferred' }] : [];
  });
}

export const ADDRESSES: Format = {
  id: 'addresses',
  name: 'Service addresses',
  suffixes: ['.json'],
  reads:
    'JSON that lists services by name with addr and port (DeathStarBench’s service-config.json): the services, what is set for each, and edges to the stores that are called after them.',
  recognises: looksListed,
  read: readAddresses,
};
