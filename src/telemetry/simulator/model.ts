/**
 * One second of the simulated system. Pure: the same system, state and fault give the same flow.
 *
 *   arrivals follow the links forward ─► what waits, grows or drains ─► times add up from the leaves back
 *
 * A worker is held while its own calls are under way, so slowness spreads to callers and their pools.
 * Times are moments (mean, variance); readings.ts gives them their shape.
 */
import type { Milliseconds, PerSecond, Ratio } from '../../graph/index.ts';
import { wobble } from './chance.ts';
import type { Strike } from './fault.ts';
import { type Moments, waiting } from './queueing.ts';
import type { Link, Part, System } from './system.ts';

/** Length of a step. */
export const STEP: Milliseconds = 1000;
/** Requests that would wait longer than this for a worker are turned away, and counted as errors. */
const PATIENCE: Milliseconds = 5000;
/** What a queue holds at most; beyond it the oldest messages are dropped. */
const QUEUE_LIMIT = 1e6;
/** What a slow consumer takes for one message at most. */
const SLOWEST: Milliseconds = 120_000;
/** Steady-state waiting is computed at most at this use; what exceeds it shows as growing backlog. */
const MOST_USE = 0.97;

/** What one step hands to the next. */
export type State = {
  tick: number;
  /** By part: how long a request held a worker. */
  hold: Float64Array;
  /** By part: requests waiting for a worker because more came than could be served. */
  backlog: Float64Array;
  /** By link: messages waiting for this consumer. */
  messages: Float64Array;
};

export type PartFlow = {
  arrivals: PerSecond;
  served: PerSecond;
  /** From arrival to answer, waiting included. */
  inclusive: Moments;
  /** Without waiting for a worker. */
  hold: Moments;
  errors: Ratio;
  cpu: Ratio;
  /** Null where nothing is pooled. */
  poolUse: Ratio | null;
  /** Carriers: messages held, and how long each waits; null elsewhere. */
  queue: { depth: number; wait: Moments } | null;
};

export type LinkFlow = {
  rate: PerSecond;
  network: Moments;
  caller: Moments;
  callee: Moments;
  errors: Ratio;
};

export type Flow = { parts: PartFlow[]; links: LinkFlow[]; strike: Strike };

export function initialState(system: System): State {
  return {
    tick: 0,
    hold: Float64Array.from(system.parts, (part) => part.service),
    backlog: new Float64Array(system.parts.length),
    messages: new Float64Array(system.links.length),
  };
}

/** One step. @returns the flow during it, and the state after it */
export function step(system: System, before: State, strike: Strike): { flow: Flow; state: State } {
  const { parts, links } = system;
  const state: State = {
    tick: before.tick + 1,
    hold: new Float64Array(parts.length),
    backlog: before.backlog.slice(),
    messages: before.messages.slice(),
  };
  const rates = new Float64Array(links.length);
  const arrivals = new Float64Array(parts.length);
  const served = new Float64Array(parts.length);
  const shed = new Float64Array(parts.length);

  parts.forEach((part, i) => {
    arrivals[i]! += part.entry * wobble(part.hash, before.tick, 0.12);
    if (part.carrier) served[i] = arrivals[i]!;
    else serve(part, i);
    for (const link of part.out) {
      const sent = served[i]! * link.share;
      rates[link.index] = link.delivery && !link.cut ? deliver(link, sent) : sent;
      if (!link.cut) arrivals[link.target]! += rates[link.index]!;
    }
  });

  /** Requests a part gets through in this step; the rest waits, and what waits too long is turned away. */
  function serve(part: Part, i: number): void {
    const came = arrivals[i]!;
    const pulls = part.into.length > 0 && part.into.every((link) => link.delivery) && part.entry === 0;
    const able = i === strike.exhausted ? 0.9 * came : capacity(part, before.hold[i]!);
    if (pulls || !Number.isFinite(able)) {
      served[i] = came;
      return;
    }
    const seconds = STEP / 1000;
    const wanted = came + before.backlog[i]! / seconds;
    served[i] = Math.min(wanted, able);
    const left = (wanted - served[i]!) * seconds;
    state.backlog[i] = Math.min(left, (able * PATIENCE) / 1000);
    shed[i] = came > 0 ? Math.min(1, (left - state.backlog[i]!) / seconds / came) : 0;
  }

  /** Messages a consumer takes in this step out of those sent and those waiting. */
  function deliver(link: Link, sent: PerSecond): PerSecond {
    const target = parts[link.target]!;
    if (link.share === 0) {
      // whatever stands in for its consumer has taken what lay there
      state.messages[link.index] = 0;
      return 0;
    }
    const able = link.held
      ? 0
      : capacity(target, before.hold[link.target]!) * ratio(link.usual, target.usual);
    const seconds = STEP / 1000;
    const wanted = sent + before.messages[link.index]! / seconds;
    const taken = Math.min(wanted, able);
    state.messages[link.index] = Math.min(QUEUE_LIMIT, (wanted - taken) * seconds);
    return taken;
  }

  const partFlows = new Array<PartFlow>(parts.length);
  const linkFlows = new Array<LinkFlow>(links.length);
  for (const link of links) linkFlows[link.index] = linkFlow(link, rates[link.index]!, before.tick, strike);
  const waits = new Array<Moments>(parts.length);

  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    let { mean, variance } = ownWork(part, i, before.tick, strike);
    let answered = (1 - part.errors) * (1 - shed[i]!);
    for (const link of part.out) {
      if (link.cut) continue;
      const flow = linkFlows[link.index]!;
      setTimes(link, flow, parts, partFlows[link.target]!);
      if (!link.waited) continue;
      const call = flow.caller;
      mean += link.share * call.mean;
      variance += link.share * call.variance + link.share * (1 - link.share) * call.mean ** 2;
      answered *= 1 - link.share * partFlows[link.target]!.errors;
    }
    const hold = { mean, variance };
    state.hold[i] = mean;
    const use = (served[i]! * mean) / 1000 / part.workers;
    const wait = part.carrier ? NONE : waitFor(part, Math.min(use, MOST_USE), mean);
    waits[i] = wait;
    if (state.backlog[i]! > 0 && served[i]! > 0) {
      wait.mean += (state.backlog[i]! / served[i]!) * 1000;
      wait.variance += (0.2 * wait.mean) ** 2;
    }
    partFlows[i] = {
      arrivals: arrivals[i]!,
      served: served[i]!,
      inclusive: { mean: mean + wait.mean, variance: variance + wait.variance },
      hold,
      errors: 1 - answered,
      cpu: Math.min(
        1,
        part.usualCpu * ratio(served[i]!, part.usual) * wobble(part.hash + 1, before.tick, 0.08),
      ),
      poolUse: Number.isFinite(part.workers) ? (i === strike.exhausted ? 1 : Math.min(1, use)) : null,
      queue: part.carrier ? queueOf(part, waits, linkFlows, state) : null,
    };
  }
  for (const link of links) {
    const flow = linkFlows[link.index]!;
    if (link.cut) setTimes(link, flow, parts, partFlows[link.target]!);
    flow.errors = parts[link.target]!.carrier ? parts[link.target]!.errors : partFlows[link.target]!.errors;
  }
  return { flow: { parts: partFlows, links: linkFlows, strike }, state };
}

