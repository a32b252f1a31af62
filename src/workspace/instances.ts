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
  if (spread || subject.type === 'edge') return spread;
  const onItsEdges = onEdges(workspace, subject);
  return onItsEdges.length > 0 ? spreadOf(onItsEdges, 'latency', q) : null;
}

/** What is known of single instances; of a node that says nothing of its own, what was measured on its edges. */
export function instanceReadings(workspace: Workspace, subject: Subject): readonly Reading[] {
  const own = workspace.readings.ofInstances(subject);
  if (subject.type === 'edge' || own.some(({ metric }) => metric === 'latency')) return own;
  return [...own, ...onEdges(workspace, subject)];
}

/** The latency of a node's instances, from the edges that come in. */
function onEdges({ use, readings, isStale }: Workspace, node: Subject): readonly Reading[] {
  const { board, session } = use.getState();
  const into = adjacencyOf(board.edges).in.get(node.id) ?? [];
  const lists = into.flatMap(({ id }) => {
    const list = readings.ofInstances({ type: 'edge', id });
    return list.length > 0 ? [list.filter((each) => !isStale(each))] : [];
  });
  return lists.length > 0 ? overEdges(node, lists, session.quantile) : NONE;
}
const NONE: readonly Reading[] = [];
