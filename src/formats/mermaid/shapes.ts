/** Shapes of a flowchart's nodes: by brackets, by name, and for every kind. */
import type { NodeKind } from '../../graph/index.ts';

/** Longest brackets first, since one begins with another. */
export const BRACKETS: readonly (readonly [
  open: string,
  closes: readonly string[],
  kind: NodeKind | null,
])[] = [
  ['(((', [')))'], null],
  ['((', ['))'], null],
  ['([', ['])'], null],
  ['(-', ['-)'], null],
  ['(', [')'], null],
  ['[[', [']]'], null],
  ['[(', [')]'], 'database'],
  ['[/', ['/]', '\\]'], null],
  ['[\\', ['\\]', '/]'], null],
  ['[|', ['|]'], null],
  ['[', [']'], null],
  ['{{', ['}}'], null],
  ['{', ['}'], null],
  ['>', [']'], null],
];

/** By the names that `@{ shape: … }` knows. */
export const SHAPE_KINDS: ReadonlyMap<string, NodeKind> = new Map([
  ['cyl', 'database'],
  ['cylinder', 'database'],
  ['database', 'database'],
  ['db', 'database'],
  ['h-cyl', 'queue'],
  ['das', 'queue'],
  ['horizontal-cylinder', 'queue'],
  ['lin-cyl', 'storage'],
  ['disk', 'storage'],
  ['lined-cylinder', 'storage'],
  ['bow-rect', 'storage'],
  ['stored-data', 'storage'],
  ['bow-tie-rectangle', 'storage'],
  ['datastore', 'database'],
  ['data-store', 'database'],
]);

/** As every version of Mermaid draws them; a class beside it says the kind. */
export const BRACKETS_OF: Readonly<Record<NodeKind, readonly [open: string, close: string]>> = {
  client: ['([', '])'],
  gateway: ['{{', '}}'],
  service: ['[', ']'],
  worker: ['[[', ']]'],
  function: ['(', ')'],
  broker: ['[/', '\\]'],
  topic: ['[/', '/]'],
  queue: ['[/', '/]'],
  database: ['[(', ')]'],
  cache: ['[(', ')]'],
  storage: ['[(', ')]'],
  'load balancer': ['{', '}'],
  external: ['((', '))'],
};
