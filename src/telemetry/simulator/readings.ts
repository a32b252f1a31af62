/** A step of the model as the readings a telemetry system would have taken of it. */
import type { EpochMs, Metric, Provenance, Reading, Subject } from '../../graph/index.ts';
import { chance } from './chance.ts';
import { type Flow, type LinkFlow, STEP } from './model.ts';
import type { Moments } from './queueing.ts';
import { histogramOf, type Share } from './shape.ts';
import { type Link, numberOf, type Part, type System } from './system.ts';

/** Fewer requests a step than this is nothing: far ends of very deep boards. */
const NO_TRAFFIC = 1e-6;

export type Moment = { at: EpochMs; provenance: Provenance };

/** All readings of one link: rate, errors, latency of both sides and of single instances. */
export function readLink(system: System, flow: Flow, index: number, moment: Moment, into: Reading[]): void {
  const link = system.links[index]!;
  const each = flow.links[index]!;
  const samples = (each.rate * STEP) / 1000;
  if (samples < NO_TRAFFIC) return;
  const target = system.parts[link.target]!;
  const { instances } = target;
  const subject: Subject = { type: 'edge', id: link.id };
  const put = (
    metric: Metric,
    value: Reading['value'],
    side: Reading['side'] = null,
    instance: string | null = null,
    count = samples,
  ) =>
    into.push({
      subject,
      metric,
      value,
      at: moment.at,
      window: STEP,
      instance,
      instances: instance === null ? instances : null,
      side,
      samples: Math.round(count),
      provenance: moment.provenance,
    });
  put('rate', each.rate);
  put('errors', each.errors);
  put('latency', histogramOf(sharesOf(system, flow, link, each.caller, samples)), 'caller');
  put('latency', histogramOf(sharesOf(system, flow, link, each.callee, samples)), 'callee');
  for (let i = 0; i < link.instancesShown; i++) {
    const share = { count: samples / instances, moments: instanceMoments(system, flow, link, each, i) };
    const instance = nameOf(target, i);
    put('latency', histogramOf([share]), 'callee', instance, share.count);
    put('rate', each.rate / instances, null, instance, share.count);
  }
}

const nameOf = (part: Part, i: number) => `${part.name}-${numberOf(part, i) + 1}`;

/** One share, or two where one instance is slow: its requests, and all the others. */
function sharesOf(system: System, { strike }: Flow, link: Link, all: Moments, count: number): Share[] {
  if (link.target !== strike.slowInstanceOf || link.acknowledged) return [{ count, moments: all }];
  const { instances } = system.parts[link.target]!;
  const well = withoutSlowInstance(all, instances, strike.by);
  return [
    { count: count / instances, moments: { ...well, mean: well.mean + strike.by } },
    { count: count - count / instances, moments: well },
  ];
}

/** What the other instances take, given what all take together. */
function withoutSlowInstance(all: Moments, instances: number, by: number): Moments {
  const share = 1 / instances;
  const mean = all.mean - share * by;
  return { mean, variance: Math.max(all.variance - share * (1 - share) * by ** 2, (0.2 * mean) ** 2) };
}

/** Instances differ a little: by up to 3 % of their own work. */
function instanceMoments(
  system: System,
  { strike }: Flow,
  link: Link,
  { callee }: LinkFlow,
  i: number,
): Moments {
  const part = system.parts[link.target]!;
  const struck = link.target === strike.slowInstanceOf;
  const well = struck ? withoutSlowInstance(callee, part.instances, strike.by) : callee;
  const own = 0.06 * (chance(part.hash, 200 + i) - 0.5) * part.service;
  const slow = struck && numberOf(part, i) === strike.instance ? strike.by : 0;
  return { mean: well.mean + own + slow, variance: well.variance };
}

const POOLED: ReadonlySet<string> = new Set(['gateway', 'service', 'worker', 'function', 'database']);

/** All readings of one part: processor, pool, queue. Clients and external systems are not looked into. */
export function readPart(system: System, flow: Flow, index: number, moment: Moment, into: Reading[]): void {
  const part = system.parts[index]!;
  if (part.kind === 'client' || part.kind === 'external' || part.silent) return;
  const { cpu, poolUse, queue, served, arrivals } = flow.parts[index]!;
  const subject: Subject = { type: 'node', id: part.id };
  const put = (
    metric: Metric,
    value: Reading['value'],
    samples: number | null = null,
    instance: string | null = null,
  ) =>
    into.push({
      subject,
      metric,
      value,
      at: moment.at,
      window: STEP,
      instance,
      instances: instance === null ? part.instances : null,
      side: null,
      samples,
      provenance: moment.provenance,
    });
  put('cpu', cpu);
  for (let i = 0; i < part.instancesShown; i++) {
    const own = 1 + 0.06 * (chance(part.hash, 300 + i) - 0.5);
    put('cpu', Math.min(1, cpu * own), null, nameOf(part, i));
  }
  if (poolUse !== null && POOLED.has(part.kind)) put('pool use', poolUse, Math.round((served * STEP) / 1000));
  if (!queue) return;
  put('queue depth', queue.depth);
  const messages = (arrivals * STEP) / 1000;
  if (messages > 0)
    put('queue wait', histogramOf([{ count: messages, moments: queue.wait }]), Math.round(messages));
}
