/**
 * The critical path of each trace: at every moment of it the one span that held up the end. Found backwards,
 * as in CRISP (Zhang and others, USENIX ATC 2022) and Jaeger's UI: from the end of a span to its child that
 * finished last, from where that child began to the child that finished last before, and so on; what no such
 * child fills is the span's own. Children count as far as they lie inside of their parent.
 *
 * Time in a span that waits for another part (a call around its answer, a query) belongs to the edge: network
 * and queue, and the answering part itself where nothing was heard of it. All other time belongs to the node.
 * Nobody waits for what is taken up asynchronously: it is a path of its own, told apart from those of answers.
 */
import { type Draft, leaves, serviceFor } from './draft.ts';
import { isAsync } from './messages.ts';
import type { Span } from './span.ts';
import type { PathTimes } from './tally.ts';
import type { Tree } from './tree.ts';

type Sums = { total: number; times: Map<string, number> };

export function criticalPaths(tree: Tree, draft: Draft): { answers: PathTimes; messages: PathTimes } {
  const answers: Sums = { total: 0, times: new Map() };
  const messages: Sums = { total: 0, times: new Map() };
  for (const span of tree.spans) {
    const parent = tree.parentOf(span);
    if (parent ? !isAsync(span, parent) : !isBeginning(span)) continue;
    const into = parent || span.kind === 'consumer' ? messages : answers;
    walkBack(span, tree, (on, nanoseconds) => {
      const name = subjectOf(on, draft);
      into.times.set(name, (into.times.get(name) ?? 0) + nanoseconds);
      into.total += nanoseconds;
    });
  }
  return { answers: inMilliseconds(answers), messages: inMilliseconds(messages) };
}

/** What lies above a fragment may have taken longer than anything in it; a request tells its own end to end. */
export const isBeginning = ({ parent, kind }: Span) =>
  parent === null || kind === 'server' || kind === 'consumer';

/** `node:KEY` or `edge:KEY`. */
export function subjectOf(span: Span, draft: Draft): string {
  const hop = leaves(span, draft) ? draft.timed.get(span) : undefined;
  return hop ? `edge:${hop.key}` : `node:${serviceFor(draft, span.service).key}`;
}

/** Tells whose each piece of the time from a span's start to its end is, nanoseconds. */
function walkBack(root: Span, { childrenOf }: Tree, tell: (on: Span, nanoseconds: number) => void): void {
  const sinceRoot = (time: bigint) => Number(time - root.start);
  const open = [{ span: root, from: 0, to: sinceRoot(root.end) }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { span, from, to } = next;
    let until = to;
    const children = childrenOf(span)
      .filter((child) => !isAsync(child, span))
      .map((child) => ({
        span: child,
        from: Math.max(from, sinceRoot(child.start)),
        to: Math.min(to, sinceRoot(child.end)),
      }))
      .filter((child) => child.from < child.to)
      // Of two that end together the longer one held up the end.
      .sort((a, b) => b.to - a.to || a.from - b.from);
    for (const child of children) {
      if (child.to > until) continue;
      if (child.to < until) tell(span, until - child.to);
      open.push(child);
      until = child.from;
    }
    if (from < until) tell(span, until - from);
  }
}

const inMilliseconds = ({ total, times }: Sums): PathTimes => ({
  total: total / 1e6,
  times: new Map([...times].map(([name, nanoseconds]) => [name, nanoseconds / 1e6])),
});
