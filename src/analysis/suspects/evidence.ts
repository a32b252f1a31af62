/** What speaks for each part and edge by itself: local signs, from which what callers merely hand on is taken off. */
import { adjacencyOf, type Board, type Id, isCarrier, type Metric, type Subject } from '../../graph/index.ts';
import { type Accounts, type Between, isWaitedFor, type Own } from './accounts.ts';
import { type Change, type Figures, zOf } from './figures.ts';
import type { Reason } from './reason.ts';
import { QUIET_EDGE, WEIGHTS } from './weights.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;
const subjectOf = (type: Subject['type'], id: Id): Subject => ({ type, id });

/**
 * Nats for a change of so many standard deviations, against none: heavy tails (Student's t, 3 degrees of freedom), so
 * that no single figure, however odd, outweighs everything else.
 */
export const natsOf = (z: number): number => 2 * Math.log1p((z * z) / 3);
/** What chance alone brings often enough. */
const QUIET = natsOf(1.5);
const strength = (z: number): number => Math.max(0, natsOf(z) - QUIET);

/** The share of a whole, as far as it is more than chance. */
const sureShare = (added: number, z: number, whole: number): number =>
  whole > 0 && added > 0 && z > 0 ? (added / whole) * Math.min(1, (z / 3) ** 2) : 0;

export type Evidence = { nodes: Map<Id, Reason[]>; edges: Map<Id, Reason[]>; owns: Map<Id, Own> };

export function evidenceOf(board: Parts, figures: Figures, accounts: Accounts): Evidence {
  const nodes = new Map<Id, Reason[]>(Object.keys(board.nodes).map((id) => [id, []]));
  const edges = new Map<Id, Reason[]>(Object.keys(board.edges).map((id) => [id, []]));
  const owns = new Map<Id, Own>();
  addTimes(board, accounts, nodes, edges, owns);
  addErrors(board, figures, accounts, nodes);
  for (const id of nodes.keys()) {
    addSaturation(id, figures, accounts, nodes.get(id)!);
    addSilence(id, figures, nodes.get(id)!);
    addInstances(board, id, figures, nodes.get(id)!);
  }
  addCalls(board, accounts, nodes);
  addQueues(board, figures, owns, nodes);
  return { nodes, edges, owns };
}

function addTimes(
  board: Parts,
  accounts: Accounts,
  nodes: Map<Id, Reason[]>,
  edges: Map<Id, Reason[]>,
  owns: Map<Id, Own>,
): void {
  const gaps = new Map<Id, Between>();
  for (const id of nodes.keys()) {
    const own = accounts.own(id);
    if (own) owns.set(id, own);
  }
  for (const each of Object.values(board.edges)) {
    const gap = accounts.between(each);
    if (gap) gaps.set(each.id, gap);
  }
  const all = [...owns.values(), ...gaps.values()];
  const whole = all.reduce((sum, { added, z }) => sum + (added && z > 2 ? Math.max(0, added) : 0), 0);
  for (const [id, { before, now, z, how, added }] of owns) {
    const share = added === null ? null : sureShare(added, z, whole);
    const weight = (z > 0 ? WEIGHTS.own : WEIGHTS.faster) * strength(z) + WEIGHTS.share * (share ?? 0);
    nodes.get(id)!.push({ kind: 'own time', weight, before, now, how, share });
  }
  for (const [id, { before, now, z, added }] of gaps) {
    const share = added === null ? 0 : sureShare(added, z, whole);
    const weight = (z > 0 ? WEIGHTS.between * strength(z) : 0) + WEIGHTS.share * share;
    edges.get(id)!.push({ kind: 'between', weight, edge: id, before, now });
  }
  addNetworks(board, gaps, edges, nodes);
}

