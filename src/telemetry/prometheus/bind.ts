/** What the dialects tell → readings of what is drawn, by name; what belongs to nothing drawn is told. */
import type { Reading, UnboundNode, UnboundTraffic } from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import { type Claims, createFinder, shownName } from './ends.ts';
import { tellFigures } from './figures.ts';
import { addCounts, tellServed } from './served.ts';
import { createSpeakers, type Speakers } from './speakers.ts';
import { createTally, type Moment, type Tally } from './tally.ts';
import type { End, Seen, Traffic } from './traffic.ts';
import { type Drawn, edgeSubject, type Way, waitingPlace, wayOf } from './ways.ts';

/** What one dialect told. */
export type Heard = { dialect: string; seen: Seen };
export type Bound = {
  readings: Reading[];
  unbound: UnboundTraffic[];
  unboundNodes: UnboundNode[];
  remarks: string[];
};

/**
 * Several series on one edge (instances, a renamed service, a shared queue) are pooled; several dialects never.
 * @param heard the dialects in the order in which they are believed
 */
export async function bindSeen(
  board: Drawn,
  heard: readonly Heard[],
  claims: Claims,
  moment: Moment,
  pace: Pace,
): Promise<Bound> {
  const find = createFinder(board, claims);
  const speakers = createSpeakers();
  const unbound = new Map<string, UnboundTraffic>();
  const placed: { traffic: Traffic; way: Way; dialect: number }[] = [];
  let n = 0;
  for (const [dialect, { seen }] of heard.entries()) {
    const dark = new Map<string, UnboundTraffic>();
    for (const traffic of seen.traffic) {
      if (++n % 50 === 0) await pace();
      const way = wayOf(board, find(traffic.source), find(traffic.target), traffic.kind);
      if (way) {
        speakers.hear(way, traffic, dialect);
        placed.push({ traffic, way, dialect });
      } else addDark(dark, traffic, claims);
    }
    for (const [key, each] of dark) if (!unbound.has(key)) unbound.set(key, each);
  }

  const tally = createTally();
  for (const { traffic, way, dialect } of placed) {
    if (++n % 50 === 0) await pace();
    place(tally, board, speakers, traffic, way, dialect);
  }
  const served = await tellServed(tally, board, speakers, find, heard, pace);
  const told = await tellFigures(tally, board, find, heard, claims, pace);
  const readings = await tally.readings(moment, pace);
  const unboundNodes = [
    ...told.unbound,
    ...darkServers(served.dark, told.unbound, [...unbound.values()], claims),
  ];
  const remarks = [...remarksOn(heard, speakers, served.lent), ...told.remarks];
  return { readings, unbound: [...unbound.values()], unboundNodes, remarks };
}

/** Those that serve and are drawn nowhere, as far as they are not told of already. */
function darkServers(
  dark: ReadonlySet<End>,
  nodes: readonly UnboundNode[],
  traffic: readonly UnboundTraffic[],
  claims: Claims,
): UnboundNode[] {
  const told = new Set([
    ...nodes.map(({ name }) => name),
    ...traffic.flatMap(({ source, target }) => [source, target]),
  ]);
  const names = new Set([...dark].map((end) => shownName(end, claims)));
  return [...names]
    .filter((name) => !told.has(name))
    .map((name) => ({ name, kind: 'service', metric: 'latency' }));
}

/** Instances of the same two ends are one traffic. */
function addDark(dark: Map<string, UnboundTraffic>, traffic: Traffic, claims: Claims): void {
  const source = shownName(traffic.source, claims);
  const target = shownName(traffic.target, claims);
  const { kind, rate } = traffic;
  const key = JSON.stringify([source, target, kind]);
  const known = dark.get(key)?.rate ?? null;
  dark.set(key, { source, target, kind, rate: rate === null ? known : rate + (known ?? 0) });
}

function place(
  tally: Tally,
  board: Drawn,
  speakers: Speakers,
  traffic: Traffic,
  way: Way,
  dialect: number,
): void {
  const { latency, instance, asked } = traffic;
  const { caller, callee } = instance;
  const isHeard = ({ id }: Way['out']) => speakers.of(id) === dialect;
  if (isHeard(way.out)) {
    if (latency.caller)
      tally.add(edgeSubject(way.out), 'latency', 'caller', caller, latency.caller, asked.caller);
    if (latency.wait)
      tally.add(waitingPlace(board, way), 'queue wait', null, callee, latency.wait, asked.wait);
  }
  if (isHeard(way.into) && latency.callee)
    tally.add(edgeSubject(way.into), 'latency', 'callee', callee, latency.callee, asked.callee);
  for (const edge of new Set([way.out, way.into])) {
    if (!isHeard(edge)) continue;
    // A topic hands every message to each consumer: how many were published, its series do not say.
    const isPublished = way.through !== null && edge === way.out;
    if (isPublished && board.nodes[way.through!]!.kind === 'topic' && speakers.isSplit(edge.id)) continue;
    addCounts(tally, edgeSubject(edge), callee ?? caller, traffic, asked);
  }
}

function remarksOn(heard: readonly Heard[], speakers: Speakers, lent: number): string[] {
  const remarks = [...speakers.silenced()].map(([pair, count]) => {
    const [speaker, other] = pair.split(' ').map((i) => heard[Number(i)]!.dialect);
    return `${edges(count)} measured both by the ${speaker} and by ${other}: the figures of the former are shown, and nothing is added up.`;
  });
  if (lent > 0)
    remarks.push(
      `${edges(lent)} measured by the called part alone; its figures stand on the edge because no other caller is drawn.`,
    );
  return remarks;
}

const edges = (count: number): string => (count === 1 ? '1 edge is' : `${count} edges are`);
