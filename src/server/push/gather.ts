/**
 * Spans come in batches, in any order and more than once; a trace is worth reading when it is whole. So spans are
 * gathered by trace until no more come, tallied and folded into the ring. They are kept for a while after: when another
 * span of the trace comes late, what the trace had said is taken back and said anew. Traces are tallied one by one, so
 * that the figures do not depend on how the spans were batched.
 *
 * Invariant: no more than `limits.spans` spans and `limits.spanBytes` are held. When it gets tight the oldest that were
 * already counted go first, then waiting is cut short; no span is dropped for it.
 */
import { type Span, tallySpans } from '../../formats/index.ts';
import type { EpochMs } from '../../graph/index.ts';
import { type Limits, TIMES } from './limits.ts';
import type { Ring } from './ring.ts';
import { traceOf, weightOf } from './span.ts';

type Unit = {
  traces: string[];
  /** By key; those that have been counted come first. */
  spans: Map<string, Span>;
  counted: number;
  /** Where it was counted; null when it has not been. */
  at: EpochMs | null;
  /** When its first and its last uncounted span came. */
  first: EpochMs;
  last: EpochMs;
  bytes: number;
};

export type Gathered = {
  /** Counted in the past, where they ended; too old to be remembered at all; told to end in the future. */
  late: number;
  tooOld: number;
  ahead: number;
  /** Spans that were there already. */
  repeated: number;
  /** Traces counted before they were whole, for want of room; and counted again, for a late span. */
  hurried: number;
  amended: number;
};

export function createGatherer(ring: Ring, memory: number, limits: Limits) {
  /** Both in the order in which they were begun, or counted. */
  const waiting = new Set<Unit>();
  const kept = new Set<Unit>();
  const byTrace = new Map<string, Unit>();
  /** Traces that are linked to and have not come yet, with who links to them. */
  const awaited = new Map<string, Unit>();
  const gathered: Gathered = { late: 0, tooOld: 0, ahead: 0, repeated: 0, hurried: 0, amended: 0 };
  let spans = 0;
  let bytes = 0;

  function add(span: Span, now: EpochMs): void {
    const trace = traceOf(span.key);
    const unit = byTrace.get(trace) ?? unitFor(trace, now);
    if (unit.spans.has(span.key)) {
      gathered.repeated++;
      return;
    }
    if (!waiting.has(unit)) {
      kept.delete(unit);
      waiting.add(unit);
      unit.first = now;
    }
    unit.last = now;
    const weight = weightOf(span);
    unit.spans.set(span.key, span);
    unit.bytes += weight;
    bytes += weight;
    spans++;
    if (unit.spans.size >= limits.trace) {
      count(unit, now);
      letGo(unit);
    }
    while (spans > limits.spans || bytes > limits.spanBytes) makeRoom(now);
  }

  /** Where the spans of a new trace go. */
  function unitFor(trace: string, now: EpochMs): Unit {
    let unit = awaited.get(trace);
    if (unit) {
      awaited.delete(trace);
      unit.traces.push(trace);
    } else {
      unit = { traces: [trace], spans: new Map(), counted: 0, at: null, first: now, last: now, bytes: 0 };
    }
    byTrace.set(trace, unit);
    return unit;
  }

  function makeRoom(now: EpochMs): void {
    const [oldest] = kept;
    if (oldest) return letGo(oldest);
    const [longest] = waiting;
    if (!longest) return;
    gathered.hurried++;
    count(longest, now);
    letGo(longest);
  }

  function letGo(unit: Unit): void {
    waiting.delete(unit);
    kept.delete(unit);
    for (const trace of unit.traces) byTrace.delete(trace);
    for (const { links } of unit.spans.values())
      for (const link of links) if (awaited.get(traceOf(link)) === unit) awaited.delete(traceOf(link));
    spans -= unit.spans.size;
    bytes -= unit.bytes;
  }

  /** Folds a unit into the ring; what it had said before is taken back first. */
  function count(unit: Unit, now: EpochMs): void {
    joinLinked(unit, now);
    const all = [...unit.spans.values()];
    const before = unit.at;
    if (before !== null) {
      gathered.amended++;
      ring.fold(tallySpans(all.slice(0, unit.counted)), before, now, -1);
    }
    const tally = tallySpans(all);
    unit.at = before ?? placeOf(tally.last, all.length, now);
    unit.counted = all.length;
    if (unit.at !== null) ring.fold(tally, unit.at, now, 1);
    waiting.delete(unit);
    kept.add(unit);
  }

  /** Where it is counted: now, as ordinary batches come, or else when it ended. Null when nobody remembers that time. */
  function placeOf(ended: EpochMs, number: number, now: EpochMs): EpochMs | null {
    if (ended > now + TIMES.late) gathered.ahead += number;
    if (ended >= now - TIMES.late) return now;
    if (ended <= now - memory) {
      gathered.tooOld += number;
      return null;
    }
    gathered.late += number;
    return ended;
  }

  /** Messages link to the trace that sent them: only together they tell how long they waited. */
  function joinLinked(unit: Unit, now: EpochMs): void {
    for (const span of [...unit.spans.values()])
      for (const link of span.links) {
        const other = byTrace.get(traceOf(link));
        if (!other) awaited.set(traceOf(link), unit);
        if (!other?.spans.has(link) || other === unit) continue;
        if (other.spans.size + unit.spans.size > limits.trace) continue;
        if (other.at !== null) {
          gathered.amended++;
          ring.fold(tallySpans([...other.spans.values()].slice(0, other.counted)), other.at, now, -1);
        }
        absorb(unit, other);
      }
  }

  function absorb(unit: Unit, other: Unit): void {
    waiting.delete(other);
    kept.delete(other);
    for (const trace of other.traces) byTrace.set(trace, unit);
    for (const { links } of other.spans.values())
      for (const link of links) if (awaited.get(traceOf(link)) === other) awaited.set(traceOf(link), unit);
    unit.traces.push(...other.traces);
    for (const [key, span] of other.spans) unit.spans.set(key, span);
    unit.bytes += other.bytes;
  }

  return {
    gathered,
    add,
    /**
     * Counts what is whole by now, and lets go of what was kept long enough. To be called a few times a second.
     * @param most spans counted at a stretch, so that others get their turn
     * @returns true when there is more to count
     */
    tick(now: EpochMs, most = Number.POSITIVE_INFINITY): boolean {
      let counted = 0;
      for (const unit of waiting) {
        // A clock that was set back must not keep anything waiting.
        const isWhole = now < unit.last || now - unit.last >= TIMES.idle || now - unit.first >= TIMES.longest;
        if (!isWhole) continue;
        if (counted >= most) return true;
        counted += unit.spans.size;
        count(unit, now);
      }
      for (const unit of kept) {
        if (now >= unit.last && now - unit.last < TIMES.kept) break;
        letGo(unit);
      }
      return false;
    },
    size: () => ({ spans, bytes, traces: byTrace.size, awaited: awaited.size }),
  };
}
