/** What speaks for each part and edge by itself: local signs, from which what callers merely hand on is taken off. */
import { adjacencyOf, type Board, type Id, isCarrier, type Metric, type Subject } from '../../graph/index.ts';
import type { Accounts, Own } from './accounts.ts';
import { addCalls } from './calls.ts';
import { addErrors } from './errors.ts';
import { type Figures, zOf } from './figures.ts';
import { strength } from './nats.ts';
import type { Reason } from './reason.ts';
import { PILES, type Symptom } from './symptom.ts';
import { addTimes } from './times.ts';
import { CROWDED, SILENCE, SMALLEST, WEIGHTS } from './weights.ts';

type Parts = Pick<Board, 'nodes' | 'edges'>;
const subjectOf = (type: Subject['type'], id: Id): Subject => ({ type, id });

export type Evidence = { nodes: Map<Id, Reason[]>; edges: Map<Id, Reason[]> };

/** @param relevance how much the trouble is about time, and about failures */
export function evidenceOf(
  board: Parts,
  figures: Figures,
  accounts: Accounts,
  relevance: Symptom['relevance'],
): Evidence {
  const nodes = new Map<Id, Reason[]>(Object.keys(board.nodes).map((id) => [id, []]));
  const edges = new Map<Id, Reason[]>(Object.keys(board.edges).map((id) => [id, []]));
  const owns = addTimes(board, accounts, nodes, edges, relevance.time);
  addErrors(board, figures, accounts, nodes, relevance.errors);
  for (const [id, reasons] of nodes) {
    addSaturation(id, figures, accounts, owns.get(id)?.isCrowded ?? false, reasons);
    addSilence(id, figures, reasons);
    addInstances(board, id, figures, reasons);
  }
  addCalls(board, figures, accounts, nodes);
  addQueues(board, figures, owns, nodes);
  return { nodes, edges };
}

const RESOURCES: readonly Metric[] = [
  'cpu',
  'throttled',
  'memory',
  'memory use',
  'thread use',
  'pool use',
  'pool waiting',
  'pool wait',
  'event loop lag',
  'gc pause',
  'disk busy',
];

/** What requests hold for as long as they are under way. */
const HELD: ReadonlySet<Metric> = new Set(['thread use', 'pool use', 'pool waiting', 'pool wait']);

/** The scarcest of what a part needs, beyond what more requests alone make of it. */
function addSaturation(
  id: Id,
  figures: Figures,
  accounts: Accounts,
  isCrowded: boolean,
  reasons: Reason[],
): void {
  const load = Math.max(0, accounts.rate(id)?.log ?? 0);
  let worst: (Reason & { kind: 'saturation' }) | null = null;
  for (const metric of RESOURCES) {
    const change = figures.changeOfAny(subjectOf('node', id), metric);
    if (!change || change.log <= load) continue;
    const full = isCrowded && HELD.has(metric) ? CROWDED : 1;
    const weight = full * WEIGHTS.saturation * strength((change.log - load) / change.sigma);
    const { before, now, stat } = change;
    if (weight > (worst?.weight ?? 0)) worst = { kind: 'saturation', weight, metric, before, now, stat };
  }
  if (worst) reasons.push(worst);
}

/** It was heard of in almost every window before, and isn't now. */
function addSilence(id: Id, figures: Figures, reasons: Reason[]): void {
  for (const metric of ['cpu', 'memory', 'memory use', 'rate'] as const) {
    const gone = figures.goneFrom(subjectOf('node', id), metric);
    if (!gone) continue;
    const weight = Math.min(SILENCE, -Math.log(1 - gone.heard / gone.of + 0.02)) * WEIGHTS.silent;
    reasons.push({ kind: 'silent', weight, metric });
    return;
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
  for (const [id, reasons] of nodes) {
    if (!isCarrier(board.nodes[id]?.kind)) continue;
    const consumers = [...new Set((out.get(id) ?? []).map(({ target }) => target))];
    for (const metric of PILES) {
      const change = figures.changeOfAny(subjectOf('node', id), metric);
      const weight = change && change.log > 0 ? WEIGHTS.queue * strength(zOf(change)) : 0;
      if (!change || weight === 0) continue;
      const { before, now, stat } = change;
      const reason = { kind: 'queue' as const, carrier: id, metric, before, now, stat };
      const slowed = consumers.filter((each) => (owns.get(each)?.z ?? 0) > 2);
      const blamed = slowed.length > 0 ? slowed : consumers;
      for (const each of blamed) nodes.get(each)?.push({ ...reason, weight: weight / blamed.length });
      reasons.push({ ...reason, weight: slowed.length > 0 ? weight / 4 : weight / 2 });
      break;
    }
  }
}

/** One instance that became another than its siblings. */
function addInstances(board: Parts, id: Id, figures: Figures, reasons: Reason[]): void {
  const into = adjacencyOf(board.edges).in.get(id) ?? [];
  const views = [
    { subject: subjectOf('node', id), side: null },
    { subject: subjectOf('node', id), side: 'callee' as const },
    ...into.map((each) => ({ subject: subjectOf('edge', each.id), side: 'callee' as const })),
  ];
  let most: (Reason & { kind: 'instance' }) | null = null;
  for (const { subject, side } of views)
    for (const metric of ['latency', 'own time', 'errors', 'cpu', 'memory use'] as const) {
      const all = figures.instances(subject, metric, side).flatMap((instance) => {
        const change = figures.changeOfAny(subject, metric, { side, instance });
        return change ? [{ instance, change }] : [];
      });
      if (all.length < 2) continue;
      for (const { instance, change } of all) {
        const siblings = all.filter((each) => each.instance !== instance).map((each) => each.change);
        const others = middle(siblings.map((each) => each.now));
        const least = SMALLEST[metric] ?? 0.01;
        // one that has only caught up with its siblings is another than it was, and not another than they are
        const log = Math.min(
          change.log - middle(siblings.map((each) => each.log)),
          Math.log((change.now + least) / (others + least)),
        );
        const weight = log > 0 ? WEIGHTS.instance * strength(log / Math.hypot(change.sigma, 0.1)) : 0;
        if (weight <= (most?.weight ?? 0)) continue;
        most = { kind: 'instance', weight, instance, metric, value: change.now, others, stat: change.stat };
      }
    }
  if (most) reasons.push(most);
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!;
