/**
 * What pushed spans measured, by slots of time: 10 s for ten minutes, a minute for two hours. Not a span is kept here,
 * only histograms. Both hold all that falls into their reach, so late spans find their slot and a question is
 * answered from the finest that reaches back far enough.
 *
 * Invariant: no more than `limits.ringBytes`. When it gets tight the oldest slots are forgotten first; what is coming
 * in now is refused only when it alone would be too much.
 */
import type { PathTimes, Series, Tally } from '../../formats/index.ts';
import type { EpochMs, Milliseconds } from '../../graph/index.ts';
import { bytesOf, type Cell, count, distributionOf, emptyCell, merge } from './histogram.ts';
import type { Limits } from './limits.ts';
import { createRegistry, type Line } from './registry.ts';

const FINE = { step: 10_000, slots: 60 };
const COARSE = { step: 60_000, slots: 120 };
/** How far back anything is remembered. */
export const MEMORY: Milliseconds = COARSE.step * COARSE.slots;

type Slot = {
  cells: Map<Line, Cell>;
  paths: Record<keyof Tally['paths'], { total: Milliseconds; times: Map<string, Milliseconds> }>;
  notes: Map<string, number>;
  skew: Milliseconds;
  spans: number;
};
type Level = {
  step: Milliseconds;
  reach: number;
  slots: Map<number, Slot>;
  /** The start of what is remembered; null before the first span. */
  since: EpochMs | null;
};
/** Of an entry in a map, roughly. Bytes. */
const ENTRY = 100;

export type Ring = ReturnType<typeof createRing>;

