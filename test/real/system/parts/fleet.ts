/**
 * The services of the shop, each instance a process of its own that stays at its port: started, made to go wrong, taken
 * out of the running system for real, and put back.
 */
import type { Keep } from '../keep.ts';
import type { ServiceName } from '../shop/main.ts';
import type { Fault } from '../shop/service.ts';
import { type Own, startService } from './own.ts';

/**
 * How a part is taken out.
 * - stopped: its processes end.
 * - stubbed: they end, and something that answers at once listens in their place.
 * - restored: they are started anew without what was made to go wrong.
 */
export type Way = 'stopped' | 'stubbed' | 'restored';

export interface Fleet<Instance extends string> {
  /** Starts an instance. @param env where it finds the others */
  start: (instance: Instance, env: Record<string, string>) => Promise<void>;
  /** Makes a service, or one instance of it, go wrong, from now on and whenever it is started again. */
  inject: (part: ServiceName | Instance, fault: Fault) => Promise<void>;
  takeOut: (part: ServiceName | Instance, way: Way) => Promise<void>;
  /** Starts it again as it was, going wrong as it did. */
  putBack: (part: ServiceName | Instance) => Promise<void>;
}

type Member = { port: number; env: Record<string, string>; fault: Fault; process?: Own };

export const serviceOf = (instance: string) => instance.replace(/-\d$/, '') as ServiceName;

/** @param ports where each instance listens */
export function fleetIn<Instance extends string>(
  folder: string,
  keep: Keep,
  ports: Readonly<Record<Instance, number>>,
): Fleet<Instance> {
  const members = new Map<Instance, Member>();
  const run = async (instance: Instance, member: Member, env: Record<string, string> = {}) => {
    member.process = keep(
      await startService(serviceOf(instance), instance, folder, {
        ...member.env,
        ...env,
        PORT: String(member.port),
      }),
    );
  };
  const each = (part: ServiceName | Instance, act: (instance: Instance, member: Member) => Promise<void>) =>
    Promise.all(
      [...members]
        .filter(([instance]) => instance === part || serviceOf(instance) === part)
        .map(([instance, member]) => act(instance, member)),
    ).then(() => {});
  return {
    start: async (instance, env) => {
      const member: Member = { port: ports[instance], env, fault: {} };
      members.set(instance, member);
      await run(instance, member);
    },
    inject: (part, fault) =>
      each(part, async (_, member) => {
        member.fault = { ...member.fault, ...fault };
        await member.process?.tell(member.fault);
      }),
    takeOut: (part, way) =>
      each(part, async (instance, member) => {
        await member.process?.stop();
        if (way === 'stubbed') await run(instance, member, { STUB: 'yes' });
        else if (way === 'restored') await run(instance, member);
      }),
    putBack: (part) =>
      each(part, async (instance, member) => {
        await member.process?.stop();
        await run(instance, member);
        await member.process?.tell(member.fault);
      }),
  };
}
