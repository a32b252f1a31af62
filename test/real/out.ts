/** Does in the real system what an experiment asks for: processes end and others start, calls are left out. */
import { called } from './shop.ts';
import type { Instance, System } from './system/index.ts';

type Way = Parameters<System['takeOut']>[1];
type Service = Exclude<Parameters<System['takeOut']>[0], Instance>;
type Task = { service: Service | Instance; way: Way } | { caller: Service; without: string };

const SERVICES: readonly string[] = ['gateway', 'cart', 'catalog', 'orders', 'worker'] satisfies Service[];
/** As the page asks for it. */
const ADVICE: readonly [pattern: RegExp, way: Way][] = [
  [/^Stub (.*)\.$/, 'stubbed'],
  [/^Stop (.*)\.$/, 'stopped'],
  [/^Put (.*) back to what (?:it was|they were)\.$/, 'restored'],
];

/** What is to be done for an advice; null where it can't be done here. */
export function tasksOf(advice: string): Task[] | null {
  for (const [pattern, way] of ADVICE) {
    const names = pattern.exec(advice)?.[1]?.split(/, | and /);
    if (!names) continue;
    const tasks = names.map((name) => taskOf(name, way));
    return tasks.every((task) => task !== null) ? tasks : null;
  }
  return null;
}

/** What the system has by the names that the page tells apart. */
const OWN: Record<string, string> = {
  [called('orders')]: 'orders',
  [called('rabbitmq (orders)')]: 'rabbitmq',
};

function taskOf(name: string, way: Way): Task | null {
  const [caller = '', callee] = name.split(' → ').map((each) => OWN[each] ?? each);
  if (callee === undefined) {
    const isKnown = SERVICES.includes(caller.replace(/-\d$/, ''));
    return isKnown ? { service: caller as Service | Instance, way } : null;
  }
  if (way !== 'stubbed' || !SERVICES.includes(caller)) return null;
  return { caller: caller as Service, without: callee };
}

/** @returns what puts everything back as it was */
export async function takeOut(system: System, tasks: readonly Task[]): Promise<() => Promise<void>> {
  const without = Map.groupBy(
    tasks.filter((task) => 'caller' in task),
    ({ caller }) => caller,
  );
  for (const [caller, calls] of without)
    await system.inject(caller, { without: calls.map((task) => task.without) });
  const services = tasks.filter((task) => 'service' in task);
  for (const { service, way } of services) await system.takeOut(service, way);
  return async () => {
    for (const { service } of services) await system.putBack(service);
    for (const caller of without.keys()) await system.inject(caller, { without: [] });
  };
}
