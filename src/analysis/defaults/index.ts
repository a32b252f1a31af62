/** The defaults audit: configs against what their makers ship, against each other, and what they cost by themselves. */
export { audit, type KeyFinding } from './audit.ts';
export { CATALOGUE } from './catalogue.ts';
export { type Contradiction, contradictions } from './contradictions.ts';
export { latencyFloor } from './floor.ts';
export type { NodeConfig } from './settings.ts';
export { floorSentence, sentenceOf } from './words.ts';
