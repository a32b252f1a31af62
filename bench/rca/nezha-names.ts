/** What Nezha's files call parts and edges. */

/** `ts-route-service-b6c59fb57-zv8dt` is a pod of `ts-route-service`. */
export const serviceOf = (pod: string): string => pod.replace(/-[a-z0-9]+-[a-z0-9]+$/, '');

export const edgeId = (source: string, target: string): string => `${source}->${target}`;

export function endsOf(edge: string): readonly [source: string, target: string] {
  const [source = '', target = ''] = edge.split('->');
  return [source, target];
}
