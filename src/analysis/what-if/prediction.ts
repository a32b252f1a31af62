/** What a what-if says, as data. */
import type { Milliseconds, Ratio, Subject } from '../../graph/index.ts';
import type { Change } from './replay.ts';

/** What a prediction takes for granted. */
export type Assumption =
  | 'calls after one another wait for each other'
  | 'own time only'
  | 'whole call'
  | 'not called'
  | 'same for all requests'
  | 'waits as one queue'
  | 'no waiting known'
  | 'one after the other'
  | 'nothing else changes';

export type Prediction = {
  by: 'traces' | 'queueing';
  symptom: Subject;
  change: Change;
  q: number;
  before: Milliseconds;
  after: Milliseconds;
  /** after ÷ before. */
  ratio: Ratio;
  /** Requests that were run through again; null where none were. */
  requests: number | null;
  assumptions: readonly Assumption[];
};
export type NoPrediction = { reason: string };
