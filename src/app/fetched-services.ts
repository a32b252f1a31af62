/** Stands for services whose code is still on its way: calls wait for it. */
import type { Services } from '../workspace/index.ts';

export function fetchedServices(services: () => Promise<Services>): Services {
  const call = async (name: keyof Services, args: unknown[]): Promise<unknown> => {
    const fetched = await services();
    return Reflect.apply(fetched[name], fetched, args);
  };
  return new Proxy({} as Services, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        call(name as keyof Services, args),
  });
}
