/**
 * What is told apart: parts, edges, and the series of each by instance and operation. There is room for so many of each;
 * what comes beyond is counted and not kept, and makes room when it has not been seen for as long as anything
 * is remembered.
 */
import type { Series, TalliedHop, TalliedPart, Tally } from '../../formats/index.ts';
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import type { Limits } from './limits.ts';

/** What one series is of. Its identity is its key in the slots. */
export type Line = Pick<Series, 'type' | 'key' | 'metric' | 'side' | 'instance' | 'operation'>;

type Seen<T> = { value: T; seen: EpochMs };
/** Names with when each was last seen. */
type Names = Map<string, EpochMs>;
type Subject = {
  /** Of each side apart: they are instances of the calling and of the answering part. */
  instances: Map<Line['side'], Names>;
  operations: Names;
  lines: Map<string, Seen<Line>>;
};

export type Registry = {
  /** Takes in the parts and edges that a tally names, as far as there is room. */
  admit(tally: Tally, at: EpochMs): void;
  /**
   * The series that these figures belong to, or that of the whole where there is no room for it; null where they are
   * of no known part or edge.
   * @param sign -1 for what is taken back, which was counted as dropped before
   */
  lineFor(series: Series, at: EpochMs, sign: 1 | -1): Line | null;
  has(subject: string): boolean;
  parts(): ReadonlyMap<string, TalliedPart>;
  hops(): ReadonlyMap<string, TalliedHop>;
  /** How many of each there are, for tests of what memory is bounded by. */
  size(): { parts: number; hops: number; lines: number };
  /** What found no room, in calls: of parts and edges beyond those that are told apart. */
  dropped: { parts: number };
  /** Calls of instances and operations beyond the room: they count in the whole alone. */
  lumped: { instances: number; operations: number };
};

