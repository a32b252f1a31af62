/** The board as rows: every node and every edge with its facts and figures, and their order. Pure. */
import {
  adjacencyOf,
  type Board,
  type Id,
  type Milliseconds,
  type PerSecond,
  quantile,
  type Reading,
} from '../../graph/index.ts';
import { tellingEdges } from '../../workspace/index.ts';
import { distributionOf, sharedOut } from '../live/figures.ts';
import type { Measured } from '../measure/rows.ts';

export type NodeRow = {
  id: Id;
  name: string;
  kind: string;
  technology: string;
  group: string;
  /** Edges that come in and that go out. */
  into: number;
  out: number;
  rate: PerSecond | null;
  /** The slowest of the edges that tell of it, by the chosen quantile: a quantile is never averaged. */
  worst: Milliseconds | null;
};

type Told = Pick<Measured, 'best' | 'q' | 'perInstance'> & { nodeReadings: (id: Id) => readonly Reading[] };

export function nodeRow(board: Pick<Board, 'nodes' | 'edges' | 'groups'>, id: Id, told: Told): NodeRow {
  const node = board.nodes[id]!;
  const { in: into, out } = adjacencyOf(board.edges);
  const whole = told
    .nodeReadings(id)
    .find(
      ({ metric, instance, operation }) => metric === 'rate' && instance === null && operation === undefined,
    );
  const rate = (told.perInstance ? sharedOut(whole ?? null) : whole)?.value;
  let worst: number | null = null;
  for (const edge of tellingEdges(board.edges, id)) {
    const distribution = distributionOf(told.best({ type: 'edge', id: edge.id }, 'latency'));
    const value = distribution && quantile(distribution, told.q)?.value;
    if (value != null && (worst === null || value > worst)) worst = value;
  }
  return {
    id,
    name: node.name,
    kind: node.kind,
    technology: node.technology ?? '',
    group: node.group === undefined ? '' : (board.groups[node.group]?.name ?? ''),
    into: into.get(id)?.length ?? 0,
    out: out.get(id)?.length ?? 0,
    rate: typeof rate === 'number' ? rate : null,
    worst: worst as Milliseconds | null,
  };
}

const { compare } = new Intl.Collator(undefined, { numeric: true });
export type Key = string | number | null;

/** In that order; what is not known always comes last, and equals stay as they were. */
export function sortIds(ids: readonly Id[], keyOf: (id: Id) => Key, descending: boolean): Id[] {
  const sign = descending ? -1 : 1;
  const keyed = ids.map((id) => [id, keyOf(id)] as const);
  keyed.sort(([, a], [, b]) => {
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === 'string' ? compare(a, String(b)) : a - Number(b));
  });
  return keyed.map(([id]) => id);
}

/** Those that there are, in the order they had; new ones at the end, so that no row moves under a hand. */
export function keepOrder(sorted: readonly Id[], ids: readonly Id[]): Id[] {
  const here = new Set(ids);
  const known = new Set(sorted);
  return [...sorted.filter((id) => here.has(id)), ...ids.filter((id) => !known.has(id))];
}
