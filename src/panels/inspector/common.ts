/** What several records have in common. Pure. */
import { type BoardEdge, type BoardNode, type ItemList, itemsOf } from '../../graph/index.ts';

/** The value that all share, or undefined. */
export function common<R, T>(records: readonly R[], of: (record: R) => T): T | undefined {
  const [first, ...rest] = records;
  if (first === undefined) return undefined;
  const value = of(first);
  return rest.every((record) => of(record) === value) ? value : undefined;
}

/** `3 nodes, 1 edge`. */
export const countWords = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${count === 1 ? name.slice(0, -1) : name}`)
    .join(', ');

export type SharedItem = {
  name: string;
  /** How many of the records hold it. */
  count: number;
  /** Undefined where those that hold it differ. */
  description: string | undefined;
};

/** Every item that any of the records holds, the most widely held first, else in the order they are met. */
export function sharedItems(records: readonly (BoardNode | BoardEdge)[], list: ItemList): SharedItem[] {
  const items = new Map<string, SharedItem>();
  for (const record of records) {
    const seen = new Set<string>();
    for (const { name, description = '' } of itemsOf(record, list)) {
      const known = items.get(name);
      if (!known) items.set(name, { name, count: 1, description });
      else {
        if (!seen.has(name)) known.count++;
        if (known.description !== description) known.description = undefined;
      }
      seen.add(name);
    }
  }
  return [...items.values()].sort((a, b) => b.count - a.count);
}
