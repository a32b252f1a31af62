/** Where figures are from, as the report says it. */
import { formatDuration, type Reading, type Snapshot } from '../../graph/index.ts';

/** `Prometheus localhost:9090, over 1 min`. */
export const sourceOf = ({ provenance: { label, simulated }, window }: Reading): string =>
  `${simulated && !/simulat/i.test(label) ? `${label} (simulated)` : label}${window > 0 ? `, over ${formatDuration(window)}` : ''}`;

/** Every source that a snapshot's figures are from, once. */
export function sourcesOf({ readings }: Snapshot): string {
  const labels = readings.map(({ provenance: { label, simulated } }) =>
    simulated && !/simulat/i.test(label) ? `${label} (simulated)` : label,
  );
  return [...new Set(labels)].join(', ') || 'no figures';
}
