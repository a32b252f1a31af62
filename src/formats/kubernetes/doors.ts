/** Rules of doors that have kinds of their own: Traefik, Contour, nginx, Emissary, APISIX. */
import { at, isMap, type Tree, textOf, under } from '../manifest/tree.ts';
import type { KubeObject } from './objects.ts';

type Door = {
  api: RegExp;
  kind: RegExp;
  technology: string;
  /** Where its rules stand in the spec, the services in each, and the names of these. */
  rules: string;
  services: string;
  named: string;
};

const DOORS: readonly Door[] = (
  [
    [/traefik/, /^IngressRoute(?:TCP|UDP)?$/, 'Traefik', 'routes[]', 'services[]', 'name'],
    [/^projectcontour\.io$/, /^HTTPProxy$/, 'Contour', 'routes[]', 'services[]', 'name'],
    [
      /^k8s\.nginx\.org$/,
      /^(?:VirtualServer(?:Route)?|TransportServer)$/,
      'nginx',
      'upstreams[]',
      'service',
      '',
    ],
    [/^getambassador\.io$/, /^(?:TCP)?Mapping$/, 'Envoy', '', 'service', ''],
    [/^apisix\.apache\.org$/, /^ApisixRoute$/, 'Apache APISIX', 'http[]', 'backends[]', 'serviceName'],
  ] as const
).map(([api, kind, technology, rules, services, named]) => {
  return { api, kind, technology, rules, services, named };
});

/** Undefined for what is no such door; `path` as the rule has it. */
export function doorOf({
  kind,
  api,
  tree,
}: KubeObject):
  | { technology: string; services: { name: Tree; namespace?: string; path?: string }[] }
  | undefined {
  const door = DOORS.find((each) => each.api.test(api) && each.kind.test(kind));
  if (!door) return undefined;
  const services = at(under(tree, 'spec'), door.rules).flatMap((rule) =>
    at(rule, door.services).flatMap((service) => {
      const name = isMap(service) ? under(service, door.named) : service;
      const [namespace, path] = [textOf(service, 'namespace'), pathIn(rule)];
      return name
        ? [{ name, ...(namespace !== undefined && { namespace }), ...(path !== undefined && { path }) }]
        : [];
    }),
  );
  return { technology: door.technology, services };
}

const pathIn = (rule: Tree): string | undefined =>
  textOf(rule, 'match') ??
  textOf(rule, 'prefix') ??
  textOf([...at(rule, 'match.paths[]'), ...at(rule, 'conditions[].prefix')][0]);
