/**
 * Latest readings, and what has been seen of each edge since opening. Live figures stay here: never in the
 * board, never in undo, never in React state.
 *
 *   source ─► put(readings) ─► latest by subject ─► listeners, told once which subjects are dirty
 */
import {
  type EpochMs,
  type Id,
  type Metric,
  type Milliseconds,
  quantile,
  type Reading,
  type Subject,
  subjectKey,
} from '../graph/index.ts';

/** One point of the sparkline: quantiles in ms, null where unknown. */
export type Seen = { at: EpochMs; p50: number | null; p95: number | null; p99: number | null };

/** Points kept of each edge, at most one a second. */
const SEEN_LENGTH = 300;
const SEEN_EVERY: Milliseconds = 1000;

export type ReadingStore = {
  put(readings: readonly Reading[]): void;
  /** Every latest reading of a subject: one per metric, side, instance and source. */
  of(subject: Subject): readonly Reading[];
  /**
   * The one that speaks for a subject: over all instances, from the caller's side where both are known (that is
   * what a caller waits), real before simulated, newest first. Null when there is none: no data is not zero.
   */
  best(subject: Subject, metric: Metric): Reading | null;
  seen(edge: Id): readonly Seen[];
  /** Called with the keys (subjectKey) of what changed, once per put. Returns the end of it. */
  subscribe(listener: (dirty: ReadonlySet<string>) => void): () => void;
  /** Forgets what a source said; without a name, everything. */
  clear(source?: string): void;
  /** All latest readings, for pictures and snapshots. */
  all(): Reading[];
};

type Slot = {
  readings: Reading[];
  /** What was handed out last; null once something newer came. */
  list: readonly Reading[] | null;
  best: Map<Metric, Reading | null>;
};

export function createReadingStore(): ReadingStore {
  /** By kind and id, not by one key: canvas asks for every edge in every frame. */
  const slots = { node: new Map<Id, Slot>(), edge: new Map<Id, Slot>() };
  const slotOf = ({ type, id }: Subject) => slots[type].get(id);
  const history = new Map<string, Seen[]>();
  const listeners = new Set<(dirty: ReadonlySet<string>) => void>();
  const tell = (dirty: ReadonlySet<string>) => {
    for (const listener of listeners) listener(dirty);
  };

  function put(readings: readonly Reading[]) {
    const dirty = new Set<string>();
    for (const reading of readings) {
      const { subject } = reading;
      let slot = slotOf(subject);
      if (!slot) {
        slot = { readings: [], list: null, best: new Map() };
        slots[subject.type].set(subject.id, slot);
      }
      const known = slot.readings.findIndex((other) => isSameSeries(other, reading));
      if (known < 0) slot.readings.push(reading);
      else slot.readings[known] = reading;
      slot.list = null;
      slot.best.clear();
      dirty.add(subjectKey(subject));
    }
    for (const { subject, metric, at } of readings)
      if (metric === 'latency' && subject.type === 'edge') remember(subject.id, at);
    if (dirty.size > 0) tell(dirty);
  }

  const everySlot = () =>
    (['node', 'edge'] as const).flatMap((type) =>
      [...slots[type]].map(([id, slot]): [Subject['type'], Id, Slot] => [type, id, slot]),
    );

  function remember(edge: Id, now: EpochMs) {
    const points = history.get(edge) ?? [];
    const last = points.at(-1);
    if (last && now - last.at < SEEN_EVERY) return;
    const reading = bestOf(slots.edge.get(edge), 'latency');
    if (!reading || typeof reading.value === 'number' || reading.at === last?.at) return;
    const at = (q: number) => quantile(reading.value as Exclude<Reading['value'], number>, q)?.value ?? null;
    points.push({ at: reading.at, p50: at(0.5), p95: at(0.95), p99: at(0.99) });
    if (points.length > SEEN_LENGTH) points.shift();
    history.set(edge, points);
  }

  return {
    put,
    of(subject) {
      const slot = slotOf(subject);
      if (!slot) return [];
      slot.list ??= [...slot.readings];
      return slot.list;
    },
    best: (subject, metric) => bestOf(slotOf(subject), metric),
    seen: (edge) => history.get(edge) ?? [],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear(source) {
      const dirty = new Set<string>();
      for (const [type, id, slot] of everySlot()) {
        const kept =
          source === undefined ? [] : slot.readings.filter(({ provenance }) => provenance.source !== source);
        if (kept.length === slot.readings.length) continue;
        slot.readings = kept;
        slot.list = null;
        slot.best.clear();
        dirty.add(subjectKey({ type, id }));
        if (kept.length > 0) continue;
        slots[type].delete(id);
        if (type === 'edge') history.delete(id);
      }
      if (dirty.size > 0) tell(dirty);
    },
    all: () => everySlot().flatMap(([, , slot]) => slot.readings),
  };
}

const isSameSeries = (a: Reading, b: Reading): boolean =>
  a.metric === b.metric &&
  a.side === b.side &&
  a.instance === b.instance &&
  a.provenance.source === b.provenance.source;

function bestOf(slot: Slot | undefined, metric: Metric): Reading | null {
  if (!slot) return null;
  const known = slot.best.get(metric);
  if (known !== undefined) return known;
  let best: Reading | null = null;
  for (const reading of slot.readings) {
    if (reading.metric !== metric || reading.instance !== null) continue;
    if (!best || isBetter(reading, best)) best = reading;
  }
  slot.best.set(metric, best);
  return best;
}

function isBetter(a: Reading, b: Reading): boolean {
  if (a.provenance.simulated !== b.provenance.simulated) return b.provenance.simulated;
  if (a.provenance.source !== b.provenance.source) return a.at > b.at;
  return a.side === 'caller' && b.side !== 'caller';
}
