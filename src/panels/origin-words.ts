/** Where a part or an edge is from, in words. Pure. */
import type { Origin } from '../graph/index.ts';

const WORDS: Record<Origin['how'], (place: string) => string> = {
  observed: (place) => `observed in traffic (${place})`,
  stated: (place) => `stated in ${place}`,
  inferred: (place) => `inferred from configuration (${place})`,
};
/** What has been seen needs no other proof; what a file says weighs more than what follows from it. */
const ORDER = Object.keys(WORDS);

/** `stated in compose.yaml:12`. */
function originWords({ how, from, at }: Origin): string {
  const line = /^line (\d+)$/.exec(at ?? '')?.[1];
  return WORDS[how](line !== undefined ? `${from}:${line}` : at === undefined ? from : `${from}, ${at}`);
}

/** One line for each, the surest first; of more than `most` the rest is counted. */
export function originLines(origins: readonly Origin[], most: number): string[] {
  const lines = [
    ...new Set(origins.toSorted((a, b) => ORDER.indexOf(a.how) - ORDER.indexOf(b.how)).map(originWords)),
  ];
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `and ${more} more`] : lines;
}
