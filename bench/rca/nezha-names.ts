/** `ts-route-service-b6c59fb57-zv8dt` is a pod of `ts-route-service`. */
export const serviceOf = (pod: string): string => pod.replace(/-[a-z0-9]+-[a-z0-9]+$/, '');
