/** Beside figures of one instance, what is known of all of them only says so. */
import type { Reading } from '../../graph/index.ts';

/** @param beside what speaks first there */
export function OfAll({ reading, beside }: { reading: Reading | null; beside: Reading | null }) {
  if (!reading || reading.instance !== null || beside?.instance == null) return null;
  return <span className="faint"> of all</span>;
}
