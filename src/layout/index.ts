/**
 * Proposes where things go: positions from ELK or, to tidy, near where they are, routes that go round nodes,
 * places for edge labels. Never writes to a board. The two ways to run ELK are files of their own, so that Node never meets the browser's:
 * browser.ts (a worker) and node.ts (in this process).
 */
export type { Direction } from './elk-graph.ts';
export {
  createLayoutEngine,
  type Elk,
  type LayoutEngine,
  type LayoutOptions,
  type LayoutResult,
} from './engine.ts';
export type { Placement } from './place.ts';
export { PILL } from './router/labels.ts';
export { quickRoute } from './router/quick.ts';
export { createRouter, type Router } from './router/router.ts';
export { movement, tidy } from './tidy.ts';
