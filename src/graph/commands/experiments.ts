/** Commands of divide and conquer: what was taken out, what was measured, what was put back. */

import type { Action, Experiment, Foretold, Part, Symptom } from '../experiment.ts';
import type { Id } from '../fields.ts';
import type { Patch } from '../patch.ts';
import type { Board, Snapshot } from '../schema.ts';
import type { EpochMs } from '../units.ts';
import { setFields } from './nodes.ts';

/** Keeps what was measured before a part is taken out, and which part it is to be. */
export function beginExperiment(
  _board: Board,
  args: {
    id: Id;
    part: Part;
    action: Action;
    at: EpochMs;
    symptom?: Symptom;
    cost?: number;
    reason?: string;
    prediction?: Foretold;
    /** As measured while nothing was out. */
    before?: Snapshot;
  },
): Patch {
  const { before, ...rest } = args;
  const experiment: Experiment = before ? { ...rest, before: before.id } : rest;
  return {
    ...(before && { snapshots: { added: { [before.id]: before } } }),
    experiments: { added: { [args.id]: experiment } },
  };
}

type Side = 'before' | 'after';
const SIDES: readonly Side[] = ['before', 'after'];

/** Keeps what was measured with the part still in, or out; an earlier such snapshot goes, if nothing else names it. */
export function measureExperiment(board: Board, args: { id: Id; side: Side; snapshot: Snapshot }): Patch {
  const { id, side, snapshot } = args;
  const experiment = board.experiments[id];
  if (!experiment) return {};
  const next: Experiment = { ...experiment, [side]: snapshot.id };
  const experiments = { ...board.experiments, [id]: next };
  return {
    snapshots: {
      added: { [snapshot.id]: snapshot },
      removed: unnamed(board, [experiment[side]], Object.values(experiments)),
    },
    experiments: { updated: { [id]: [experiment, next] } },
  };
}

/** Those of the snapshots that no experiment names any more. */
function unnamed(
  { snapshots }: Board,
  ids: readonly (Id | undefined)[],
  experiments: readonly Experiment[],
): Record<Id, Snapshot> {
  const named = new Set(experiments.flatMap((experiment) => SIDES.map((side) => experiment[side])));
  const found: Record<Id, Snapshot> = {};
  for (const id of ids) if (id !== undefined && !named.has(id) && snapshots[id]) found[id] = snapshots[id];
  return found;
}

/** The part is out of the running system now. */
export const takeOut = (board: Board, args: { id: Id; at: EpochMs }): Patch =>
  setFields(board, {
    collection: 'experiments',
    ids: [args.id],
    fields: { since: args.at, until: undefined },
  });

/** The part is back. */
export const putBack = (board: Board, args: { id: Id; at: EpochMs }): Patch =>
  setFields(board, { collection: 'experiments', ids: [args.id], fields: { until: args.at } });

/** Says what a person knows of an experiment; a field set to undefined is taken away. */
export const tellExperiment = (
  board: Board,
  args: {
    id: Id;
    fields: { [K in 'outcome' | 'note' | 'reason' | 'cost' | 'symptom']?: Experiment[K] | undefined };
  },
): Patch => setFields(board, { collection: 'experiments', ids: [args.id], fields: args.fields });

/** Says that nothing is to be concluded from an experiment; or that something is, again. */
export const withdrawExperiment = (board: Board, args: { id: Id; withdrawn: boolean }): Patch =>
  setFields(board, {
    collection: 'experiments',
    ids: [args.id],
    fields: { withdrawn: args.withdrawn ? true : undefined },
  });

/** Takes an experiment away altogether, with those of its snapshots that no other one names. */
export function removeExperiment(board: Board, args: { id: Id }): Patch {
  const experiment = board.experiments[args.id];
  if (!experiment) return {};
  const others = Object.values(board.experiments).filter(({ id }) => id !== args.id);
  const removed = unnamed(board, [experiment.before, experiment.after], others);
  return { experiments: { removed: { [args.id]: experiment } }, snapshots: { removed } };
}
