/** Times that can be looked at, and how it is with fetching what was measured then. */
import type { EpochMs, Id, Milliseconds, Reading } from '../graph/index.ts';

/** Readings at `at`, over the `window` before it: as sources remember them, or as a snapshot has them. */
export type Moment = {
  at: EpochMs;
  window: Milliseconds;
  /** Which snapshot; left out where sources are asked. */
  snapshot?: Id;
  /** Moments so far apart are looked at next, most likely, and are fetched along with it. */
  step?: Milliseconds;
};
/** What is compared with, where it is not the latest snapshot. */
export type Comparison = { snapshot: Id } | (Omit<Moment, 'snapshot'> & { label: string });

/** How it is with readings that were asked for; a sentence where they can't be had. */
export type Fetched =
  | { state: 'here'; readings: readonly Reading[]; remark?: string }
  | { state: 'coming' }
  | { state: 'failed'; reason: string };

export type PastState = {
  /** Of the moment that is looked at; null while all is live. */
  moment: Fetched['state'] | null;
  compared: Fetched['state'] | null;
  /** Why something is missing, in a sentence. */
  reason: string | null;
};

export const PRESENT: PastState = { moment: null, compared: null, reason: null };

/** Says what is known of a moment, and goes to fetch it where it is not there yet. */
export type PastProvider = (moment: Moment) => Fetched;
