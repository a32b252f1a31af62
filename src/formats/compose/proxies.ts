/** A proxy that is told by labels of services what to pass on to them. */

import { type Link, spotOf } from '../manifest/part.ts';
import { under } from '../manifest/tree.ts';
import { kindOf } from '../recognise.ts';
import { asMap } from './merge.ts';
import type { Service } from './service.ts';

const ROUTED = /^traefik\.(?:(?:https?|tcp|udp)\.(?:routers|services)\.|frontend\.|port$|backend)/i;

/** From the project's one Traefik to every service that is labelled for it. */
export function proxied(services: readonly Service[]): Link[] {
  const proxies = services.filter(({ image }) => kindOf({ image }).technology === 'Traefik');
  const [proxy] = proxies;
  if (!proxy || proxies.length > 1) return [];
  return services.flatMap(({ name, tree }): Link[] => {
    const labels = [
      ...asMap(
        under(tree, 'labels') ?? under(tree, 'deploy', 'labels') ?? { where: tree.where, value: null },
      ),
    ];
    const off = labels.some(([label, { value }]) => /^traefik\.enable$/i.test(label) && value === 'false');
    const [routed] = labels.filter(([label]) => ROUTED.test(label));
    if (off || !routed || name === proxy.name) return [];
    return [{ source: proxy.name, target: name, spot: spotOf(routed[1].where), how: 'inferred' }];
  });
}
