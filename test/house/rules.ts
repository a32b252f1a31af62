/** The rules of the house, as data. Why canvas, panels and workspace may draw on picture: docs/decisions/rooms.md. */

export const ROOMS: Record<string, readonly string[]> = {
  graph: [],
  analysis: ['graph'],
  formats: ['graph'],
  layout: ['graph'],
  picture: ['graph'],
  telemetry: ['graph'],
  sync: ['graph'],
  workspace: ['graph', 'analysis', 'picture'],
  canvas: ['graph', 'workspace', 'picture'],
  panels: ['graph', 'analysis', 'workspace', 'picture'],
  server: ['graph', 'sync', 'telemetry', 'formats'],
  cli: ['graph', 'analysis', 'formats', 'layout', 'picture', 'telemetry', 'server'],
  app: [
    'graph',
    'analysis',
    'formats',
    'layout',
    'picture',
    'telemetry',
    'sync',
    'workspace',
    'canvas',
    'panels',
  ],
};

/** Files beside the face that a bundle starts from or a platform needs, and the rooms that may name them. */
export const ENTRIES: Record<string, readonly string[]> = {
  'src/layout/browser.ts': ['app'],
  'src/layout/tidy-worker.ts': ['app'],
  'src/layout/node.ts': ['cli'],
  'src/formats/worker.ts': ['app'],
  'src/server/main.ts': ['cli'],
};

/** Libraries that belong to rooms; a name ending in / stands for everything under it. */
export const LIBRARIES: readonly (readonly [library: string, rooms: readonly string[]])[] = [
  ['react', ['canvas', 'panels', 'app']],
  ['react-dom', ['canvas', 'panels', 'app']],
  ['@xyflow/react', ['canvas']],
  ['elkjs', ['layout']],
  ['zustand', ['workspace']],
  ['idb', ['sync']],
  ['yjs', ['sync', 'server']],
  ['node:', ['server', 'cli']],
];

/** Rooms without clock, chance, network or screen: all of it comes in as arguments. */
export const PURE_ROOMS = ['graph', 'analysis', 'formats', 'picture'];
/** A worker's first file talks to its page; what it calls stays pure. */
export const IMPURE_FILES = ['src/formats/worker.ts'];

export const IMPURE_GLOBALS = new Set([
  ...['performance', 'crypto', 'Temporal'],
  ...['setTimeout', 'setInterval', 'setImmediate', 'requestAnimationFrame', 'requestIdleCallback'],
  ...['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'BroadcastChannel', 'Worker', 'postMessage'],
  ...['window', 'document', 'navigator', 'location', 'history', 'self', 'globalThis', 'global', 'process'],
  ...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'Image', 'DOMParser', 'getComputedStyle'],
]);
export const IMPURE_MEMBERS = new Set(['Date.now', 'Math.random']);

export const MOST_LINES = 300;
/** Measured tables, written by a program. */
export const GENERATED = ['src/picture/font-widths.ts'];
