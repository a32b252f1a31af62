/**
 * The drawn board as a system of queues: who calls whom how often, how long each part works, how many
 * workers it has. All of it follows from the board and the seed; workers are sized so that the system copes
 * with its usual load.
 */
import type { Board, BoardEdge, EdgeKind, Id, Milliseconds, NodeKind, PerSecond } from '../../graph/index.ts';
import { between, chance, hashOf } from './chance.ts';
import { cutCycles } from './order.ts';

export type Part = {
  id: Id;
  name: string;
  kind: NodeKind;
  hash: number;
  /** Queue, topic or broker: holds messages until a consumer takes them. */
  carrier: boolean;
  /** Requests that start here. */
  entry: PerSecond;
  /** Own work for one request. */
  service: Milliseconds;
  /** Standard deviation of the work ÷ its mean. */
  spread: number;
  instances: number;
  /** Those that were stopped, by their number from 0, ascending; `instances` counts the others. */
  absent: number[];
  /** Stopped, or a stub in its place: it tells nothing of itself. */
  silent: boolean;
  /** Workers (threads, connections) of all instances together; Infinity where nothing is pooled. */
  workers: number;
  /** Usual arrivals, and share of the processor they take. */
  usual: PerSecond;
  usualCpu: number;
  errors: number;
  /** For how many instances figures of their own are given. */
  instancesShown: number;
  out: Link[];
  into: Link[];
};

export type Link = {
  index: number;
  id: Id;
  kind: EdgeKind;
  hash: number;
  /** Indices into `System.parts`. */
  source: number;
  target: number;
  /** Calls for each request at the source. */
  share: number;
  /** The source answers only after this call. */
  waited: boolean;
  /** Published straight to a part that is no carrier: the source waits until it is accepted, not until it is done. */
  acknowledged: boolean;
  /** From a carrier to a consumer. */
  delivery: boolean;
  /** Closes a cycle: its traffic is shown but not counted again at the target. */
  cut: boolean;
  /** Its consumer was stopped: what is to be delivered waits. */
  held: boolean;
  network: Milliseconds;
  usual: PerSecond;
  /** For how many instances of the target figures of their own are given. */
  instancesShown: number;
};

/** Parts stand in topological order of the uncut links. */
export type System = {
  parts: Part[];
  links: Link[];
  index: ReadonlyMap<Id, number>;
  /** True for a part or link that no fault can strike any more, because it was taken out or put back as it was. */
  isHealed: (struck: Struck) => boolean;
};
/** What a fault strikes: indices. */
export type Struck = { part: number; instance?: number } | { link: number };

const CARRIERS: ReadonlySet<NodeKind> = new Set(['queue', 'topic', 'broker']);

/** Work for one request (ms, low to high) and workers an instance: orders of magnitude usual in practice. */
const KINDS: Record<NodeKind, { service: [Milliseconds, Milliseconds]; workers: number }> = {
  client: { service: [1, 4], workers: Number.POSITIVE_INFINITY },
  gateway: { service: [0.5, 3], workers: 256 },
  service: { service: [3, 30], workers: 64 },
  worker: { service: [10, 60], workers: 8 },
  function: { service: [10, 80], workers: 100 },
  broker: { service: [0.5, 2], workers: Number.POSITIVE_INFINITY },
  topic: { service: [0.5, 2], workers: Number.POSITIVE_INFINITY },
  queue: { service: [0.3, 1.5], workers: Number.POSITIVE_INFINITY },
  database: { service: [1, 12], workers: 32 },
  cache: { service: [0.15, 0.6], workers: 64 },
  storage: { service: [8, 40], workers: 128 },
  'load balancer': { service: [0.2, 0.8], workers: 512 },
  external: { service: [30, 150], workers: Number.POSITIVE_INFINITY },
};

/** A request fans out to at most so many calls, and only in the first so many steps: loads stay lifelike. */
const FAN_OUT = 2.5;
const FAN_OUT_DEPTH = 3;
/** Bounds on figures per instance: for one edge or part, and for all edges or parts of a board. */
const INSTANCES_SHOWN = 16;
const INSTANCES_SHOWN_IN_ALL = 1000;

export function systemOf(board: Pick<Board, 'nodes' | 'edges'>, seed: number): System {
  const { order, cut, entries } = cutCycles(board);
  const index = new Map(order.map((id, i) => [id, i]));
  const parts = order.map((id) => partOf(board, id, seed, entries.has(id)));
  const links = Object.keys(board.edges)
    .sort()
    .map((id, i) => linkOf(board.edges[id]!, i, index, parts, seed, cut.has(id)));
  setShares(parts);
  setUsualLoad(parts);
  setWorkers(parts);
  showInstances(links.map((link) => [link, parts[link.target]!.instances]));
  showInstances(parts.map((part) => [part, part.instances]));
  return { parts, links, index, isHealed: () => false };
}

