/** What a report is made from. */
import type { EpochMs, Symptom } from '../../graph/index.ts';
import type { Comparison } from '../compare/index.ts';
import type { Known } from '../investigation.ts';
import type { Suspect } from '../suspects/index.ts';

export type ReportInput = Known & {
  /** What the experiments look at; null where there is none. */
  symptom: Symptom | null;
  madeAt: EpochMs;
  /** A time in words, with its zone. */
  timeText(at: EpochMs): string;
};

/** And what follows from it that several sections speak of. */
export type Concluded = ReportInput & {
  suspects: readonly Suspect[];
  /** Of all figures with those of the baseline; none where there is no baseline, or nothing is measured. */
  comparisons: readonly Comparison[];
};
