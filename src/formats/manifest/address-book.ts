/**
 * A file that lists where each service is to be found, such as DeathStarBench's service-config.json: by name, `addr` and
 * `port`. Everybody reads the whole of it, so that being listed joins nobody; a store that is called after a service is
 * that service's, though: `user-timeline-redis` of `user-timeline-service`.
 */

import { kindOf } from '../recognise.ts';
import { type Link, type Spot, spotOf } from './part.ts';
import { entriesOf, isMap, numberOf, type Tree, textOf } from './tree.ts';

export type Listed = { name: string; host: string; port: number | undefined; spot: Spot };

/** Null where the tree is something else. */
function addressesIn(tree: Tree): Listed[] | null {
  const entries = [...entriesOf(tree)];
  const listed = entries.flatMap(([name, each]): Listed[] => {
    const host = textOf(each, 'addr') ?? textOf(each, 'address') ?? textOf(each, 'host');
    return host === undefined || host === ''
      ? []
      : [{ name, host, port: numberOf(each, 'port'), spot: spotOf(each.where) }];
  });
  const maps = entries.filter(([, each]) => isMap(each));
  return listed.length >= 2 && listed.length * 2 > maps.length ? listed : null;
}

/** Services and the stores that are called after them. */
export function storesOf(services: readonly { name: string }[], files: readonly { tree: Tree }[]): Link[] {
  const known = new Set(services.map(({ name }) => name));
  return files.flatMap(({ tree }) =>
    storeLinks(addressesIn(tree) ?? []).filter(
      ({ source, target }) => known.has(source) && known.has(target),
    ),
  );
}

const SERVICE = /[-_.]?(?:service|svc)$/i;

function storeLinks(listed: readonly Listed[]): Link[] {
  const kinds = new Map(listed.map(({ name, port }) => [name, kindOf({ name, port }).kind]));
  const isStore = (name: string) =>
    ['database', 'cache', 'broker', 'storage', 'queue'].includes(kinds.get(name) ?? '');
  const owners = new Map(
    listed.flatMap(({ name }) => (isStore(name) ? [] : [[name.replace(SERVICE, ''), name] as const])),
  );
  return listed.flatMap(({ name, spot }): Link[] => {
    if (!isStore(name)) return [];
    const stem = name.replace(/[-_.][^-_.]+$/, '');
    const source = owners.get(stem);
    return source === undefined || stem === name ? [] : [{ source, target: name, spot, how: 'inferred' }];
  });
}
