/** Names at the ends of lines: beside the last point, none over another; what has no room is in the legend. */

/** CSS pixels from one name to the next. */
const APART = 11;

export type LineEnd = { name: string; y: number; colour: string; strong: boolean };

/**
 * Those that have room, each moved as little as it takes, from top to bottom.
 * @param top where the first may stand, @param bottom where the last may: their middles, the unit of `y`
 */
export function placeEnds(ends: readonly LineEnd[], top: number, bottom: number, apart = APART): LineEnd[] {
  const most = Math.floor((bottom - top) / apart) + 1;
  const kept = ends
    .toSorted((a, b) => Number(b.strong) - Number(a.strong) || a.y - b.y)
    .slice(0, Math.max(0, most))
    .sort((a, b) => a.y - b.y);
  let least = top;
  const placed = kept.map((end, i) => {
    // room is left for those below
    const y = Math.min(Math.max(end.y, least), bottom - (kept.length - 1 - i) * apart);
    least = y + apart;
    return { ...end, y };
  });
  return placed;
}
