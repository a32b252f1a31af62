/**
 * A request run through again with one part of it changed. What began after something else had ended is taken to have
 * waited for it; what lay side by side stays side by side, so a call beside a faster one may now hold up the answer.
 */
import type { Milliseconds, RequestSpan, Subject } from '../../graph/index.ts';

/** What is left of its time: 0.5 is 50 % faster, 0 is not there at all. Of a node its own time, of an edge the whole call. */
export type Change = { subject: Subject; left: number };

type Kids = { index: number; start: number; end: number }[];

/**
 * How long each span takes then, in the order of the spans.
 * @param isChanged whether a span's subject, by its index, is the one that is changed
 */
export function replay(
  spans: readonly RequestSpan[],
  isChanged: (subject: number) => boolean,
  { subject, left }: Change,
): Milliseconds[] {
  const kids: Kids[] = spans.map(() => []);
  spans.forEach(([, parent, start, end], index) => {
    if (parent >= 0) kids[parent]!.push({ index, start, end });
  });
  const took: Milliseconds[] = spans.map(() => 0);
  for (let i = spans.length - 1; i >= 0; i--) {
    const [own, , start, end] = spans[i]!;
    const changed = isChanged(own);
    const isNode = subject.type === 'node';
    // A part that is not there is not called.
    const isGone =
      left === 0 && (changed || (isNode && kids[i]!.some(({ index }) => isChanged(spans[index]![0]))));
    took[i] = isGone ? 0 : runThrough(kids[i]!, took, { start, end }, changed && isNode ? left : 1);
    if (changed && !isNode) took[i] = took[i]! * left;
  }
  return took;
}

/** A span's new length, from the new ones of what it called and its own time between. */
function runThrough(
  kids: Kids,
  took: readonly Milliseconds[],
  { start, end }: { start: number; end: number },
  left: number,
): Milliseconds {
  const byStart = kids.toSorted((a, b) => a.start - b.start);
  /** Those called so far, by when they ended: then, and in the new run. */
  const ended: { before: number; now: number }[] = [];
  const after = (time: number, own: number): number => {
    let latest = { before: start, now: 0 };
    for (const each of ended)
      if (each.before <= time)
        latest = { before: Math.max(latest.before, each.before), now: Math.max(latest.now, each.now) };
    return latest.now + (time - latest.before) * own;
  };
  for (const kid of byStart) ended.push({ before: kid.end, now: after(kid.start, left) + took[kid.index]! });
  return after(end, left);
}
