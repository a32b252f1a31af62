/** What a node serves, where no source says so itself: the sum of what its drawn edges carry. Rates add up. */
import { adjacencyOf, type Board, type BoardEdge, type Id, type Reading } from '../graph/index.ts';
import type { ReadingStore } from './readings.ts';

/** The edges that tell: those that come in; for a node that nothing calls, those that leave it. */
export function tellingEdges(edges: Board['edges'], node: Id): readonly BoardEdge[] {
  const { in: into, out } = adjacencyOf(edges);
  return into.get(node) ?? out.get(node) ?? [];
}

type Store = Pick<ReadingStore, 'of' | 'best' | 'ofInstances'>;
type Asked = {
  /** The one that is spoken of; null is of all of them together. */
  instance: string | null;
  isStale: (reading: Reading) => boolean;
};

/**
 * A node's own readings, with its rate and its share of errors worked out from its edges where it has none of now.
 * Where one instance is spoken of, also what the edges that come in tell of that one.
 * @param edges those that tell of it (`tellingEdges`)
 */
export function nodeReadings(
  readings: Store,
  edges: readonly BoardEdge[],
  node: Id,
  asked: Asked,
): readonly Reading[] {
  const own = readings.of({ type: 'node', id: node });
  const { instance } = asked;
  const rates = own.filter(({ metric, operation }) => metric === 'rate' && operation === undefined);
  const served = rates.some((each) => !asked.isStale(each)) ? [] : servedBy(readings, edges, node);
  // An old rate of its own gives way to a fresh one only.
  const gone = new Set(served.some((each) => !asked.isStale(each)) ? rates : []);
  const kept = gone.size > 0 ? own.filter((each) => !gone.has(each)) : own;
  const fresh = rates.length === gone.size ? served : [];
  const alone =
    instance === null || own.some((each) => each.instance === instance)
      ? []
      : ofInstance(readings, edges, node, instance);
  return fresh.length + alone.length > 0 ? [...kept, ...fresh, ...alone] : own;
}

/** When one of the edges is not measured the sum would be too small, so there is none. */
function servedBy(readings: Store, edges: readonly BoardEdge[], node: Id): Reading[] {
  const rates = edges.map(({ id }) => readings.best({ type: 'edge', id }, 'rate', null));
  const errors = edges.map(({ id }) => readings.best({ type: 'edge', id }, 'errors', null));
  // how many serve is told by what comes in; what goes out tells of others
  const isServed = edges.every(({ target }) => target === node);
  return summed(node, rates, errors).map((each) => (isServed ? each : { ...each, instances: null }));
}

/** What comes in at one instance; and what an edge says of it, so that it is known to be told apart where its rate is not. */
function ofInstance(readings: Store, edges: readonly BoardEdge[], node: Id, instance: string): Reading[] {
  const into = edges.filter(({ target }) => target === node);
  const told = into.map(({ id }) => readings.ofInstances({ type: 'edge', id }));
  const heard = told.flat().find((each) => each.metric === 'latency' && each.instance === instance);
  if (!heard && !told.flat().some((each) => each.instance === instance)) return [];
  const best = (id: Id, metric: 'rate' | 'errors') => readings.best({ type: 'edge', id }, metric, instance);
  // An edge that tells its instances apart and not this one brings it nothing.
  const telling = into.filter(
    ({ id }, i) => best(id, 'rate') || !told[i]!.some(({ metric }) => metric === 'rate'),
  );
  const rates = telling.map(({ id }) => best(id, 'rate'));
  const errors = telling.map(({ id }) => best(id, 'errors'));
  return [...(heard ? [heard] : []), ...summed(node, rates, errors)];
}

function summed(
  node: Id,
  rates: readonly (Reading | null)[],
  errors: readonly (Reading | null)[],
): Reading[] {
  let rate = 0;
  let failed = 0;
  let oldest: Reading | null = null;
  let errorsKnown = true;
  for (const [i, reading] of rates.entries()) {
    if (!reading || typeof reading.value !== 'number') return [];
    const share = errors[i]?.value;
    rate += reading.value;
    if (typeof share === 'number') failed += share * reading.value;
    else if (reading.value > 0) errorsKnown = false;
    if (!oldest || reading.at < oldest.at) oldest = reading;
  }
  if (!oldest) return [];
  const base = { ...oldest, samples: null, side: null, subject: { type: 'node', id: node } as const };
  const served: Reading[] = [{ ...base, metric: 'rate', value: rate }];
  if (errorsKnown && rate > 0) served.push({ ...base, metric: 'errors', value: failed / rate });
  return served;
}
