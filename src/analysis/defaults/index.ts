/** The defaults audit: configs against what their makers ship, against each other, and what they cost by themselves. */
export { audit, type KeyFinding } from './audit.ts';
export { auditBoard, type BoardFinding, nodesOf } from './board.ts';
export { CATALOGUE, systemsOf } from './catalogue.ts';
export { type Contradiction, contradictions } from './contradictions.ts';
export { type LatencyFloor, latencyFloor } from './floor.ts';
export { configOf, systemOf } from './guess.ts';
export type { NodeConfig } from './settings.ts';
export { floorSentence, sentenceOf } from './words.ts';