/** One cause for many slow edges: the part at which they meet, unless others at it are as they were. */
function addNetworks(
  board: Parts,
  gaps: ReadonlyMap<Id, Between>,
  edges: ReadonlyMap<Id, readonly Reason[]>,
  nodes: Map<Id, Reason[]>,
): void {
  const { out, in: into } = adjacencyOf(board.edges);
  for (const [id, reasons] of nodes) {
    const measured = [...(out.get(id) ?? []), ...(into.get(id) ?? [])].filter((each) => gaps.has(each.id));
    const weights = measured.map(
      (each) => edges.get(each.id)!.find(({ kind }) => kind === 'between')!.weight,
    );
    const slow = weights.filter((each) => each > 0).length;
    if (slow === 0) continue;
    const weight = weights.reduce((sum, each) => sum + (each > 0 ? each : -QUIET_EDGE), 0);
    if (weight > 0) reasons.push({ kind: 'network', weight, edges: slow, of: measured.length });
  }
}

/** Failures that none of the calls' failures explain. */
function addErrors(board: Parts, figures: Figures, accounts: Accounts, nodes: Map<Id, Reason[]>): void {
  const { out, in: into } = adjacencyOf(board.edges);
  const failing = (id: Id): Change | null => {
    const told = figures.change(subjectOf('node', id), 'errors');
    if (told) return told;
    const parts = (into.get(id) ?? []).flatMap((each) => {
      const found = figures.change(subjectOf('edge', each.id), 'errors');
      const often = accounts.edgeRate(each);
      return found && often && each.source !== id ? [{ found, often: often.now }] : [];
    });
    const weight = parts.reduce((sum, { often }) => sum + often, 0);
    if (!(weight > 0)) return null;
    const of = (key: 'before' | 'now') =>
      parts.reduce((sum, { found, often }) => sum + often * (found[key] ?? 0), 0) / weight;
    const samples = parts.reduce((sum, { found }) => sum + (found.samples ?? 0), 0);
    return { ...parts[0]!.found, before: of('before'), now: of('now'), samples };
  };
  const found = new Map<Id, { before: number; now: number; z: number; added: number }>();
  for (const id of nodes.keys()) {
    const own = failing(id);
    if (!own || own.before === null) continue;
    const often = accounts.rate(id)?.now ?? null;
    let explained = 0;
    for (const each of out.get(id) ?? []) {
      if (!isWaitedFor(board, each) || each.target === id) continue;
      const theirs = figures.change(subjectOf('edge', each.id), 'errors') ?? failing(each.target);
      if (!theirs || theirs.before === null) continue;
      const times = accounts.edgeRate(each)?.now;
      const calls = often && times !== undefined ? times / often : 1;
      explained += Math.max(0, theirs.now - theirs.before) * calls;
    }
    const rise = own.now - own.before - explained;
    const usual = Math.min(0.5, Math.max(own.before, own.now / 2));
    const deviation = Math.sqrt((usual * (1 - usual)) / Math.max(1, own.samples ?? 100) + 0.003 ** 2);
    found.set(id, { before: own.before, now: own.now, z: rise / deviation, added: rise * (often ?? 1) });
  }
  const whole = [...found.values()].reduce((sum, { added, z }) => sum + (z > 2 ? added : 0), 0);
  for (const [id, { before, now, z, added }] of found) {
    const share = sureShare(added, z, whole);
    const weight = (z > 0 ? WEIGHTS.errors * strength(z) : 0) + WEIGHTS.errorShare * share;
    nodes.get(id)!.push({ kind: 'errors', weight, before, now, share });
  }
}

const RESOURCES: readonly Metric[] = [
  'cpu',
  'throttled',
  'memory use',
  'thread use',
  'pool use',
  'pool waiting',
  'pool wait',
  'event loop lag',
  'gc pause',
  'disk busy',
];

/** The scarcest of what a part needs, beyond what more requests alone make of it. */
function addSaturation(id: Id, figures: Figures, accounts: Accounts, reasons: Reason[]): void {
  const rate = accounts.rate(id);
  const load = rate && rate.before !== null ? Math.max(0, rate.log) : 0;
  let worst: (Reason & { kind: 'saturation' }) | null = null;
  for (const metric of RESOURCES) {
    const change = figures.change(subjectOf('node', id), metric);
    if (!change || change.before === null) continue;
    const weight =
      WEIGHTS.saturation * (change.log > load ? strength((change.log - load) / change.sigma) : 0);
    if (weight > (worst?.weight ?? 0))
      worst = { kind: 'saturation', weight, metric, before: change.before, now: change.now };
  }
  if (worst) reasons.push(worst);
}

