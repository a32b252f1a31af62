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
  const part = fault && 'node' in fault ? (system.index.get(fault.node) ?? -1) : -1;
  const only = (type: Fault['type']) => (fault?.type === type ? part : -1);
  const instances = system.parts[part]?.instances ?? 1;
  return {
    slowPart: only('slow service'),
    slowLink: fault?.type === 'slow link' ? system.links.findIndex((link) => link.id === fault.edge) : -1,
    exhausted: only('exhausted pool'),
    slowConsumers: consumersOf(system, only('slow consumer')),
    slowInstanceOf: only('slow instance'),
    instance: fault?.type === 'slow instance' ? Math.min(Math.max(0, fault.instance), instances - 1) : -1,
    by: fault && 'by' in fault ? Math.max(0, fault.by) : 0,
  };
}

function consumersOf(system: System, index: number): ReadonlySet<number> {
  const part = system.parts[index];
  if (!part) return new Set();
  return new Set(part.carrier ? part.out.map((link) => link.target) : [index]);
}
