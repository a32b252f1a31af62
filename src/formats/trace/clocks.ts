/**
 * Clocks that disagree, set right. A call's answer lies inside the call; where the spans of another clock
 * stick out, that clock is moved, and by as little as the calls leave room for: a clock that fits is left
 * alone, else it goes to the middle of what fits, so that a single call gets as much network time on its way
 * out as on its way back (as Jaeger's clock skew adjuster and Zipkin's lens do for each span).
 *
 * One offset per clock and trace: what the calls of a trace allow is a simple temporal network (Dechter,
 * Meiri and Pearl, 1991). Where no offsets satisfy all calls, not even when every clock may be a millisecond
 * coarse, clocks are not the reason, and nothing is moved.
 */
import { isAsync } from './messages.ts';
import { type ParentOf, type Span, traceOf } from './span.ts';

export type Aligned = {
  spans: readonly Span[];
  /** How many spans were moved, and the furthest of these moves. */
  moved: number;
  furthest: bigint;
  /** Traces in which answers lie outside of their calls in ways that no clock explains. */
  unexplained: number;
};

type Call = { caller: Span; answer: Span };

/** Nanoseconds: JavaScript's clock, and with it its SDK's, tells whole milliseconds. */
const COARSE = 1_000_000;
/** Of one trace; the time to compare them grows with the cube of their number. */
const MOST_CLOCKS = 64;

export function alignClocks(spans: readonly Span[], parentOf: ParentOf): Aligned {
  const calls = new Map<string, Call[]>();
  const odd = new Set<string>();
  for (const answer of spans) {
    const caller = parentOf(answer);
    if (!caller || clockOf(caller) === clockOf(answer) || isAsync(answer, caller)) continue;
    if (caller.untimed || answer.untimed) continue;
    // Longer than its call: it was given up, or nobody waited. No clock would mend that.
    if (answer.end - answer.start > caller.end - caller.start) continue;
    const trace = traceOf(answer);
    const known = calls.get(trace);
    if (known) known.push({ caller, answer });
    else calls.set(trace, [{ caller, answer }]);
    if (answer.start < caller.start || answer.end > caller.end) odd.add(trace);
  }
  let [moved, furthest, unexplained] = [0, 0n, 0];
  if (odd.size === 0) return { spans, moved, furthest, unexplained };
  const offsets = new Map<string, ReadonlyMap<string, bigint>>();
  for (const trace of odd) {
    const found = offsetsOf(calls.get(trace)!, 0) ?? offsetsOf(calls.get(trace)!, COARSE);
    if (found) offsets.set(trace, found);
    else unexplained++;
  }
  const aligned = spans.map((span) => {
    const offset = offsets.get(traceOf(span))?.get(clockOf(span)) ?? 0n;
    if (offset === 0n) return span;
    moved++;
    const size = offset < 0n ? -offset : offset;
    if (size > furthest) furthest = size;
    return { ...span, start: span.start + offset, end: span.end + offset };
  });
  return { spans: aligned, moved, furthest, unexplained };
}

/** Times of one clock can be compared: one machine's, or what comes nearest to that. */
const clockOf = ({ host, instance, service }: Span) => host ?? instance ?? service ?? '';

/** Nanoseconds to be added to each clock of a trace; null when nothing would do. */
function offsetsOf(calls: readonly Call[], slack: number): ReadonlyMap<string, bigint> | null {
  const clocks = clocksOf(calls);
  const most = clocks.length > MOST_CLOCKS ? null : boundsOf(calls, clocks, slack);
  if (!most) return null;
  const offsets: number[] = [];
  for (let i = 0; i < clocks.length; i++) {
    let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let j = 0; j < i; j++) {
      low = Math.max(low, offsets[j]! - most[i]![j]!);
      high = Math.min(high, offsets[j]! + most[j]![i]!);
    }
    offsets.push(low <= 0 && high >= 0 ? 0 : Math.round((low + high) / 2));
  }
  return new Map(clocks.map((clock, i) => [clock, BigInt(offsets[i]!)]));
}

/** Callers before those they call, as far as that goes. */
function clocksOf(calls: readonly Call[]): string[] {
  const called = Map.groupBy(calls, ({ caller }) => clockOf(caller));
  const answering = new Set(calls.map(({ answer }) => clockOf(answer)));
  const first = [...called.keys()].filter((clock) => !answering.has(clock));
  const clocks = new Set(first.length > 0 ? first : called.keys());
  // A set that is walked also meets what is added on the way.
  for (const clock of clocks) for (const { answer } of called.get(clock) ?? []) clocks.add(clockOf(answer));
  for (const clock of called.keys()) clocks.add(clock);
  for (const clock of answering) clocks.add(clock);
  return [...clocks];
}

/**
 * `[i][j]`: how much further than clock i clock j may be moved at most, over all chains of calls between them
 * (Floyd and Warshall). Null when the calls contradict each other.
 */
function boundsOf(calls: readonly Call[], clocks: readonly string[], slack: number): number[][] | null {
  const index = new Map(clocks.map((clock, i) => [clock, i]));
  const most = clocks.map((_, i) => clocks.map((_, j) => (i === j ? 0 : Number.POSITIVE_INFINITY)));
  for (const { caller, answer } of calls) {
    const [i, j] = [index.get(clockOf(caller))!, index.get(clockOf(answer))!];
    most[i]![j] = Math.min(most[i]![j]!, Number(caller.end - answer.end) + slack);
    most[j]![i] = Math.min(most[j]![i]!, Number(answer.start - caller.start) + slack);
  }
  for (let k = 0; k < clocks.length; k++)
    for (let i = 0; i < clocks.length; i++)
      for (let j = 0; j < clocks.length; j++)
        most[i]![j] = Math.min(most[i]![j]!, most[i]![k]! + most[k]![j]!);
  return most.every((row, i) => row[i]! >= 0) ? most : null;
}
