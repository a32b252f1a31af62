/** What the ranking says, as data. */
import type { Id, MarkStatus, Metric, Subject } from '../../graph/index.ts';
import type { DefaultsFinding } from '../defaults/words.ts';
import type { Finding } from '../finding.ts';
import type { Own } from './accounts.ts';
import type { Stat } from './levels.ts';

/**
 * One piece of evidence; `weight` in nats: how much likelier it is if this is the culprit than if it is not. Of figures
 * that are distributions `stat` says what of them stands here: the mean (null) or which quantile.
 */
export type Reason = { weight: number } & (
  | {
      kind: 'own time';
      before: number;
      now: number;
      stat: Stat;
      how: Own['how'];
      /** Of all the time that was added anywhere; null where it can't be told. */
      share: number | null;
    }
  /** Means. Null: only quantiles are known, which can't be subtracted. */
  | { kind: 'between'; edge: Id; before: number | null; now: number | null }
  /** All edges at a part, or most of them, became slow between their ends. */
  | { kind: 'network'; edges: number; of: number }
  | { kind: 'errors'; before: number; now: number; share: number | null }
  | { kind: 'saturation'; metric: Metric; before: number | null; now: number; stat: Stat }
  /** Calls for each request that comes to the source. */
  | { kind: 'calls'; edge: Id; before: number; now: number }
  | { kind: 'silent'; metric: Metric }
  | { kind: 'queue'; carrier: Id; metric: Metric; before: number | null; now: number; stat: Stat }
  | { kind: 'instance'; instance: string; metric: Metric; value: number; others: number; stat: Stat }
  | { kind: 'critical path'; before: number; now: number }
  | { kind: 'config'; finding: DefaultsFinding }
  | { kind: 'mark'; status: MarkStatus; hypothesis: string | null }
  | { kind: 'told'; why: string }
);

/** What would speak against it: the symptom stays as it is although the part is taken out. */
export type Refutation = {
  /** Where the symptom is measured; null where nothing was measured that calls for one. */
  symptom: Subject | null;
  metric: Metric;
  /** What it was when all was well, and what it is; null where it wasn't measured. */
  before: number | null;
  now: number | null;
  stat: Stat;
};

export type Suspect = Finding<
  /** `undrawn`: time at that part that none of what is drawn explains. */
  'suspect' | 'undrawn',
  {
    /** The one that differs from its siblings; null is the part as a whole. */
    instance: string | null;
    /** Probability; those of all suspects add up to 1. */
    share: number;
    /** The strongest first; at most three. */
    reasons: readonly Reason[];
    refutedBy: Refutation;
  }
>;
