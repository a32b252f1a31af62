/** The defaults audit: configs against what their makers ship, against each other, and what they cost by themselves. */
export { audit, type KeyFinding } from './audit.ts';
export { CATALOGUE, systemsOf } from './catalogue.ts';
export { type Contradiction, contradictions } from './contradictions.ts';
export type { DefaultRange, Key, Source, System } from './entry.ts';
export { type FloorPart, type LatencyFloor, latencyFloor } from './floor.ts';
export type { Patience } from './patience.ts';
export type { Held, NodeConfig } from './settings.ts';
export { type DefaultsFinding, floorSentence, sentenceOf } from './words.ts';
