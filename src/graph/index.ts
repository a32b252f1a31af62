/** What a board is and how it may change. Imports nothing of ours: no clock, no randomness, no DOM. */
export * from './apply.ts';
export * from './beside.ts';
export * from './binding.ts';
export * from './candidates.ts';
export * from './commands/arrange.ts';
export * from './commands/board.ts';
export * from './commands/config.ts';
export * from './commands/copy.ts';
export * from './commands/events.ts';
export * from './commands/experiments.ts';
export * from './commands/groups.ts';
export * from './commands/import.ts';
export * from './commands/lists.ts';
export * from './commands/lock.ts';
export * from './commands/marks.ts';
export * from './commands/merge.ts';
export * from './commands/neighbour.ts';
export * from './commands/nodes.ts';
export * from './commands/replace.ts';
export * from './commands/review.ts';
export * from './commands/stack.ts';
export * from './commands/telemetry-names.ts';
export * from './dark.ts';
export * from './distribution.ts';
export * from './edit-distance.ts';
export * from './experiment.ts';
export * from './fault.ts';
export * from './fields.ts';
export * from './geometry.ts';
export * from './grid.ts';
export * from './held.ts';
export * from './history.ts';
export * from './load.ts';
export * from './names.ts';
export * from './observed.ts';
export * from './parse-patch.ts';
export * from './part.ts';
export {
  diffBoards,
  invertPatch,
  isEmptyPatch,
  type Patch,
  sameValue,
  squashPatches,
} from './patch.ts';
export * from './projection.ts';
export * from './reading.ts';
export { type RequestSpan, type Requests, requestsOn } from './requests.ts';
export * from './schema.ts';
export * from './serialize.ts';
export * from './source-config.ts';
export * from './taken-out.ts';
export * from './traverse.ts';
export * from './units.ts';
export * from './walk.ts';
export * from './words.ts';
