/**
 * Readings by subject: what sources have said last, or all that was known at one moment of the past. Live figures
 * stay here: never in the board, never in undo, never in React state.
 *
 *   source ─► put(readings) ─► by subject ─► listeners, told once which subjects are dirty
 */
import { type Id, type Metric, type Reading, type Subject, subjectKey } from '../graph/index.ts';

/** The keys (subjectKey) of what changed. */
export type Dirty = Pick<ReadonlySet<string>, 'has'>;

export type ReadingStore = {
  put(readings: readonly Reading[]): void;
  /** Every latest reading of a subject: one per metric, side, instance, operation and source. */
  of(subject: Subject): readonly Reading[];
  /**
   * The one that speaks for a subject: over all instances, from the caller's side where both are known (that is
   * what a caller waits), real before simulated, newest first. Null when there is none: no data is not zero.
   * @param instance the one that is spoken of alone; null is all of them together
   */
  best(subject: Subject, metric: Metric, instance?: string | null): Reading | null;
  /** What is known of single instances, over all operations; the same list as long as nothing new is. */
  ofInstances(subject: Subject): readonly Reading[];
  /** Called with what changed, once per put. Returns the end of it. */
  subscribe(listener: (dirty: Dirty) => void): () => void;
  /** Forgets what a source said; without a name, everything. */
  clear(source?: string): void;
  /** All latest readings, for pictures and snapshots. */
  all(): Reading[];
};

type Slot = {
  readings: Reading[];
  /** What was handed out last; null once something newer came. */
  list: readonly Reading[] | null;
  ofInstances: readonly Reading[] | null;
  /** By metric, for one instance by metric and instance. */
  best: Map<string, Reading | null>;
};

/** @param first what it begins with, told to nobody */
export function createReadingStore(first: readonly Reading[] = []): ReadingStore {
  /** By kind and id, not by one key: canvas asks for every edge in every frame. */
  const slots = { node: new Map<Id, Slot>(), edge: new Map<Id, Slot>() };
  const slotOf = ({ type, id }: Subject) => slots[type].get(id);
  const listeners = new Set<(dirty: Dirty) => void>();
  const tell = (dirty: ReadonlySet<string>) => {
    if (dirty.size > 0) for (const listener of listeners) listener(dirty);
  };

  function putOne(reading: Reading) {
    const { subject } = reading;
    let slot = slotOf(subject);
    if (!slot) {
      slot = { readings: [], list: null, ofInstances: null, best: new Map() };
      slots[subject.type].set(subject.id, slot);
    }
    const known = slot.readings.findIndex((other) => isSameSeries(other, reading));
    if (known < 0) slot.readings.push(reading);
    else slot.readings[known] = reading;
    forget(slot);
  }

  const everySlot = () =>
    (['node', 'edge'] as const).flatMap((type) =>
      [...slots[type]].map(([id, slot]): [Subject['type'], Id, Slot] => [type, id, slot]),
    );

  first.forEach(putOne);

  return {
    put(readings) {
      readings.forEach(putOne);
      tell(new Set(readings.map(({ subject }) => subjectKey(subject))));
    },
    of(subject) {
      const slot = slotOf(subject);
      if (!slot) return [];
      slot.list ??= [...slot.readings];
      return slot.list;
    },
    best: (subject, metric, instance = null) => bestOf(slotOf(subject), metric, instance),
    ofInstances(subject) {
      const slot = slotOf(subject);
      if (!slot) return NONE;
      slot.ofInstances ??= instancesIn(slot);
      return slot.ofInstances;
    },
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
        forget(slot);
        dirty.add(subjectKey({ type, id }));
        if (kept.length === 0) slots[type].delete(id);
      }
      tell(dirty);
    },
    all: () => everySlot().flatMap(([, , slot]) => slot.readings),
  };
}

const isSameSeries = (a: Reading, b: Reading): boolean =>
  a.metric === b.metric &&
  a.side === b.side &&
  a.instance === b.instance &&
  a.operation === b.operation &&
  a.provenance.source === b.provenance.source;

const NONE: readonly Reading[] = [];
const isOfInstance = ({ instance, operation }: Reading) => instance !== null && operation === undefined;

/** Most edges have none: for these nothing is made anew. */
function instancesIn({ readings }: Slot): readonly Reading[] {
  return readings.some(isOfInstance) ? readings.filter(isOfInstance) : NONE;
}

/** What was worked out of its readings. */
function forget(slot: Slot): void {
  slot.list = null;
  slot.ofInstances = null;
  slot.best.clear();
}

function bestOf(slot: Slot | undefined, metric: Metric, instance: string | null): Reading | null {
  if (!slot) return null;
  const key = instance === null ? metric : `${metric}\n${instance}`;
  const known = slot.best.get(key);
  if (known !== undefined) return known;
  let best: Reading | null = null;
  for (const reading of slot.readings) {
    if (reading.metric !== metric || reading.instance !== instance || reading.operation !== undefined)
      continue;
    if (!best || isBetter(reading, best)) best = reading;
  }
  slot.best.set(key, best);
  return best;
}

function isBetter(a: Reading, b: Reading): boolean {
  if (a.provenance.simulated !== b.provenance.simulated) return b.provenance.simulated;
  if (a.provenance.source !== b.provenance.source) return a.at > b.at;
  return a.side === 'caller' && b.side !== 'caller';
}