const NONE: Moments = { mean: 0, variance: 0 };

const ratio = (part: number, whole: number): Ratio => (whole > 0 ? part / whole : 0);

/** Requests a second that all workers together can get through. */
const capacity = (part: Part, hold: Milliseconds): PerSecond => (part.workers / hold) * 1000;

function linkFlow(link: Link, rate: PerSecond, tick: number, strike: Strike): LinkFlow {
  const mean =
    link.network * wobble(link.hash, tick, 0.15) + (link.index === strike.slowLink ? strike.by : 0);
  const spread = link.network * 0.5 + (link.index === strike.slowLink ? strike.by * 0.1 : 0);
  return { rate, network: { mean, variance: spread ** 2 }, caller: NONE, callee: NONE, errors: 0 };
}

function ownWork(part: Part, i: number, tick: number, strike: Strike): Moments {
  const usual = part.service * wobble(part.hash, tick + 7, 0.08);
  let mean = usual;
  let variance = (usual * part.spread) ** 2;
  if (i === strike.slowPart) {
    mean += strike.by;
    variance += (0.1 * strike.by) ** 2;
  }
  if (i === strike.slowInstanceOf) {
    const share = 1 / part.instances;
    mean += share * strike.by;
    variance += share * (1 - share) * strike.by ** 2;
  }
  if (strike.slowConsumers.has(i) && Number.isFinite(part.workers)) {
    // Slow enough that all workers together keep up with 70 % of what usually comes.
    const slow = Math.max(mean, Math.min((part.workers * 1000) / (0.7 * part.usual), SLOWEST));
    variance *= (slow / mean) ** 2;
    mean = slow;
  }
  return { mean, variance };
}

function waitFor(part: Part, use: Ratio, hold: Milliseconds): Moments {
  if (!Number.isFinite(part.workers)) return { mean: 0, variance: 0 };
  return waiting(part.workers, use * part.workers, hold);
}

/** A carrier only accepts a message; a consumer is not waited for in its own queue. */
function setTimes(link: Link, flow: LinkFlow, parts: readonly Part[], target: PartFlow): void {
  const { network } = flow;
  const callee = parts[link.target]!.carrier || link.delivery ? target.hold : target.inclusive;
  flow.callee = callee;
  flow.caller = link.acknowledged
    ? network
    : { mean: network.mean + callee.mean, variance: network.variance + callee.variance };
}

/** A carrier's messages, by Little's law: held = taken × waited, over all consumers. */
function queueOf(part: Part, waits: readonly Moments[], links: readonly LinkFlow[], state: State) {
  const dispatch = 2 * part.service;
  let taken = 0;
  let depth = 0;
  let mean = 0;
  let square = 0;
  for (const link of part.out) {
    const { rate } = links[link.index]!;
    if (link.held) depth += state.messages[link.index]!;
    if (!link.delivery || link.cut || !(rate > 0)) continue;
    const steady = waits[link.target]!;
    const queued = (state.messages[link.index]! / rate) * 1000;
    const wait = dispatch + steady.mean + queued;
    const variance = (0.5 * dispatch) ** 2 + steady.variance + (0.2 * queued) ** 2;
    taken += rate;
    depth += (rate * wait) / 1000;
    mean += rate * wait;
    square += rate * (variance + wait * wait);
  }
  if (taken === 0) return { depth, wait: { mean: dispatch, variance: (0.5 * dispatch) ** 2 } };
  mean /= taken;
  return { depth, wait: { mean, variance: Math.max(0, square / taken - mean * mean) } };
}
