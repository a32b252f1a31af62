/** Slips of the pen: what somebody may have meant. */
import { editDistance } from '../graph/index.ts';

/** The name that takes the fewest strokes to get to from this one; null where it would be another word altogether. */
function nearest(name: string, names: readonly string[]): string | null {
  const wanted = name.toLowerCase();
  const most = Math.max(1, Math.floor(wanted.length / 3));
  const ranked = names
    .map((each) => {
      const said = each.toLowerCase();
      const isCut = wanted.length > 1 && said.startsWith(wanted);
      return { each, strokes: isCut ? 1 : editDistance(wanted, said) };
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
