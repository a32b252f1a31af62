/** From standard deviations to evidence. */

/**
 * Nats for a change of so many standard deviations, against none: heavy tails (Student's t, 3 degrees of freedom), so
 * that no single figure, however odd, outweighs everything else.
 */
const natsOf = (z: number): number => 2 * Math.log1p((z * z) / 3);

/** What chance alone brings often enough. */
const QUIET = natsOf(1.5);

export const strength = (z: number): number => Math.max(0, natsOf(z) - QUIET);

/** How much of a figure that rose by so many standard deviations is to be believed. */
export const sure = (z: number): number => (z > 0 ? Math.min(1, (z / 3) ** 2) : 0);

/** Which share of all that was added, as far as it is more than chance, was added here. */
export function sharesOf(all: readonly { added: number | null; z: number }[]) {
  const believed = ({ added, z }: { added: number | null; z: number }) => Math.max(0, added ?? 0) * sure(z);
  const whole = all.reduce((sum, each) => sum + believed(each), 0);
  return (each: { added: number | null; z: number }) => (whole > 0 ? believed(each) / whole : 0);
}
