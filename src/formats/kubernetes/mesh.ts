/** Istio: who is entered from outside, which workload a gateway is, and what is set for calls to a service. */
import { type Part, type Setting, spotOf } from '../manifest/part.ts';
import { entriesOf, itemsOf, type Tree, textOf, under } from '../manifest/tree.ts';
import { type KubeObject, keyOf, labelsOf, selects } from './objects.ts';
import type { Workload } from './workloads.ts';

const isIstio = ({ api }: KubeObject) => api === 'networking.istio.io';

/** The proxies that a gateway's selector means, where their manifests are here. */
export function selectedBy(gateway: KubeObject, workloads: readonly Workload[]): Workload[] {
  const selector = labelsOf(under(gateway.tree, 'spec', 'selector'));
  return isIstio(gateway) ? workloads.filter(({ labels }) => selects(selector, labels)) : [];
}

/** Of a ServiceEntry: one part for each host. */
export function entriesFrom(objects: readonly KubeObject[]): { part: Part; host: string }[] {
  return objects
    .filter((each) => each.kind === 'ServiceEntry' && isIstio(each))
    .flatMap(({ tree, namespace }) =>
      itemsOf(under(tree, 'spec', 'hosts')).flatMap((item) => {
        if (typeof item.value !== 'string' || item.value === '') return [];
        const host = item.value;
        const kind = textOf(tree, 'spec', 'location') === 'MESH_INTERNAL' ? undefined : ('external' as const);
        const part: Part = {
          ...{
            key: keyOf({ kind: 'ServiceEntry', namespace, name: host }),
            name: host,
            kind,
            group: namespace,
          },
          ...{ spot: spotOf(item.where), ports: [], names: [], settings: [], resolve: () => [] },
        };
        return [{ part, host }];
      }),
    );
}

/** What is set elsewhere for the part that a host means. */
export type Policy = { host: string; namespace: string | null; settings: Setting[] };

/** Timeouts, retries, pools and ejection for calls to a host: what Envoy is set to before it. */
export function policiesIn(objects: readonly KubeObject[]): Policy[] {
  return objects.filter(isIstio).flatMap(({ kind, tree, namespace }) => {
    const spec = under(tree, 'spec');
    if (kind === 'DestinationRule') {
      const settings = scalars('trafficPolicy', under(spec, 'trafficPolicy'));
      return [{ host: textOf(spec, 'host') ?? '', namespace, settings }];
    }
    if (kind !== 'VirtualService') return [];
    return itemsOf(under(spec, 'http')).flatMap((rule) => {
      const settings = ['timeout', 'retries', 'fault'].flatMap((key) => scalars(key, under(rule, key)));
      const hosts = itemsOf(under(rule, 'route')).map((each) => textOf(each, 'destination', 'host') ?? '');
      return settings.length === 0 ? [] : [...new Set(hosts)].map((host) => ({ host, namespace, settings }));
    });
  });
}

function scalars(key: string, tree: Tree | undefined): Setting[] {
  if (!tree) return [];
  // None of them names whom the part calls.
  if (typeof tree.value === 'string')
    return [{ key: `istio.${key}`, value: tree.value, spot: spotOf(tree.where), hosts: [] }];
  return [...entriesOf(tree)].flatMap(([name, each]) => scalars(`${key}.${name}`, each));
}
