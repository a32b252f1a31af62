/** The one mutable place, and the list of actions that keys, menus and help share. */

export { type Action, isEnabled } from './actions/action.ts';
export { duplicateBy, pasteClip, selectedClip } from './actions/clipboard.ts';
export * from './actions/index.ts';
export { addBeside, nameNext } from './actions/sketch.ts';
export { takeSnapshot } from './actions/snapshots.ts';
export { writeEvent } from './actions/time.ts';
export { toggleCollapsed } from './collapse.ts';
export type * from './exporter.ts';
export * from './faces.ts';
export { followPast } from './follow.ts';
export { instanceReadings, type Spread, spreadAt } from './instances.ts';
export { judgeLabels, severityOfComparison } from './judge.ts';
export type { Comparison, Moment } from './moment.ts';
export * from './readings.ts';
export type { Seen } from './seen.ts';
export * from './session.ts';
export { shownSnapshot } from './shown-snapshot.ts';
export * from './spotlight.ts';
export * from './stale.ts';
export type { WorkspaceState } from './state.ts';
export { nodeReadings, tellingEdges } from './throughput.ts';
export * from './workspace.ts';
