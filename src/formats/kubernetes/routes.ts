/** Who lets traffic in, and to which services: Ingress, Gateway API, OpenShift, Traefik, Contour, Istio. */
import { absentPart, type Link, type Part, spotOf } from '../manifest/part.ts';
import { entriesOf, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { doorOf } from './doors.ts';
import { selectedBy } from './mesh.ts';
import { type KubeObject, keyOf } from './objects.ts';
import type { Cluster } from './services.ts';
import type { Workload } from './workloads.ts';

/** A service that something routes to; `path` as the rule has it. */
type Backend = { host: string; namespace: string | null; tree: Tree; path?: string | undefined };
/** Gateways that a route hangs on: `shop/public`, `public`; null: the route is its own door. */
type Routing = {
  backends: Backend[];
  gateways: string[] | null;
  /** Hosts of the mesh for which it says where calls to them go. */
  within?: string[];
  technology?: string | undefined;
  hosts?: string[];
};

/** True for what is read here, or of the mesh besides. */
export const isRouting = (object: KubeObject): boolean =>
  routingOf(object) !== null || GATEWAYS.test(object.api);

/** A part for each door, and stated edges to what is behind it. */
export function routesIn(
  objects: readonly KubeObject[],
  workloads: readonly Workload[],
  cluster: Cluster,
): { parts: Part[]; links: Link[] } {
  const parts = new Map<string, Part>();
  const links: Link[] = [];
  const taken = new Set(cluster.parts.map(({ name }) => name));
  const door = (
    kind: string,
    name: string,
    namespace: string | null,
    tree: Tree,
    routing: Partial<Routing>,
  ): string => {
    const key = keyOf({ kind, namespace, name });
    if (!parts.has(key)) {
      const shown = taken.has(name)
        ? `${name} ${kind === 'Gateway' ? 'gateway' : kind === 'Route' ? 'route' : 'ingress'}`
        : name;
      taken.add(shown);
      const { technology, hosts = [] } = routing;
      parts.set(key, {
        ...{ key, name: shown, kind: 'gateway', technology, spot: spotOf(tree.where), group: namespace },
        ...{ ports: [], settings: [], names: [], resolve: () => [] },
        ...(hosts.length > 0 && { description: `Answers for ${hosts.slice(0, 20).join(', ')}.` }),
      });
    }
    return key;
  };
  const absent = (host: string, namespace: string | null, tree: Tree): string => {
    const key = keyOf({ kind: 'Service', namespace, name: host });
    parts.set(key, parts.get(key) ?? absentPart(key, host, spotOf(tree.where), namespace));
    return key;
  };
  const gateways = objects.filter(({ kind, api }) => kind === 'Gateway' && GATEWAYS.test(api));
  const gatewayKey = (named: string, route: KubeObject): string => {
    const [name = '', namespace = route.namespace] = named.split('/').reverse();
    const found = gateways.find(
      (each) => each.name === name && (each.namespace ?? namespace) === (namespace ?? each.namespace),
    );
    const [proxy] = found ? selectedBy(found, workloads) : [];
    if (proxy) return keyOf({ ...proxy.object, name: proxy.name });
    const tree = found?.tree ?? route.tree;
    return door('Gateway', name, found?.namespace ?? namespace, tree, {
      technology: found ? technologyOf(found) : undefined,
    });
  };
  for (const gateway of gateways)
    gatewayKey(`${gateway.namespace ?? ''}/${gateway.name}`.replace(/^\//, ''), gateway);
  for (const object of objects) {
    const routing = routingOf(object);
    if (!routing || (routing.gateways ?? routing.backends).length + (routing.within?.length ?? 0) === 0)
      continue;
    const sources =
      routing.gateways === null
        ? [door(object.kind, object.name, object.namespace, object.tree, routing)]
        : [
            ...routing.gateways.map((named) => gatewayKey(named, object)),
            ...(routing.within ?? []).flatMap((host) =>
              cluster.resolve(host.toLowerCase(), object.namespace),
            ),
          ];
    for (const { host, namespace, tree, path } of routing.backends) {
      const found = host.includes('.')
        ? cluster.resolve(host.toLowerCase(), namespace)
        : cluster.find(host, namespace);
      const known = found.length > 0 ? found : cluster.resolve(host.toLowerCase(), namespace);
      const targets = known.length > 0 ? known : [absent(host, namespace, tree)];
      for (const source of sources)
        for (const target of targets.filter((each) => each !== source))
          links.push({
            source,
            target,
            spot: spotOf(tree.where),
            ...(path !== undefined && { label: path }),
          });
    }
  }
  return { parts: [...parts.values()], links };
}

const GATEWAYS = /^(?:gateway\.networking\.k8s\.io|networking\.istio\.io|gateway\.networking\.x-k8s\.io)$/;
const technologyOf = ({ api, tree }: KubeObject): string | undefined =>
  api.includes('istio') ? 'Istio gateway' : textOf(tree, 'spec', 'gatewayClassName');

/** `orders`, or `http://orders:80` where an address may stand. */
const hostIn = (service: string): string =>
  service
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[:/].*$/s, '');

function routingOf(object: KubeObject): Routing | null {
  const { kind, api, tree, namespace } = object;
  const spec = under(tree, 'spec');
  const backend = (at: Tree | undefined, path?: string, of = namespace): Backend[] =>
    at && typeof at.value === 'string' && at.value !== ''
      ? [{ host: hostIn(at.value), namespace: of, tree: at, path }]
      : [];
  if (kind === 'Ingress') return ingressOf(object, backend);
  // before OpenShift 3.6 it had no group
  if (kind === 'Route' && (api === 'route.openshift.io' || api === '')) {
    const to = [under(spec, 'to'), ...itemsOf(under(spec, 'alternateBackends'))].filter(
      (each) => each !== undefined,
    );
    return {
      gateways: null,
      technology: 'OpenShift Route',
      hosts: [textOf(spec, 'host') ?? ''].filter(Boolean),
      backends: to.flatMap((each) => backend(under(each, 'name'), textOf(spec, 'path'))),
    };
  }
  if (kind.endsWith('Route') && GATEWAYS.test(api)) {
    const parents = itemsOf(under(spec, 'parentRefs')).filter(
      (each) => (textOf(each, 'kind') ?? 'Gateway') === 'Gateway',
    );
    const backends = itemsOf(under(spec, 'rules')).flatMap((rule) => {
      const [match] = itemsOf(under(rule, 'matches'));
      return itemsOf(under(rule, 'backendRefs')).flatMap((each) =>
        (textOf(each, 'kind') ?? 'Service') === 'Service'
          ? backend(
              under(each, 'name'),
              textOf(match, 'path', 'value'),
              textOf(each, 'namespace') ?? namespace,
            )
          : [],
      );
    });
    const named = (each: Tree) => [textOf(each, 'namespace'), textOf(each, 'name')].filter(Boolean).join('/');
    return { backends, gateways: parents.map(named), hosts: [] };
  }
  if (kind === 'VirtualService' && api.includes('istio')) {
    const rules = ['http', 'tls', 'tcp'].flatMap((key) => itemsOf(under(spec, key)));
    const backends = rules.flatMap((rule) => {
      const destinations = [
        ...itemsOf(under(rule, 'route')).map((each) => under(each, 'destination')),
        under(rule, 'mirror'),
      ];
      const [match] = itemsOf(under(rule, 'match'));
      const [path] = [...entriesOf(under(match, 'uri')).values()];
      return destinations.flatMap((each) => backend(under(each, 'host'), textOf(path)));
    });
    const scalars = (key: string) =>
      itemsOf(under(spec, key)).flatMap(({ value }) => (typeof value === 'string' ? value : []));
    const gateways = scalars('gateways');
    const isWithin = gateways.length === 0 || gateways.includes('mesh');
    return {
      backends,
      gateways: gateways.filter((each) => each !== 'mesh'),
      within: isWithin ? scalars('hosts') : [],
    };
  }
  const door = doorOf(object);
  return door
    ? {
        gateways: null,
        technology: door.technology,
        backends: door.services.flatMap((each) => backend(each.name, each.path, each.namespace ?? namespace)),
      }
    : null;
}

/** Of networking.k8s.io/v1, and of v1beta1 and extensions before it. */
function ingressOf(
  { tree }: KubeObject,
  backend: (at: Tree | undefined, path?: string) => Backend[],
): Routing {
  const spec = under(tree, 'spec');
  const to = (each: Tree | undefined, path?: string) =>
    backend(
      under(each, 'service', 'name') ?? under(each, 'serviceName') ?? under(each, 'resource', 'name'),
      path,
    );
  const rules = itemsOf(under(spec, 'rules'));
  const paths = rules.flatMap((rule) => itemsOf(under(rule, 'http', 'paths')));
  const named =
    textOf(spec, 'ingressClassName') ??
    textOf(tree, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
  return {
    gateways: null,
    technology: named,
    hosts: [...new Set(rules.flatMap((rule) => textOf(rule, 'host') ?? []))],
    backends: [
      ...to(under(spec, 'defaultBackend') ?? under(spec, 'backend')),
      ...paths.flatMap((each) => to(under(each, 'backend'), textOf(each, 'path'))),
    ],
  };
}
