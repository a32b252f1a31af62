/** What several records have in common. Pure. */

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
