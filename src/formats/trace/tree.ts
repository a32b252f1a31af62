/** Spans as the trees they are: who caused whom, and who waited for whom. */
import { type Draft, note } from './draft.ts';
import type { ParentOf, Span } from './span.ts';

export type Tree = {
  spans: readonly Span[];
  byKey: ReadonlyMap<string, Span>;
  parentOf: ParentOf;
  childrenOf(span: Span): readonly Span[];
};

const NONE: readonly Span[] = [];

export function treeOf(spans: readonly Span[]): Tree {
  const byKey = new Map(spans.map((span) => [span.key, span]));
  const children = new Map<string, Span[]>();
  for (const span of spans) {
    if (span.parent === null) continue;
    const known = children.get(span.parent);
    if (known) known.push(span);
    else children.set(span.parent, [span]);
  }
  return {
    spans,
    byKey,
    parentOf: (span) => (span.parent === null ? undefined : byKey.get(span.parent)),
    childrenOf: (span) => children.get(span.key) ?? NONE,
  };
}

/** A span that stands there twice is one span. */
export function distinct(spans: readonly Span[], draft: Draft): Span[] {
  const byKey = new Map<string, Span>();
  for (const span of spans) if (!byKey.has(span.key)) byKey.set(span.key, span);
  const twice = spans.length - byKey.size;
  if (twice > 0) note(draft, 'spans left out because they repeat the id of an earlier one', twice);
  return [...byKey.values()];
}
