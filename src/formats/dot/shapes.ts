/** Shapes of Graphviz's that mean something, and those that kinds are drawn with. */
import type { NodeKind } from '../../graph/index.ts';

const HINTS: ReadonlyMap<string, NodeKind> = new Map([
  ['cylinder', 'database'],
  ['folder', 'storage'],
]);

export const hintOfShape = (shape: string): NodeKind | null => HINTS.get(shape) ?? null;

export const SHAPE_OF: Readonly<Record<NodeKind, string>> = {
  client: 'ellipse',
  gateway: 'hexagon',
  service: 'box',
  worker: 'component',
  function: 'invhouse',
  broker: 'parallelogram',
  topic: 'cds',
  queue: 'cds',
  database: 'cylinder',
  cache: 'cylinder',
  storage: 'folder',
  'load balancer': 'diamond',
  external: 'doubleoctagon',
};
