/** Figures of parts → the tally. Where several speak of one metric of one subject, one is heard: they are never added. */
import { edgesAt, type Id, type Subject, subjectKey, type UnboundNode } from '../../graph/index.ts';
import type { Pace } from '../pace.ts';
import { twiceRemark } from './dialects/scrapes.ts';
import { type Claims, shownName } from './ends.ts';
import type { Tally } from './tally.ts';
import type { End, Figure, Seen } from './traffic.ts';
import type { Drawn } from './ways.ts';

type Find = (end: End) => Id | null;
type Told = { unbound: UnboundNode[]; remarks: readonly string[] };

/** @param heard in the order in which they are believed; the traffic that they tell of is in the tally already */
export async function tellFigures(
  tally: Tally,
  board: Drawn,
  find: Find,
  heard: readonly { seen: Seen }[],
  claims: Claims,
  pace: Pace,
): Promise<Told> {
  const unbound = new Map<string, UnboundNode>();
  const crowds = new Map<string, Set<End>>();
  let carriers = 0;
  const speakers = new Map<string, string | null>();
  const scrapes = new Map<string, string>();
  const twice = new Set<string>();
  let n = 0;
  for (const [dialect, { seen }] of heard.entries())
    for (const figure of seen.figures ?? []) {
      if (++n % 200 === 0) await pace();
      const subject = subjectOf(board, find, figure);
      if (subject === null) {
        const { crowd } = figure.of;
        if (crowd !== undefined) crowds.set(crowd, (crowds.get(crowd) ?? new Set()).add(figure.of));
        else if (!figure.edge) addDark(unbound, figure, claims);
        continue;
      }
      if (figure.of.kind === 'queue' || figure.of.kind === 'topic') carriers++;
      const { metric, side, instance, value, query } = figure;
      const about = `${metric}|${subjectKey(subject)}`;
      const me = `${dialect} ${figure.family ?? ''}`;
      // What was counted of requests goes before what a part says of itself.
      if (!speakers.has(about)) speakers.set(about, tally.has(subject, metric) ? null : me);
      if (speakers.get(about) !== me || isAgain(subject, figure)) continue;
      tally.add(subject, metric, side, instance, value, query, figure);
    }
  // A broker need not be drawn where its queues are.
  const dark = [...unbound.values()].filter(({ kind }) => kind !== 'broker' || carriers === 0);
  const counted = [...crowds].map(
    ([crowd, { size }]) => `Figures of ${size} ${crowd}${size === 1 ? '' : 's'} belong to nothing drawn.`,
  );
  return { unbound: dark, remarks: [...twiceRemark(twice), ...counted] };

  /** True for what came in by way of another job before. */
  function isAgain(subject: Subject, { metric, instance, what, scrape }: Figure): boolean {
    if (scrape === undefined) return false;
    const key = JSON.stringify([subjectKey(subject), metric, instance, what]);
    const first = scrapes.get(key) ?? scrape;
    scrapes.set(key, first);
    if (first !== scrape) twice.add(`job ${scrape}`);
    return first !== scrape;
  }
}

function subjectOf(board: Drawn, find: Find, { of, edge, kinds }: Figure): Subject | null {
  const node = find(of);
  if (node === null) return null;
  if (!edge) return kinds && !kinds.has(board.nodes[node]!.kind) ? null : { type: 'node', id: node };
  const other = edge.other && find(edge.other);
  if (edge.other && other === null) return null;
  const [only, ...others] = edgesAt(board.edges, node).filter(({ source, target }) => {
    const [near, far] = edge.way === 'out' ? [source, target] : [target, source];
    return near === node && far !== node && (other === null || far === other);
  });
  return only && others.length === 0 ? { type: 'edge', id: only.id } : null;
}

function addDark(unbound: Map<string, UnboundNode>, { of, metric }: Figure, claims: Claims): void {
  const name = shownName(of, claims);
  // What a process is, its own figures do not tell.
  const kind = of.kind === 'service' ? null : of.kind;
  const key = JSON.stringify([name, kind]);
  if (!unbound.has(key)) unbound.set(key, { name, kind, metric });
}
