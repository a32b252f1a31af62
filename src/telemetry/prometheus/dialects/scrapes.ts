/** One process may be scraped by two jobs, or tell the same under an old and a new name: one of them counts. */

/**
 * Of all that speaks of the same thing, what was scraped the same way as the first.
 * @param same tells things apart
 * @param scrape tells ways apart by which one thing came in
 */
export function oneScrape<T>(
  all: readonly T[],
  same: (each: T) => string,
  scrape: (each: T) => string,
): { kept: T[]; twice: ReadonlySet<string> } {
  const chosen = new Map<string, string>();
  const twice = new Set<string>();
  const kept = all.filter((each) => {
    const what = same(each);
    const way = scrape(each);
    const first = chosen.get(what) ?? way;
    chosen.set(what, first);
    if (first !== way) twice.add(way);
    return first === way;
  });
  return { kept, twice };
}

/** What is said of figures that came in twice. */
export const twiceRemark = (twice: ReadonlySet<string>): readonly string[] =>
  twice.size === 0
    ? []
    : [
        `The same figures come in twice, also by way of ${[...twice].sort().join(', ')}: they are counted once.`,
      ];
