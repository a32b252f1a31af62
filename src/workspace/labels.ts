/**
 * What each edge says: worked out when it is asked for, and kept until its reading, the quantile, the
 * baseline or its staleness changes. Canvas, panels and exports all ask here, so that they agree.
 */
import { baselineLatency, latestSnapshot } from '../analysis/index.ts';
import {
  type EpochMs,
  type Id,
  type Milliseconds,
  quantile,
  type Reading,
  type Units,
} from '../graph/index.ts';
import { type EdgeLabel, edgeLabel, type Severity, severityOf } from '../picture/index.ts';
import type { ReadingStore } from './readings.ts';
import { isStaleHere } from './stale.ts';
import type { WorkspaceState } from './state.ts';

export type Labels = {
  of(edge: Id): EdgeLabel;
  /** The label's severity alone: much cheaper where no text is drawn. */
  severity(edge: Id): Severity;
  /** The chosen quantile in the baseline, from the side that `of` speaks from. */
  baseline(edge: Id): Milliseconds | null;
};

type Kept = { reading: Reading | null; stale: boolean; second: number; label: EdgeLabel };

export function createLabels(readings: ReadingStore, get: () => WorkspaceState, now: () => EpochMs): Labels {
  const kept = new Map<Id, Kept>();
  const severities = new Map<Id, { reading: Reading; severity: Severity }>();
  let basis: { quantile: number; units: Units; snapshots: unknown } | null = null;

  /** Forgets everything once the question itself has changed. */
  function settle(): WorkspaceState {
    const state = get();
    const { quantile: q, units } = state.session;
    if (basis?.quantile !== q || basis.units !== units || basis.snapshots !== state.board.snapshots) {
      kept.clear();
      severities.clear();
      basis = { quantile: q, units, snapshots: state.board.snapshots };
    }
    return state;
  }

  const latencyOf = (edge: Id) => readings.best({ type: 'edge', id: edge }, 'latency');
  const staleness = (reading: Reading | null, { board, health }: WorkspaceState) =>
    reading !== null && isStaleHere(reading, now(), board.sources, health);

  function baselineFor(reading: Reading | null, { board, session }: WorkspaceState): Milliseconds | null {
    return reading ? baselineLatency(latestSnapshot(board), reading, session.quantile) : null;
  }

  return {
    of(edge) {
      const state = settle();
      const latency = latencyOf(edge);
      const stale = staleness(latency, state);
      const second = stale ? Math.floor(now() / 1000) : 0;
      const known = kept.get(edge);
      if (known && known.reading === latency && known.stale === stale && known.second === second)
        return known.label;
      const { quantile: q, units } = state.session;
      const baseline = baselineFor(latency, state);
      const label = edgeLabel({ latency, q, baseline, now: now(), stale, units });
      kept.set(edge, { reading: latency, stale, second, label });
      return label;
    },
    severity(edge) {
      const state = settle();
      const latency = latencyOf(edge);
      if (!latency || typeof latency.value === 'number' || staleness(latency, state)) return 'neutral';
      const known = severities.get(edge);
      if (known?.reading === latency) return known.severity;
      const baseline = baselineFor(latency, state);
      const current = baseline === null ? null : quantile(latency.value, state.session.quantile);
      const severity = severityOf(current && baseline ? current.value / baseline : null);
      severities.set(edge, { reading: latency, severity });
      return severity;
    },
    baseline: (edge) => baselineFor(latencyOf(edge), settle()),
  };
}
