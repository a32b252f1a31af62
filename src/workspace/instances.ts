/**
 * The instances of an edge or of a node beside each other, of the time that is shown. Worked out where it is drawn
 * or written, from what is not stale: an instance that is gone is not counted.
 */
import { overEdges, type Spread, spreadOf } from '../analysis/index.ts';
import { adjacencyOf, type Reading, type Subject } from '../graph/index.ts';
import type { Workspace } from './workspace.ts';

export type { Spread } from '../analysis/index.ts';

const kept = new WeakMap<readonly Reading[], { q: number; spread: Spread | null }>();

/** Their latencies at the chosen quantile; null where fewer than two are told apart. */
export function spreadAt(workspace: Workspace, subject: Subject): Spread | null {
  const { quantile: q } = workspace.use.getState().session;
  const own = workspace.readings.ofInstances(subject);
  if (subject.type === 'edge' && own.length === 0) return null;
  const fresh = own.some(workspace.isStale) ? own.filter((each) => !workspace.isStale(each)) : own;
  const known = kept.get(fresh);
  const spread = known?.q === q ? known.spread : spreadOf(fresh, 'latency', q);
  if (known?.q !== q) kept.set(fresh, { q, spread });
  return spread ?? (subject.type === 'node' ? onEdges(workspace, subject, q) : null);
}

/** A node that says nothing of its instances is told by the edges that come in. */
function onEdges({ use, readings, isStale }: Workspace, node: Subject, q: number): Spread | null {
  const into = adjacencyOf(use.getState().board.edges).in.get(node.id) ?? [];
  const lists = into
    .map(({ id }) => readings.ofInstances({ type: 'edge', id }))
    .filter((list) => list.length > 0);
  if (lists.length === 0) return null;
  const fresh = lists.map((list) => list.filter((each) => !isStale(each)));
  return spreadOf(overEdges(node, fresh, q), 'latency', q);
}
