/** Repeatable chance: numbers that depend on nothing but their arguments, so every run looks the same. */

/** 32 bits from a seed and a name (FNV-1a). */
export function hashOf(seed: number, name: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** The n-th number in [0, 1) that belongs to a hash (a 32-bit integer finaliser). */
export function chance(hash: number, n: number): number {
  let x = (hash + Math.imul(n, 0x9e3779b9)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** A number in [low, high), evenly spread on a logarithmic scale. */
export const between = (hash: number, n: number, low: number, high: number): number =>
  low * (high / low) ** chance(hash, n);

/** Two slow waves and a little noise around 1: at most ±`size`. `tick` counts seconds. */
export function wobble(hash: number, tick: number, size: number): number {
  const phase = 2 * Math.PI * chance(hash, 101);
  const slow = Math.sin((2 * Math.PI * tick) / (80 + 60 * chance(hash, 102)) + phase);
  const quick = Math.sin((2 * Math.PI * tick) / (17 + 11 * chance(hash, 103)) + 2 * phase);
  const noise = 2 * chance(hash, 1000 + tick) - 1;
  return 1 + size * (0.55 * slow + 0.25 * quick + 0.2 * noise);
}
