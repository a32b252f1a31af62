/** From standard deviations to evidence. */

/**
 * Nats for a change of so many standard deviations, against none: heavy tails (Student's t, 3 degrees of freedom), so
 * that no single figure, however odd, outweighs everything else.
 */
const natsOf = (z: number): number => 2 * Math.log1p((z * z) / 3);

/** What chance alone brings often enough. */
const QUIET = natsOf(1.5);

export const strength = (z: number): number => Math.max(0, natsOf(z) - QUIET);

/** The share of a whole, as far as it is more than chance. */
export const sureShare = (added: number, z: number, whole: number): number =>
  whole > 0 && added > 0 && z > 0 ? (added / whole) * Math.min(1, (z / 3) ** 2) : 0;
