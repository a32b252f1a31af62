/** Versions as they are written: `3.7.1`, `v20`, `15-alpine`, `postgres:16.2`. */
import type { DefaultRange } from './entry.ts';

/** The numbers of a version; null where it has none (`latest`). */
function numbersOf(version: string): number[] | null {
  const tag = version.slice(version.lastIndexOf(':') + 1);
  const found = /\d+(?:\.\d+)*/.exec(tag);
  return found ? found[0].split('.').map(Number) : null;
}

/** Below 0 where `a` is the older one; a shorter version is its own first release (4.0 is 4.0.0). */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a) ?? [], numbersOf(b) ?? []];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export const isVersion = (version: string): boolean => numbersOf(version) !== null;

/** What holds in a version; of a version that isn't known, the newest. Null where the version has no known default. */
export function rangeAt(ranges: readonly DefaultRange[], version: string | undefined): DefaultRange | null {
  if (version === undefined || !isVersion(version)) return ranges.at(-1) ?? null;
  return (
    ranges.find(
      ({ since, until }) =>
        (since === undefined || compareVersions(version, since) >= 0) &&
        (until === undefined || compareVersions(version, until) < 0),
    ) ?? null
  );
}
