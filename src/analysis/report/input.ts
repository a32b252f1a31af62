/** What a report is made from. */
import type { EpochMs, Symptom } from '../../graph/index.ts';
import type { Known } from '../investigation.ts';

export type ReportInput = Known & {
  /** What the experiments look at; null where there is none. */
  symptom: Symptom | null;
  madeAt: EpochMs;
  /** A time in words, with its zone. */
  timeText(at: EpochMs): string;
};
