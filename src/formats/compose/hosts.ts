/** Which services a host means, for one of a project. */
import type { NamedHost } from '../manifest/hosts.ts';
import type { Service } from './service.ts';

/** Where a container finds the machine that it runs on. */
const MACHINE =
  /^(?:host\.docker\.internal|gateway\.docker\.internal|docker\.for\.(?:mac|win)\.(?:host\.internal|localhost))$/;

const ITSELF = /^(?:localhost|127\.0\.0\.1)$/;

/** Who answers where a service means its own machine: the one that it shares its network with. */
function besides(asking: Service, port: number, services: readonly Service[]): readonly string[] {
  const homeOf = ({ name, within }: Service) => within ?? name;
  const others = services.filter((each) => each !== asking && homeOf(each) === homeOf(asking));
  const [other] = others;
  return other && others.length === 1 && !asking.ports.includes(port) ? [other.name] : [];
}

/** @returns names of services */
export function resolverFor(
  services: readonly Service[],
): (asking: Service | null, named: NamedHost) => readonly string[] {
  const names = new Map(services.map(({ name }) => [name.toLowerCase(), name]));
  const aliases = collected(services, ({ aliases }) => aliases);
  const hostnames = collected(services, ({ hostname }) => (hostname === undefined ? [] : [hostname]));
  const addresses = collected(services, (each) => each.addresses);
  const published = collected(services, (each) => each.published.map(String));
  return (asking, { host, port }) => {
    if (MACHINE.test(host)) return only(published.get(String(port ?? '')));
    if (ITSELF.test(host)) return asking && port !== null ? besides(asking, port, services) : [];
    const linked = asking?.called.get(host);
    if (linked !== undefined) return [linked];
    const named = names.get(host) ?? names.get(host.replace(/^tasks\./, ''));
    if (named !== undefined) return [named];
    const aliased = aliases.get(host) ?? only(addresses.get(host) ?? hostnames.get(host));
    if (aliased.length > 0) return aliased;
    // The first of a project's containers: `shop_redis_1`, `redis-1`.
    const replica = /^(.*)[_-]\d+$/.exec(host)?.[1];
    const own =
      replica === undefined
        ? undefined
        : (names.get(replica) ?? names.get(replica.replace(/^[^_-]+[_-]/, '')));
    return own === undefined ? [] : [own];
  };
}

/** A host name that several have is nobody's. */
const only = (found: readonly string[] | undefined): readonly string[] => (found?.length === 1 ? found : []);

function collected(
  services: readonly Service[],
  namesOf: (service: Service) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const service of services)
    for (const name of namesOf(service)) {
      const key = name.toLowerCase();
      const before = found.get(key) ?? [];
      if (!before.includes(service.name)) found.set(key, [...before, service.name]);
    }
  return found;
}