/** It was heard of before and isn't now. */
function addSilence(id: Id, figures: Figures, reasons: Reason[]): void {
  for (const metric of ['cpu', 'memory use', 'latency', 'rate'] as const)
    if (figures.isGone(subjectOf('node', id), metric)) {
      reasons.push({ kind: 'silent', weight: WEIGHTS.silent * 3, metric });
      return;
    }
}

/** Calls for each request: what a part does differently shows in whom it calls. */
function addCalls(board: Parts, accounts: Accounts, nodes: Map<Id, Reason[]>): void {
  const { out } = adjacencyOf(board.edges);
  for (const [id, reasons] of nodes) {
    const often = accounts.rate(id);
    if (!often?.before || !(often.now > 0) || isCarrier(board.nodes[id]?.kind)) continue;
    let most: (Reason & { kind: 'calls' }) | null = null;
    for (const each of out.get(id) ?? []) {
      const calls = accounts.edgeRate(each);
      if (!calls || calls.before === null) continue;
      const before = calls.before / often.before;
      const now = calls.now / often.now;
      const log = Math.log((now + 0.02) / (before + 0.02));
      const z = log / Math.hypot(0.15, calls.sigma, 1 / Math.sqrt(Math.max(1, often.samples ?? 100)));
      const weight = WEIGHTS.calls * strength(z);
      if (weight > (most?.weight ?? 0)) most = { kind: 'calls', weight, edge: each.id, before, now };
    }
    if (most) reasons.push(most);
  }
}

/** What waits in a queue waits for those who take from it. */
function addQueues(
  board: Parts,
  figures: Figures,
  owns: ReadonlyMap<Id, Own>,
  nodes: Map<Id, Reason[]>,
): void {
  const { out } = adjacencyOf(board.edges);
  for (const id of nodes.keys()) {
    const consumers = (out.get(id) ?? []).map(({ target }) => target);
    if (!isCarrier(board.nodes[id]?.kind)) continue;
    for (const metric of ['queue wait', 'lag time', 'queue depth'] as const) {
      const change = figures.change(subjectOf('node', id), metric);
      if (!change || change.before === null || !(change.log > 0)) continue;
      const weight = WEIGHTS.queue * strength(zOf(change));
      if (weight === 0) continue;
      const { before, now } = change;
      const reason = { kind: 'queue' as const, carrier: id, metric, before, now };
      const slowed = consumers.filter((each) => (owns.get(each)?.z ?? 0) > 2);
      const blamed = slowed.length > 0 ? slowed : consumers;
      for (const each of blamed) nodes.get(each)?.push({ ...reason, weight: weight / blamed.length });
      nodes.get(id)!.push({ ...reason, weight: slowed.length > 0 ? weight / 4 : weight / 2 });
      break;
    }
  }
}

/** One instance that is not as its siblings are, and was before. */
function addInstances(board: Parts, id: Id, figures: Figures, reasons: Reason[]): void {
  const subjects = [
    subjectOf('node', id),
    ...(adjacencyOf(board.edges).in.get(id) ?? []).map((each) => subjectOf('edge', each.id)),
  ];
  let most: (Reason & { kind: 'instance' }) | null = null;
  for (const subject of subjects)
    for (const metric of ['latency', 'own time', 'errors', 'cpu', 'memory use'] as const) {
      const side = subject.type === 'edge' ? 'callee' : null;
      const all = figures.instances(subject, metric, side).flatMap((instance) => {
        const change = figures.change(subject, metric, { side, instance });
        return change ? [{ instance, change }] : [];
      });
      if (all.length < 2) continue;
      for (const { instance, change } of all) {
        const others = all.filter((each) => each.instance !== instance).map((each) => each.change);
        const siblings = middle(others, (each) => each.log);
        const weight = WEIGHTS.instance * strength((change.log - siblings) / Math.hypot(change.sigma, 0.1));
        if (change.log > siblings && weight > (most?.weight ?? 0))
          most = {
            ...{ kind: 'instance', weight, instance, metric },
            ...{ value: change.now, others: middle(others, (each) => each.now) },
          };
      }
    }
  if (most) reasons.push(most);
}

function middle<T>(list: readonly T[], of: (each: T) => number): number {
  const sorted = list.map(of).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
