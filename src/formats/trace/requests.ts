/** Single requests kept with their spans in time, so that it can be asked what would be if a part of them were faster. */
import type { RequestSpan } from '../../graph/index.ts';
import { isBeginning, subjectOf } from './critical-path.ts';
import type { Draft } from './draft.ts';
import { isAsync } from './messages.ts';
import type { Span } from './span.ts';
import type { TalliedRequests } from './tally.ts';
import type { Tree } from './tree.ts';

/** They travel with the board: so many at most, spread evenly over the time they are from. */
const MOST_REQUESTS = 300;
const MOST_SPANS = 6000;
const MOST_SPANS_OF_ONE = 400;

/** Whole requests, from where they came in; those with too many spans to keep are left out. */
export function requestsIn(tree: Tree, draft: Draft): TalliedRequests {
  const roots = tree.spans
    .filter((span) => !tree.parentOf(span) && isBeginning(span) && span.kind !== 'consumer' && !span.untimed)
    .sort((a, b) => Number(a.start - b.start));
  const every = Math.max(1, roots.length / MOST_REQUESTS);
  const index = new Map<string, number>();
  const each: RequestSpan[][] = [];
  let left = MOST_SPANS;
  for (let i = 0; i < roots.length && left > 0; i += every) {
    const spans = spansUnder(roots[Math.floor(i)]!, tree, (span) => {
      const name = subjectOf(span, draft);
      return index.get(name) ?? index.set(name, index.size).get(name)!;
    });
    if (spans.length > Math.min(left, MOST_SPANS_OF_ONE)) continue;
    each.push(spans);
    left -= spans.length;
  }
  return { subjects: [...index.keys()], each };
}

/** Those above first; what lies outside of the span above it is cut off there. */
function spansUnder(root: Span, { childrenOf }: Tree, subjectIndex: (span: Span) => number): RequestSpan[] {
  const spans: RequestSpan[] = [[subjectIndex(root), -1, 0, milliseconds(root.end - root.start)]];
  const open = [{ span: root, at: 0 }];
  for (const { span, at } of open) {
    const [, , from, to] = spans[at]!;
    for (const child of childrenOf(span)) {
      if (isAsync(child, span)) continue;
      const start = Math.max(from, milliseconds(child.start - root.start));
      const end = Math.min(to, milliseconds(child.end - root.start));
      if (start >= end) continue;
      open.push({ span: child, at: spans.length });
      spans.push([subjectIndex(child), at, start, end]);
      if (spans.length > MOST_SPANS_OF_ONE) return spans;
    }
  }
  return spans;
}

/** To a microsecond: the file need not hold more. */
const milliseconds = (nanoseconds: bigint): number => Math.round(Number(nanoseconds) / 1000) / 1000;
