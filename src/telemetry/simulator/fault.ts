/** What the simulated system can be told to do wrong. */
import type { Id, Milliseconds } from '../../graph/index.ts';
import type { System } from './system.ts';

export type Fault =
  | { type: 'slow service'; node: Id; by: Milliseconds }
  | { type: 'slow link'; edge: Id; by: Milliseconds }
  | { type: 'exhausted pool'; node: Id }
  /** A consumer, or all consumers of a queue, topic or broker. */
  | { type: 'slow consumer'; node: Id }
  /** `instance` counts from 0. */
  | { type: 'slow instance'; node: Id; instance: number; by: Milliseconds };

/** A fault in terms of a system: indices of parts and links, -1 where it strikes none. */
export type Strike = {
  slowPart: number;
  slowLink: number;
  exhausted: number;
  slowConsumers: ReadonlySet<number>;
  slowInstanceOf: number;
  instance: number;
  by: Milliseconds;
};

export function strikeOf(system: System, fault: Fault | null): Strike {
  const struck = fault && 'node' in fault ? (system.index.get(fault.node) ?? -1) : -1;
  const of = system.parts[struck];
  const all = of ? of.instances + of.absent.length : 1;
  const instance = fault?.type === 'slow instance' ? Math.min(Math.max(0, fault.instance), all - 1) : -1;
  const isSpared =
    struck !== -1 && system.isHealed(instance === -1 ? { part: struck } : { part: struck, instance });
  const part = isSpared ? -1 : struck;
  const only = (type: Fault['type']) => (fault?.type === type ? part : -1);
  const link = fault?.type === 'slow link' ? system.links.findIndex((each) => each.id === fault.edge) : -1;
  return {
    slowPart: only('slow service'),
    slowLink: link !== -1 && system.isHealed({ link }) ? -1 : link,
    exhausted: only('exhausted pool'),
    slowConsumers: consumersOf(system, only('slow consumer')),
    slowInstanceOf: only('slow instance'),
    instance,
    by: fault && 'by' in fault ? Math.max(0, fault.by) : 0,
  };
}

function consumersOf(system: System, index: number): ReadonlySet<number> {
  const part = system.parts[index];
  if (!part) return new Set();
  if (!part.carrier) return new Set([index]);
  return new Set(part.out.map(({ target }) => target).filter((target) => !system.isHealed({ part: target })));
}
