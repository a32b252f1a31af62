/** What a node serves, where no source says so itself: the sum of what its drawn edges carry. Rates add up. */
import { adjacencyOf, type Board, type BoardEdge, type Id, type Reading } from '../graph/index.ts';
import type { ReadingStore } from './readings.ts';

/** The edges that tell: those that come in; for a node that nothing calls, those that leave it. */
export function tellingEdges(edges: Board['edges'], node: Id): readonly BoardEdge[] {
  const { in: into, out } = adjacencyOf(edges);
  return into.get(node) ?? out.get(node) ?? [];
}

/**
 * A node's own readings, with its rate and its share of errors worked out from its edges where it has none.
 * @param edges those that tell of it (`tellingEdges`)
 * When one of the edges is not measured the sum would be too small, so there is none.
 */
export function nodeReadings(
  readings: Pick<ReadingStore, 'of' | 'best'>,
  edges: readonly BoardEdge[],
  node: Id,
): readonly Reading[] {
  const own = readings.of({ type: 'node', id: node });
  if (own.some(({ metric }) => metric === 'rate')) return own;
  let rate = 0;
  let failed = 0;
  let oldest: Reading | null = null;
  let errorsKnown = true;
  for (const { id } of edges) {
    const reading = readings.best({ type: 'edge', id }, 'rate', null);
    if (!reading || typeof reading.value !== 'number') return own;
    const errors = readings.best({ type: 'edge', id }, 'errors', null)?.value;
    rate += reading.value;
    if (typeof errors === 'number') failed += errors * reading.value;
    else if (reading.value > 0) errorsKnown = false;
    if (!oldest || reading.at < oldest.at) oldest = reading;
  }
  if (!oldest) return own;
  // how many serve is told by what comes in; what goes out tells of others
  const instances = edges.every(({ target }) => target === node) ? oldest.instances : null;
  const told = { samples: null, side: null, instances };
  const base = { ...oldest, ...told, subject: { type: 'node', id: node } as const };
  const derived: Reading[] = [{ ...base, metric: 'rate', value: rate }];
  if (errorsKnown && rate > 0) derived.push({ ...base, metric: 'errors', value: failed / rate });
  return [...own, ...derived];
}
