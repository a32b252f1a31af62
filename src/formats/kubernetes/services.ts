/** Services, and who is behind them: the names under which workloads are reached within a cluster. */
import type { NamedHost } from '../manifest/hosts.ts';
import { type Link, ownNames, type Part, spotOf } from '../manifest/part.ts';
import { itemsOf, numberOf, textOf, under } from '../manifest/tree.ts';
import { kindOf } from '../recognise.ts';
import { type KubeObject, keyOf, labelsOf, selects } from './objects.ts';
import type { Run } from './operators.ts';
import type { Workload } from './workloads.ts';

export type Cluster = {
  parts: Part[];
  links: Link[];
  /** The keys of the parts that a service's name means, asked for in a namespace. */
  find(name: string, namespace: string | null): readonly string[];
  /** Likewise of a host: `cart`, `cart.shop`, `cart.shop.svc.cluster.local`, `cart-0.cart`. */
  resolve(host: string, namespace: string | null): readonly string[];
};

/** A namespace that isn't said may be any. */
const isSame = (a: string | null, b: string | null): boolean => a === b || a === null || b === null;

/**
 * @param runs what operators run
 * @param externals parts outside of the cluster, by the hosts that they are entered under
 */
export function clusterOf(
  objects: readonly KubeObject[],
  workloads: readonly Workload[],
  runs: readonly Run[],
  externals: readonly { part: Part; host: string }[],
): Cluster {
  const reached = new Map<string, { namespace: string | null; keys: readonly string[] }[]>();
  const reach = (name: string, namespace: string | null, keys: readonly string[]) =>
    void reached.set(name.toLowerCase(), [...(reached.get(name.toLowerCase()) ?? []), { namespace, keys }]);
  const aliases = new Map<Workload, string[]>();
  const fronts = new Map<string, Part>();
  const parts: Part[] = [];
  const links: Link[] = [];
  const taken = new Set(workloads.map(({ name }) => name));
  for (const { part, namespace, services } of runs)
    for (const service of services) reach(service, namespace, [part.key]);
  const isMade = ({ name, namespace }: KubeObject) =>
    runs.some((run) => run.services.includes(name) && isSame(run.namespace, namespace));
  for (const service of objects.filter(({ kind, api }) => kind === 'Service' && api === '')) {
    const { name, namespace, tree } = service;
    const selector = labelsOf(under(tree, 'spec', 'selector'));
    const behind = workloads.filter(
      (each) => isSame(each.object.namespace, namespace) && selects(selector, each.labels),
    );
    const keys = behind.map(({ object, name: own }) => keyOf({ ...object, name: own }));
    const names = namespace === null ? [name] : [name, `${name}.${namespace}`];
    const [only] = behind;
    if (only && behind.length === 1) {
      aliases.set(only, [...(aliases.get(only) ?? []), ...names]);
      reach(name, namespace, keys);
      continue;
    }
    if (behind.length === 0 && (isApiServer(service) || isMade(service))) continue;
    const same = keys.length > 1 ? fronts.get(keys.join()) : undefined;
    if (same) {
      reach(name, namespace, [same.key]);
      continue;
    }
    const part = partOf(service, taken.has(name) ? `${name} service` : name, names, behind.length);
    taken.add(part.name);
    parts.push(part);
    if (keys.length > 1) fronts.set(keys.join(), part);
    reach(name, namespace, [part.key]);
    for (const key of keys)
      links.push({
        source: part.key,
        target: key,
        spot: spotOf((under(tree, 'spec', 'selector') ?? tree).where),
      });
  }
  const find = (name: string, namespace: string | null) => {
    const found = (reached.get(name.toLowerCase()) ?? []).filter((each) => isSame(each.namespace, namespace));
    return (
      (found.find((each) => each.namespace === namespace) ?? (found.length === 1 ? found[0] : undefined))
        ?.keys ?? []
    );
  };
  const outside = new Map(externals.map(({ host, part }) => [host.toLowerCase(), part.key]));
  const byWorkload = Map.groupBy(workloads, ({ name }) => name.toLowerCase());
  const resolve = (host: string, namespace: string | null): readonly string[] => {
    const entered = outside.get(host) ?? outside.get(host.replace(/^[^.]+/, '*'));
    if (entered !== undefined) return [entered];
    const [first = '', second, third] = host.split('.');
    if (second === undefined) {
      const own = find(first, namespace);
      // Manifests of workloads alone: who is asked for by the name of one.
      const named = (byWorkload.get(first) ?? []).filter((each) => isSame(each.object.namespace, namespace));
      return own.length > 0 || named.length !== 1
        ? own
        : named.map(({ object, name }) => keyOf({ ...object, name }));
    }
    const [inNamespace, ofPod] = [third === undefined || third === 'svc', /-\d+$/.test(first)];
    const direct = inNamespace ? find(first, second) : [];
    if (direct.length > 0 || !ofPod) return direct;
    return find(second, third === undefined || third === 'svc' ? namespace : third);
  };
  for (const workload of workloads) parts.push(running(workload, aliases.get(workload) ?? [], resolve));
  for (const { part, namespace } of runs)
    parts.push({ ...part, resolve: ({ host }) => resolve(host, namespace) });
  return { parts: [...parts, ...externals.map(({ part }) => part)], links, find, resolve };
}

/** The cluster's own door. */
const isApiServer = ({ name, tree }: KubeObject): boolean =>
  name === 'kubernetes' &&
  (textOf(tree, 'metadata', 'labels', 'component') === 'apiserver' || !under(tree, 'spec', 'selector'));

/** A service that stands for itself: before several workloads, or before none that is here. */
function partOf(
  { kind, namespace, tree, name: own }: KubeObject,
  name: string,
  names: readonly string[],
  behind: number,
): Part {
  const outside = textOf(tree, 'spec', 'externalName');
  const ports = itemsOf(under(tree, 'spec', 'ports')).flatMap((port) => numberOf(port, 'port') ?? []);
  const known = kindOf({ name: own, port: ports.length === 1 ? ports[0] : undefined });
  const isStore = known.kind === 'database' || known.kind === 'cache' || known.kind === 'broker';
  return {
    ...{
      key: keyOf({ kind, namespace, name: own }),
      name,
      ports,
      group: namespace,
      spot: spotOf(tree.where),
      settings: [],
    },
    ...(outside !== undefined
      ? { kind: 'external' as const, description: `Stands for ${outside}.` }
      : behind > 1 && !isStore && { kind: 'load balancer' as const, technology: 'Kubernetes Service' }),
    names: [...names, ...(outside === undefined ? [] : [outside])].filter((each) => each !== name),
    resolve: () => [],
  };
}

function running(
  { object, name, kind, image, ports, instances, settings }: Workload,
  names: readonly string[],
  resolve: Cluster['resolve'],
): Part {
  const { namespace, tree } = object;
  return {
    ...{ key: keyOf({ ...object, name }), name, kind, image, ports, instances, settings, group: namespace },
    spot: spotOf(tree.where),
    names: [...new Set([...ownNames(settings), ...names])].filter((each) => each !== name),
    resolve: ({ host }: NamedHost) => resolve(host, namespace),
  };
}