/** @param memory how long something is remembered after it was last seen */
export function createRegistry(limits: Limits, memory: Milliseconds): Registry {
  const parts = new Map<string, Seen<TalliedPart>>();
  const hops = new Map<string, Seen<TalliedHop>>();
  const subjects = new Map<string, Subject>();
  const dropped = { parts: 0 };
  const lumped = { instances: 0, operations: 0 };
  let lines = 0;
  let swept = Number.NEGATIVE_INFINITY;

  /** Forgets what was not seen for so long. At most once in a while: a flood of names must not cost a sweep each. */
  function sweep(now: EpochMs): void {
    if (now - swept < memory / 100) return;
    swept = now;
    const isOld = ({ seen }: Seen<unknown>) => seen < now - memory;
    for (const [key, hop] of hops) if (isOld(hop)) remove(hops, `edge:${key}`, key);
    const used = new Set([...hops.values()].flatMap(({ value }) => [value.source, value.target]));
    for (const [key, part] of parts) if (isOld(part) && !used.has(key)) remove(parts, `node:${key}`, key);
    for (const { lines: own } of subjects.values())
      for (const [key, line] of own) if (isOld(line)) lines -= Number(own.delete(key));
  }

  function remove(from: Map<string, unknown>, subject: string, key: string): void {
    from.delete(key);
    lines -= subjects.get(subject)?.lines.size ?? 0;
    subjects.delete(subject);
  }

  function room<T>(map: Map<string, Seen<T>>, most: number, at: EpochMs): boolean {
    if (map.size >= most) sweep(at);
    return map.size < most;
  }

  function admitPart(part: TalliedPart, at: EpochMs): void {
    const known = parts.get(part.key);
    if (known) {
      known.value = mergedPart(known.value, part, limits.names);
      known.seen = Math.max(known.seen, at);
    } else if (room(parts, limits.parts, at)) {
      parts.set(part.key, { value: mergedPart(part, part, limits.names), seen: at });
      subjects.set(`node:${part.key}`, newSubject());
    }
  }

  function admitHop(hop: TalliedHop, at: EpochMs): void {
    const known = hops.get(hop.key);
    if (known) {
      known.value = mergedHop(known.value, hop, limits.operations);
      known.seen = Math.max(known.seen, at);
    } else if (parts.has(hop.source) && parts.has(hop.target) && room(hops, limits.hops, at)) {
      hops.set(hop.key, { value: mergedHop(hop, hop, limits.operations), seen: at });
      subjects.set(`edge:${hop.key}`, newSubject());
    }
  }

  /** The name, when it is known or there is room for it among those seen lately. */
  function named(names: Names, name: string | null, most: number, at: EpochMs): string | null {
    if (name === null) return null;
    if (!names.has(name) && names.size >= most) {
      const [oldest, seen] = [...names].reduce((a, b) => (b[1] < a[1] ? b : a));
      if (seen >= at - memory / 10) return null;
      names.delete(oldest);
    }
    names.set(name, at);
    return name;
  }

  /** Null where there is no room for it. There always is for the whole: that is bounded by the parts and edges. */
  function lineOf(subject: Subject, of: Line, at: EpochMs): Line | null {
    const { type, key, metric, side, instance, operation } = of;
    // With its length, an instance can't be taken for another one with the beginning of an operation.
    const split = `${metric} ${side} ${instance?.length} ${instance} ${operation?.length} ${operation}`;
    const known = subject.lines.get(split);
    if (known) {
      known.seen = Math.max(known.seen, at);
      return known.value;
    }
    if (instance !== null || operation !== null) {
      if (lines >= limits.lines) sweep(at);
      if (lines >= limits.lines) return null;
    }
    lines++;
    const value = { type, key, metric, side, instance, operation };
    subject.lines.set(split, { value, seen: at });
    return value;
  }

  return {
    dropped,
    lumped,
    admit(tally, at) {
      for (const part of tally.parts.values()) admitPart(part, at);
      for (const hop of tally.hops.values()) admitHop(hop, at);
    },
    lineFor(series, at, sign) {
      const subject = subjects.get(`${series.type}:${series.key}`);
      const calls = sign * series.calls;
      if (!subject) {
        dropped.parts += calls;
        return null;
      }
      let instances = subject.instances.get(series.side);
      if (!instances) subject.instances.set(series.side, (instances = new Map()));
      const instance = named(instances, series.instance, limits.instances, at);
      const operation = named(subject.operations, series.operation, limits.operations, at);
      const line =
        lineOf(subject, { ...series, instance, operation }, at) ??
        lineOf(subject, { ...series, instance: null, operation: null }, at)!;
      if (line.instance !== series.instance) lumped.instances += calls;
      if (line.operation !== series.operation) lumped.operations += calls;
      return line;
    },
    has: (subject) => subjects.has(subject),
    parts: () => valuesOf(parts),
    hops: () => valuesOf(hops),
    size: () => ({ parts: parts.size, hops: hops.size, lines }),
  };
}

const newSubject = (): Subject => ({ instances: new Map(), operations: new Map(), lines: new Map() });

const valuesOf = <T>(map: ReadonlyMap<string, Seen<T>>): Map<string, T> =>
  new Map(Array.from(map, ([key, { value }]) => [key, value]));

/** What is known of one part from two tallies. The same object where the second adds nothing. */
function mergedPart(known: TalliedPart, more: TalliedPart, most: number): TalliedPart {
  const names = union(known.names, more.names, most);
  const serves = known.serves || more.serves;
  const technology = known.technology ?? more.technology;
  if (names === known.names && serves === known.serves && technology === known.technology) return known;
  return { ...known, names, serves, technology };
}

function mergedHop(known: TalliedHop, more: TalliedHop, most: number): TalliedHop {
  const operations = union(known.operations, more.operations, most);
  const protocol = known.protocol ?? more.protocol;
  if (operations === known.operations && protocol === known.protocol) return known;
  return { ...known, operations, protocol };
}

function union(known: readonly string[], more: readonly string[], most: number): readonly string[] {
  const fresh = known.length < most ? more.filter((name) => !known.includes(name)) : [];
  return fresh.length === 0 && known.length <= most ? known : [...known, ...fresh].slice(0, most);
}
