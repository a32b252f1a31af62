/** The way of a message in three parts, each with a time of its own: published, waiting, processed. */
import {
  type Board,
  edgesAt,
  type Id,
  isCarrier,
  type Metric,
  type Quantile,
  quantile,
  type Reading,
  type Subject,
} from '../graph/index.ts';

export type Segment = {
  name: 'publish' | 'wait' | 'process';
  /** Null is unknown, which is not zero. */
  figure: Quantile | null;
  reading: Reading | null;
  /** Worked out from what lies there and how fast it is taken, not measured message by message. */
  isEstimate: boolean;
  /** Which of how many edges speaks; null where there is one, or none. */
  worstOf: { measured: number; of: number } | null;
};
/**
 * Quantiles of the parts; they don't add up to a quantile of the whole. `carrier` is null where the queue between is not
 * drawn.
 */
export type Hop = { carrier: Id | null; segments: readonly [Segment, Segment, Segment] };

export type Measures = {
  best: (subject: Subject, metric: Metric) => Reading | null;
  of: (subject: Subject) => readonly Reading[];
  q: number;
};

/**
 * The hop that a queue, topic or broker makes, that one of its edges is a part of, or that an edge is where messages go
 * through a queue that nobody drew; null for all else.
 */
export function hopOf(
  { nodes, edges }: Pick<Board, 'nodes' | 'edges'>,
  subject: Subject,
  measures: Measures,
): Hop | null {
  const edge = subject.type === 'edge' ? edges[subject.id] : undefined;
  const carrier = edge ? carrierOf(nodes, edge) : subject.type === 'node' ? subject.id : null;
  if (edge && carrier === null) return undrawnHop(subject, measures);
  if (carrier === null || !isCarrier(nodes[carrier]?.kind)) return null;
  const at = edgesAt(edges, carrier);
  const into = edge?.target === carrier ? [edge] : at.filter(({ target }) => target === carrier);
  const out = edge?.source === carrier ? [edge] : at.filter(({ source }) => source === carrier);
  const subjects = (list: readonly { id: Id }[]) => list.map(({ id }): Subject => ({ type: 'edge', id }));
  const publish = worst(
    'publish',
    subjects(into).map((each) => measures.best(each, 'latency')),
    measures.q,
  );
  const process = worst(
    'process',
    subjects(out).map((each) => seenByConsumer(each, measures)),
    measures.q,
  );
  return { carrier, segments: [publish, waitAt(carrier, subjects(out), measures), process] };
}

/** The sender's time, the wait and the receiver's, all told of one edge; null where nothing waited on it. */
function undrawnHop(edge: Subject, { best, of, q }: Measures): Hop | null {
  const waited = best(edge, 'queue wait');
  if (!waited) return null;
  const spoken = best(edge, 'latency');
  const seenBy = (side: Reading['side']) =>
    spoken && (spoken.side === side ? spoken : counterpartOf(edge, spoken, side, of));
  return {
    carrier: null,
    segments: [
      worst('publish', [seenBy('caller')], q),
      worst('wait', [waited], q),
      worst('process', [seenBy('callee')], q),
    ],
  };
}

const carrierOf = (nodes: Board['nodes'], { source, target }: { source: Id; target: Id }): Id | null =>
  isCarrier(nodes[target]?.kind) ? target : isCarrier(nodes[source]?.kind) ? source : null;

/** What the consumer itself took, where that is told apart from what the queue saw. */
function seenByConsumer(edge: Subject, { best, of }: Measures): Reading | null {
  const spoken = best(edge, 'latency');
  if (!spoken || spoken.side === 'callee') return spoken;
  return counterpartOf(edge, spoken, 'callee', of) ?? spoken;
}

/** What the same source measured at that end of the edge. */
function counterpartOf(
  edge: Subject,
  { instance, provenance }: Reading,
  side: Reading['side'],
  of: Measures['of'],
): Reading | null {
  const found = of(edge).find(
    (each) =>
      each.metric === 'latency' &&
      each.side === side &&
      each.instance === instance &&
      each.operation === undefined &&
      each.provenance.source === provenance.source,
  );
  return found ?? null;
}

/** As measured at the queue, or by its consumers; or else how long they need for what lies there. */
function waitAt(carrier: Id, out: readonly Subject[], { best, q }: Measures): Segment {
  const node: Subject = { type: 'node', id: carrier };
  for (const metric of ['queue wait', 'lag time'] as const) {
    const isEstimate = metric === 'lag time';
    const atQueue = worst('wait', [best(node, metric)], q);
    if (atQueue.reading) return { ...atQueue, isEstimate };
    const byConsumers = worst(
      'wait',
      out.map((edge) => best(edge, metric)),
      q,
    );
    if (byConsumers.reading) return { ...byConsumers, isEstimate };
  }
  return { name: 'wait', figure: null, reading: null, isEstimate: false, worstOf: null };
}

function worst(name: Segment['name'], readings: readonly (Reading | null)[], q: number): Segment {
  const measured = readings.flatMap((reading) => {
    const figure = reading && figureOf(reading, q);
    return reading && figure ? [{ reading, figure }] : [];
  });
  const slowest = measured.reduce<(typeof measured)[number] | null>(
    (a, b) => (a && a.figure.value >= b.figure.value ? a : b),
    null,
  );
  const worstOf = slowest && readings.length > 1 ? { measured: measured.length, of: readings.length } : null;
  return {
    name,
    figure: slowest?.figure ?? null,
    reading: slowest?.reading ?? null,
    isEstimate: false,
    worstOf,
  };
}

function figureOf({ value }: Reading, q: number): Quantile | null {
  return typeof value === 'number' ? { value, low: value, high: value } : quantile(value, q);
}
