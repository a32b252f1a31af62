/** Ends of traffic as dialects name them: workloads of a cluster, services, addresses. One object for each. */
import type { NodeKind } from '../../../graph/index.ts';
import type { End, Loose } from '../traffic.ts';

/** Gives the same object for the same end, so that a node is looked for once. */
export type Parts = (key: string, make: () => End) => End;

export function createParts(): Parts {
  const known = new Map<string, End>();
  return (key, make) => {
    const end = known.get(key) ?? make();
    known.set(key, end);
    return end;
  };
}

/** A workload in its namespace; without the namespace it is only known as long as no other is called the same. */
export function workload(
  parts: Parts,
  name: string,
  namespace: string,
  services: readonly string[],
  kind: NodeKind = 'service',
): End {
  const others = services.filter((service) => service !== '' && service !== name);
  return parts(JSON.stringify([name, namespace, others]), () => ({
    names: [namespace === '' ? name : `${name}.${namespace}`],
    loose: [name, ...others].map((each): Loose => ({ name: each, of: `${each}.${namespace}` })),
    kind,
  }));
}
