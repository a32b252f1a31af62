/** Slips of the pen: what somebody may have meant. */

/** The name that takes the fewest strokes to get to from this one; null where it would be another word altogether. */
function nearest(name: string, names: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = names
    .map((each) => {
      const said = each.toLowerCase();
      const isCut = wanted.length > 1 && said.startsWith(wanted);
      return { each, strokes: isCut ? 1 : strokesBetween(wanted, said) };
    })
    .sort((a, b) => a.strokes - b.strokes);
  const [first] = ranked;
  return first && first.strokes <= most ? first.each : null;
}

/** ` (did you mean compose?)`, to be put behind what was not found; nothing where nothing is near. */
export function namedLike(name: string, names: readonly string[]): string {
  const found = nearest(name, names);
  return found === null ? '' : ` (did you mean ${found}?)`;
}

/** Letters put in, left out, exchanged, or swapped with their neighbour (optimal string alignment). */
function strokesBetween(a: string, b: string): number {
  let [older, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (isSame ? 0 : 1));
      if (isSwapped) next[j] = Math.min(next[j]!, older[j - 2]! + 1);
    }
    [older, row] = [row, next];
  }
  return row[b.length]!;
}
