/** When a figure is too old to be called live. */
import { type EpochMs, isStale as isOld, type Reading, type SourceConfig } from '../graph/index.ts';
import type { SourceHealth } from './faces.ts';

/** The simulator's own pace. */
const SIMULATOR_INTERVAL = 1000;

/**
 * A reading is stale when its source has stopped answering, or when it is too old for its source's pace.
 * What was read from a file is as old as it is, and says so: of itself it is never live and never stale. Beside a source
 * that is asked it would pass for live, so there its age is told as that of a stale figure.
 */
export function isStaleHere(
  reading: Reading,
  now: EpochMs,
  sources: Readonly<Record<string, SourceConfig>>,
  health: Readonly<Record<string, SourceHealth>>,
): boolean {
  const { source } = reading.provenance;
  const config = sources[source];
  if (source.startsWith('file:')) return Object.values(sources).some(({ type }) => type !== 'simulator');
  const state = health[source]?.state;
  if (state === 'lost' || state === 'stale') return true;
  const interval = config && 'interval' in config ? config.interval : SIMULATOR_INTERVAL;
  return isOld(reading, now, interval);
}
