/** How else than in the log the parts of an access log may be called: by address, by host, by the name of a service. */

import { unlessLoopback } from '../trace/span.ts';
import type { TalliedPart } from '../trace/tally.ts';
import type { Product } from './request.ts';

const ADDRESS = /^(\[[0-9a-f:.%]+\]|[\w.-]+)(?::\d+)?$/i;
/** <service>.<namespace>.svc.<domain> (Kubernetes, DNS for Services and Pods). */
const SERVICE = /^([\w-]+)\.[\w-]+\.svc(?:\.|$)/;

/**
 * Other names by key of the part. What more than one part could be called is nobody's name: two ports of a machine
 * are two parts.
 */
export function aliasesOf(
  parts: readonly (TalliedPart & { servers: ReadonlySet<string> })[],
  product: Product,
): ReadonlyMap<string, readonly string[]> {
  const own = new Map(
    parts.map(({ key, kind, name, servers }) => {
      if (kind === 'client') return [key, new Set<string>()];
      if (kind !== 'service') return [key, new Set([product.toLowerCase()])];
      const addresses = [name, ...servers];
      const hosts = addresses.flatMap((address) => unlessLoopback(hostOf(address)) ?? []);
      return [
        key,
        new Set([...addresses, ...hosts, ...hosts.flatMap((host) => SERVICE.exec(host)?.[1] ?? [])]),
      ];
    }),
  );
  const shares = new Map<string, number>();
  for (const names of own.values()) for (const name of names) shares.set(name, (shares.get(name) ?? 0) + 1);
  return new Map([...own].map(([key, names]) => [key, [...names].filter((name) => shares.get(name) === 1)]));
}

/** Without port and brackets; null for a path of the file system. */
const hostOf = (address: string): string | null =>
  ADDRESS.exec(address)?.[1]?.replace(/^\[|\]$/g, '') ?? null;