export function createRing(limits: Limits) {
  const registry = createRegistry(limits, MEMORY);
  const levels = [FINE, COARSE].map(
    ({ step, slots }): Level => ({ step, reach: slots, slots: new Map(), since: null }),
  ) as [fine: Level, coarse: Level];
  let bytes = 0;
  let refused = 0;

  /**
   * Adds what was tallied to the slots of the time `at`, or takes it away again.
   * @param now for what is out of reach by then
   */
  function fold(tally: Tally, at: EpochMs, now: EpochMs, sign: 1 | -1): void {
    registry.admit(tally, at);
    const lines = tally.series.map((series) => registry.lineFor(series, at, sign));
    for (const level of levels) {
      const index = Math.floor(at / level.step);
      forget(level, Math.floor(now / level.step) - level.reach);
      if (index <= Math.floor(now / level.step) - level.reach) continue;
      level.since = Math.min(level.since ?? at, Math.floor(at / FINE.step) * FINE.step);
      let slot = level.slots.get(index);
      if (!slot) level.slots.set(index, (slot = emptySlot()));
      tally.series.forEach((series, i) => {
        const line = lines[i];
        if (line) add(slot, line, series, sign, now);
      });
      addPaths(slot.paths.answers, tally.paths.answers, sign);
      addPaths(slot.paths.messages, tally.paths.messages, sign);
      for (const [reason, times] of tally.notes)
        if (slot.notes.has(reason) || slot.notes.size < limits.notes) bump(slot.notes, reason, sign * times);
      slot.skew = Math.max(slot.skew, tally.skew);
      slot.spans += sign * tally.spans;
    }
  }

  function add(slot: Slot, line: Line, series: Series, sign: 1 | -1, now: EpochMs): void {
    let cell = slot.cells.get(line);
    if (!cell) {
      if (sign < 0) return;
      if (bytes >= limits.ringBytes && !makeRoom(slot, now)) {
        refused += series.calls;
        return;
      }
      slot.cells.set(line, (cell = emptyCell()));
      bytes += bytesOf(cell);
    }
    const before = bytesOf(cell);
    count(cell, series.durations, sign);
    cell.calls = Math.max(0, cell.calls + sign * series.calls);
    cell.failed = Math.max(0, cell.failed + sign * series.failed);
    bytes += bytesOf(cell) - before;
  }

  function addPaths(into: Slot['paths']['answers'], from: PathTimes, sign: 1 | -1): void {
    into.total = Math.max(0, into.total + sign * from.total);
    const before = into.times.size;
    for (const [subject, time] of from.times)
      if (registry.has(subject)) bump(into.times, subject, sign * time);
    bytes += (into.times.size - before) * ENTRY;
  }

  /** Forgets the slot that began first, of either level, but none of now's. False when there is none left. */
  function makeRoom(filling: Slot, now: EpochMs): boolean {
    let oldest: { level: Level; index: number } | null = null;
    for (const level of levels)
      for (const [index, slot] of level.slots) {
        if (slot === filling || index === Math.floor(now / level.step)) continue;
        if (!oldest || index * level.step < oldest.index * oldest.level.step) oldest = { level, index };
      }
    if (!oldest) return false;
    forget(oldest.level, oldest.index);
    return true;
  }

  /** Forgets all slots up to and with this one. */
  function forget(level: Level, last: number): void {
    for (const [index, slot] of level.slots) {
      if (index > last) continue;
      for (const cell of slot.cells.values()) bytes -= bytesOf(cell);
      for (const { times } of Object.values(slot.paths)) bytes -= times.size * ENTRY;
      level.slots.delete(index);
      level.since = Math.max(level.since ?? 0, (index + 1) * level.step);
    }
  }

  /**
   * What was measured in the slots that touch the `window` before `at`, as one tally of all parts and edges known. So the
   * stretch is a little longer than asked, but ends no later than `now`, and begins no earlier than the memory.
   * @param only subjects whose figures are wanted; all when left out
   */
  function read(at: EpochMs, window: Milliseconds, now: EpochMs, only?: ReadonlySet<string>): Tally {
    const [fine, coarse] = levels;
    const level = fine.since !== null && at - window >= fine.since ? fine : coarse;
    const from = Math.max(at - window, level.since ?? now);
    const cells = new Map<Line, Cell>();
    const all = emptySlot();
    const first = Math.floor(from / level.step);
    const last = from < at ? Math.ceil(at / level.step) - 1 : first - 1;
    for (let index = first; index <= last; index++) {
      const slot = level.slots.get(index);
      if (!slot) continue;
      for (const [line, cell] of slot.cells) {
        if (only && !only.has(`${line.type}:${line.key}`)) continue;
        let merged = cells.get(line);
        if (!merged) cells.set(line, (merged = emptyCell()));
        merge(merged, cell);
      }
      for (const kind of ['answers', 'messages'] as const) {
        all.paths[kind].total += slot.paths[kind].total;
        for (const [subject, time] of slot.paths[kind].times)
          if (!only || only.has(subject)) bump(all.paths[kind].times, subject, time);
      }
      for (const [reason, times] of slot.notes) bump(all.notes, reason, times);
      all.skew = Math.max(all.skew, slot.skew);
      all.spans += slot.spans;
    }
    const series = [...cells].flatMap(([line, cell]): Series[] => {
      const { calls, failed } = cell;
      return calls > 0 ? [{ ...line, durations: distributionOf(cell), calls, failed }] : [];
    });
    return {
      ...all,
      ...{ parts: registry.parts(), hops: registry.hops(), series },
      first: Math.max(first * level.step, level.since ?? now),
      last: Math.min((last + 1) * level.step, now),
    };
  }

  return {
    fold,
    read,
    /** All that is told apart now, in the order in which `read` tells it. */
    known: () => ({ parts: registry.parts(), hops: registry.hops() }),
    /** The start of what is remembered; null before the first span. */
    since: () => levels[1].since,
    dropped: () => ({ ...registry.dropped, full: refused }),
    lumped: () => ({ ...registry.lumped }),
    size: () => ({ ...registry.size(), bytes, slots: levels.map(({ slots }) => slots.size) }),
  };
}

const emptySlot = (): Slot => ({
  cells: new Map(),
  paths: { answers: { total: 0, times: new Map() }, messages: { total: 0, times: new Map() } },
  notes: new Map(),
  skew: 0,
  spans: 0,
});

function bump(map: Map<string, number>, key: string, by: number): void {
  const sum = (map.get(key) ?? 0) + by;
  if (sum > 0) map.set(key, sum);
  else map.delete(key);
}
