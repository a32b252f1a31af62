/**
 * What each edge says: worked out when it is asked for, and kept until its reading, the quantile, the
 * baseline or its staleness changes. Canvas, panels and exports all ask here, so that they agree.
 */
import { baselineLatency } from '../analysis/index.ts';
import {
  type EpochMs,
  type Id,
  type Milliseconds,
  quantile,
  type Reading,
  type Snapshot,
  type Units,
} from '../graph/index.ts';
import { type EdgeLabel, edgeLabel, SEVERITIES, type Severity, severityOf } from '../picture/index.ts';
import { bundleOf } from './bundle.ts';
import type { ReadingStore } from './readings.ts';
import type { WorkspaceState } from './state.ts';

export type Labels = {
  of(edge: Id): EdgeLabel;
  /** The label's severity alone: much cheaper where no text is drawn. */
  severity(edge: Id): Severity;
  /** The chosen quantile in the baseline, from the side that `of` speaks from. */
  baseline(edge: Id): Milliseconds | null;
  /** Who says how grave a change is, where its ratio alone says that there is one. */
  judgeBy(judge: Judge): void;
};
/** How grave it is; null where only the ratio can say. */
type Judge = (before: Snapshot, after: Reading) => Severity | null;

type Kept = { reading: Reading | null; stale: boolean; second: number; label: EdgeLabel };

type Input = {
  readings: ReadingStore;
  get: () => WorkspaceState;
  now: () => EpochMs;
  isStale: (reading: Reading) => boolean;
  /** What is compared with. */
  baseline: () => Snapshot | null;
  /** The edges that a drawn edge stands for, where it stands for several. */
  partsOf: (edge: Id) => readonly Id[] | undefined;
};

export function createLabels({ readings, get, now, isStale, baseline, partsOf }: Input): Labels {
  const kept = new Map<Id, Kept>();
  const severities = new Map<Id, { reading: Reading; severity: Severity }>();
  let basis: { quantile: number; units: Units; compared: Snapshot | null } | null = null;

  let judge: Judge = () => null;
  /** A ratio is one of chance, too: what looks changed is judged. */
  function judged(severity: Severity, reading: Reading | null): Severity {
    const before = baseline();
    const isCalm = severity === 'neutral' || severity === 'same';
    return (!isCalm && reading && before && judge(before, reading)) || severity;
  }

  /** Forgets everything once the question itself has changed. */
  function settle(): WorkspaceState {
    const state = get();
    const { quantile: q, units } = state.session;
    const compared = baseline();
    if (basis?.quantile !== q || basis.units !== units || basis.compared !== compared) {
      kept.clear();
      severities.clear();
      basis = { quantile: q, units, compared };
    }
    return state;
  }

  const latencyOf = (edge: Id) => readings.best({ type: 'edge', id: edge }, 'latency');
  const staleness = (reading: Reading | null) => reading !== null && isStale(reading);

  function baselineFor(reading: Reading | null, { session }: WorkspaceState): Milliseconds | null {
    return reading ? baselineLatency(baseline(), reading, session.quantile) : null;
  }

  /** Told as one; as grave as the gravest of them. */
  function ofSeveral(edge: Id, parts: readonly Id[]): EdgeLabel {
    const state = settle();
    const { quantile: q, units } = state.session;
    const all = parts.map(latencyOf);
    const fresh = all.map((reading) => (staleness(reading) ? null : reading));
    const bundle = bundleOf(edge, fresh.some((reading) => reading) ? fresh : all, q);
    const { reading: latency } = bundle;
    const stale = staleness(latency);
    const baseline = bundle.edge === null ? null : baselineFor(latency, state);
    const label = edgeLabel({ latency, q, baseline, now: now(), stale, units });
    const severity = severityOfSeveral(parts);
    if (latency === null) return label;
    return { ...label, severity, text: `${label.text} · ${bundle.words}` };
  }

  const severityOfSeveral = (parts: readonly Id[]): Severity =>
    parts
      .map(labels.severity)
      .reduce((a, b) => (SEVERITIES.indexOf(b) > SEVERITIES.indexOf(a) ? b : a), 'neutral');

  const labels: Labels = {
    of(edge) {
      const parts = partsOf(edge);
      if (parts) return ofSeveral(edge, parts);
      const state = settle();
      const latency = latencyOf(edge);
      const stale = staleness(latency);
      const second = stale ? Math.floor(now() / 1000) : 0;
      const known = kept.get(edge);
      if (known && known.reading === latency && known.stale === stale && known.second === second)
        return known.label;
      const { quantile: q, units } = state.session;
      const baseline = baselineFor(latency, state);
      const plain = edgeLabel({ latency, q, baseline, now: now(), stale, units });
      const label = { ...plain, severity: judged(plain.severity, latency) };
      kept.set(edge, { reading: latency, stale, second, label });
      return label;
    },
    severity(edge) {
      const parts = partsOf(edge);
      if (parts) return severityOfSeveral(parts);
      const state = settle();
      const latency = latencyOf(edge);
      if (!latency || typeof latency.value === 'number' || staleness(latency)) return 'neutral';
      const known = severities.get(edge);
      if (known?.reading === latency) return known.severity;
      const baseline = baselineFor(latency, state);
      const current = baseline === null ? null : quantile(latency.value, state.session.quantile);
      const severity = judged(severityOf(current && baseline ? current.value / baseline : null), latency);
      severities.set(edge, { reading: latency, severity });
      return severity;
    },
    baseline: (edge) => baselineFor(latencyOf(edge), settle()),
    judgeBy(next) {
      judge = next;
      kept.clear();
      severities.clear();
    },
  };
  return labels;
}