/** The number, from 0, of the i-th instance that is there. */
export function numberOf({ absent }: Pick<Part, 'absent'>, i: number): number {
  let number = i;
  for (const gone of absent) if (gone <= number) number++;
  return number;
}

function showInstances(all: readonly (readonly [Part | Link, instances: number])[]): void {
  let budget = INSTANCES_SHOWN_IN_ALL;
  for (const [each, instances] of all) {
    each.instancesShown = instances > 1 ? Math.min(instances, INSTANCES_SHOWN, budget) : 0;
    budget -= each.instancesShown;
  }
}

function partOf(board: Pick<Board, 'nodes'>, id: Id, seed: number, isEntry: boolean): Part {
  const { kind, name, instances } = board.nodes[id]!;
  const hash = hashOf(seed, id);
  const [low, high] = KINDS[kind].service;
  return {
    id,
    name,
    kind,
    hash,
    carrier: CARRIERS.has(kind),
    entry: isEntry ? between(hash, 1, 20, 80) : 0,
    service: between(hash, 2, low, high),
    spread: 0.35 + 0.3 * chance(hash, 3),
    instances: Math.max(1, instances ?? 1),
    absent: [],
    silent: false,
    workers: Number.POSITIVE_INFINITY,
    usual: 0,
    usualCpu: 0.12 + 0.35 * chance(hash, 4),
    errors: 0.002 * chance(hash, 5) ** 3,
    instancesShown: 0,
    out: [],
    into: [],
  };
}

function linkOf(
  { id, source, target, kind }: BoardEdge,
  index: number,
  nodes: ReadonlyMap<Id, number>,
  parts: Part[],
  seed: number,
  cut: boolean,
): Link {
  const from = parts[nodes.get(source)!]!;
  const to = parts[nodes.get(target)!]!;
  const hash = hashOf(seed, id);
  const delivery = from.carrier && !to.carrier;
  const link: Link = {
    index,
    id,
    kind,
    hash,
    source: nodes.get(source)!,
    target: nodes.get(target)!,
    share: 0,
    waited: !cut && !from.carrier && kind !== 'consume' && kind !== 'replicate',
    acknowledged: kind === 'publish' && !to.carrier && !from.carrier,
    delivery,
    cut,
    held: false,
    network: between(hash, 1, 0.15, 0.9),
    usual: 0,
    instancesShown: 0,
  };
  from.out.push(link);
  to.into.push(link);
  return link;
}

/** How often each call is made for one request. A queue's message goes to one consumer, a topic's to all. */
function setShares(parts: Part[]): void {
  const depth = new Array<number>(parts.length).fill(0);
  parts.forEach((part, i) => {
    const live = part.out.filter((link) => !link.cut);
    const most = depth[i]! < FAN_OUT_DEPTH ? FAN_OUT : 1;
    for (const link of live) {
      depth[link.target] = Math.max(depth[link.target]!, depth[i]! + 1);
      if (!part.carrier)
        link.share = Math.min(1, (most / live.length) * (0.85 + 0.15 * chance(link.hash, 2)));
      else link.share = part.kind !== 'queue' && depth[i]! < FAN_OUT_DEPTH ? 1 : 1 / live.length;
    }
    for (const link of part.out) if (link.cut) link.share = 0.1;
  });
}

function setUsualLoad(parts: Part[]): void {
  for (const part of parts) {
    part.usual += part.entry;
    for (const link of part.out) {
      link.usual = part.usual * link.share;
      if (!link.cut) parts[link.target]!.usual += link.usual;
    }
  }
}

/** The pools of each kind, larger where the usual load needs it: 35 to 65 % used at most. */
function setWorkers(parts: Part[]): void {
  const hold = new Array<number>(parts.length).fill(0);
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i]!;
    hold[i] = part.service;
    for (const link of part.out)
      if (link.waited) hold[i]! += link.share * (link.network + holdSeenBy(link, parts, hold));
    const per = KINDS[part.kind].workers;
    if (per === Number.POSITIVE_INFINITY) continue;
    const needed = (part.usual * hold[i]!) / 1000 / (0.35 + 0.3 * chance(part.hash, 6));
    part.workers = part.instances * Math.max(per, Math.ceil(needed / part.instances));
  }
}

/** What a caller waits for beyond the network: all of a call, of a publication only that it is accepted. */
function holdSeenBy(link: Link, parts: readonly Part[], hold: readonly number[]): Milliseconds {
  const target = parts[link.target]!;
  if (target.carrier) return target.service;
  return link.acknowledged ? 0 : hold[link.target]!;
}
