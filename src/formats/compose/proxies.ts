/** Proxies that are told by services, in labels or their environment, what to pass on to them. */
import { type Link, spotOf } from '../manifest/part.ts';
import { type Tree, under } from '../manifest/tree.ts';
import { kindOf } from '../recognise.ts';
import { asMap } from './merge.ts';
import type { Service } from './service.ts';

type Told = {
  isProxy(image: string | undefined): boolean;
  /** Where the service says it; undefined where it says nothing, or that it is not to be reached. */
  saidBy(service: Service): Tree | undefined;
};

/** Of its first version a label may name one of several routes: `traefik.admin.frontend.rule`. */
const TRAEFIK =
  /^traefik\.(?:(?:https?|tcp|udp)\.(?:routers|services)\.|(?:[\w-]+\.)?(?:frontend\.|port$|backend))/i;

const PROXIES: readonly Told[] = [
  {
    isProxy: (image) => kindOf({ image }).technology === 'Traefik',
    saidBy: (service) => {
      const labels = labelsOf(service);
      const isOff = labels.some(
        ([label, { value }]) => /^traefik\.enable$/i.test(label) && value === 'false',
      );
      return isOff ? undefined : labels.find(([label]) => TRAEFIK.test(label))?.[1];
    },
  },
  {
    isProxy: (image) => /(?:^|\/)nginx-proxy(?:[:@]|$)/.test(image ?? ''),
    saidBy: ({ tree }) => mapOf(tree, 'environment').get('VIRTUAL_HOST'),
  },
  {
    isProxy: (image) => /(?:^|\/)caddy-docker-proxy(?:[:@]|$)/.test(image ?? ''),
    saidBy: (service) =>
      labelsOf(service).find(([label]) => /^caddy(?:_\d+)?\.reverse_proxy$/.test(label))?.[1],
  },
];

const mapOf = (tree: Tree, ...keys: string[]): ReadonlyMap<string, Tree> =>
  asMap(under(tree, ...keys) ?? { where: tree.where, value: null });
/** A container's, and what Swarm keeps of the service. */
const labelsOf = ({ tree }: Service): [string, Tree][] => [
  ...mapOf(tree, 'labels'),
  ...mapOf(tree, 'deploy', 'labels'),
];

/** From the project's one proxy of a kind to every service that is labelled for it. */
export function proxied(services: readonly Service[]): Link[] {
  return PROXIES.flatMap(({ isProxy, saidBy }) => {
    const [proxy, ...more] = services.filter(({ image }) => isProxy(image));
    if (!proxy || more.length > 0) return [];
    return services.flatMap((service): Link[] => {
      const said = service === proxy ? undefined : saidBy(service);
      return said
        ? [{ source: proxy.name, target: service.name, spot: spotOf(said.where), how: 'inferred' }]
        : [];
    });
  });
}
