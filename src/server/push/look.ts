/** Moments of the ring as a page can bind them to its board: nodes, edges, and readings on them. */
import { createHash } from 'node:crypto';
import { observeTally, type Tally } from '../../formats/index.ts';
import {
  type BoardEdge,
  type BoardNode,
  type EpochMs,
  formatDuration,
  type Id,
  type Milliseconds,
  type Reading,
} from '../../graph/index.ts';
import type { PushedAnswer } from '../../telemetry/index.ts';
import { MOST } from './limits.ts';
import type { Ring } from './ring.ts';

export type Asked = {
  from: EpochMs;
  to: EpochMs;
  step: Milliseconds;
  window: Milliseconds;
  /** Ids of nodes and edges; null for all of them. */
  only: ReadonlySet<Id> | null;
};

/** The page says what source its readings are from. */
const NOBODY = { source: '', label: '', simulated: false };

/**
 * Several moments bring figures of the whole only, unless some subjects are asked for by name. One answer holds about
 * `MOST.readings`; `next` says from where to ask on.
 */
export function look(ring: Ring, asked: Asked, now: EpochMs): Omit<PushedAnswer, 'traffic'> {
  const { from, to, step, window, only } = asked;
  const isWholeOnly = from + step <= to && only === null;
  const ids = idsOf(ring);
  const wanted = only
    ? new Set([...ids].flatMap(([subject, id]) => (only.has(id) ? [subject] : [])))
    : undefined;
  const nodes = new Map<Id, BoardNode>();
  const edges = new Map<Id, BoardEdge>();
  const answer = {
    now,
    since: ring.since(),
    frames: [] as PushedAnswer['frames'],
    next: null as EpochMs | null,
    cut: 0,
  };
  let work = 0;
  for (let at = from; at <= to; at += step) {
    if (work >= MOST.readings) {
      answer.next = at;
      break;
    }
    const tally = ring.read(at, window, now, wanted);
    const seenAt = { provenance: NOBODY, at: tally.last, window: tally.last - tally.first };
    const seen = observeTally(tally, seenAt, { newId: (subject) => ids.get(subject)! });
    const { whole = [], single = [] } = Object.groupBy(seen.readings, (each) =>
      isWhole(each) ? 'whole' : 'single',
    );
    const room = Math.max(0, MOST.readings - whole.length);
    if (!isWholeOnly) answer.cut += Math.max(0, single.length - room);
    const kept = isWholeOnly ? whole : [...whole, ...single.slice(0, room)];
    for (const { subject } of kept) {
      const edge = subject.type === 'edge' ? seen.edges[subject.id] : undefined;
      if (edge) edges.set(edge.id, edge);
      for (const id of edge ? [edge.source, edge.target] : [subject.id]) nodes.set(id, seen.nodes[id]!);
    }
    const readings = kept.map(({ provenance: _, ...figure }) => figure);
    // A moment without figures has its work, too: all names are gone through.
    work += readings.length + ids.size / 10;
    answer.frames.push({ at, readings, remarks: remarksOf(tally) });
  }
  return { ...answer, nodes: [...nodes.values()], edges: [...edges.values()] };
}

const isWhole = ({ instance, operation }: Reading) => instance === null && operation === undefined;

/** The ids of all parts and hops, by subject: always the same for the same name, also after a restart. */
function idsOf(ring: Ring): ReadonlyMap<string, Id> {
  const { parts, hops } = ring.known();
  const subjects = [
    ...[...parts.keys()].map((key) => `node:${key}`),
    ...[...hops.keys()].map((key) => `edge:${key}`),
  ];
  return new Map(subjects.map((subject) => [subject, idOf(subject)]));
}

const idOf = (subject: string): Id => createHash('sha256').update(subject).digest('base64url').slice(0, 16);

function remarksOf({ notes, skew }: Tally): string[] {
  const remarks = [...notes].map(([reason, times]) => `${reason}: ${times}`);
  if (skew > 0) remarks.push(`the largest correction of a clock: ${formatDuration(skew)}`);
  return remarks;
}
