/** A workspace with nothing around it: no layout, no storage, no page. */
import { type Board, emptyBoard, type Milliseconds } from '../../src/graph/index.ts';
import { createWorkspace, type Routes, type Services, type Workspace } from '../../src/workspace/index.ts';

/** Lines that are never drawn. */
export const NO_ROUTES: Routes = {
  update() {},
  work: () => false,
  routes: new Map(),
  labels: new Map(),
  version: 0,
  quick: () => [],
};

/** What is outside of the workspace is asked, and does nothing. */
const IDLE = new Proxy({} as Services, { get: () => () => {} });

type Parts = { now?: () => number; routes?: Routes; services?: Services };

/** Ids that it gives are `new 0`, `new 1` and so on. */
export function workspaceOf(board: Board, parts: Parts = {}): Workspace {
  let count = 0;
  const newId = () => `new ${count++}`;
  return createWorkspace({ board, newId, now: () => 0, routes: NO_ROUTES, services: IDLE, ...parts });
}

/** a → z. */
export const PAIR: Board = {
  ...emptyBoard('b'),
  nodes: {
    a: { id: 'a', name: 'a', kind: 'service', position: [0, 0] },
    z: { id: 'z', name: 'z', kind: 'service', position: [300, 0] },
  },
  edges: { e: { id: 'e', source: 'a', target: 'z', kind: 'call' } },
};

/** The same, measured by the Prometheus `s` over so many ms. */
export const measuredOver = (window: Milliseconds): Board => ({
  ...PAIR,
  sources: { s: { id: 's', type: 'prometheus', name: 'P', url: 'http://p', interval: 5000, window } },
});
