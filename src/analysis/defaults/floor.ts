/** How long configuration alone keeps what an edge carries waiting. */
import {
  type Board,
  type BoardEdge,
  type BoardNode,
  isCarrier,
  type Milliseconds,
  type PerSecond,
  type Reading,
} from '../../graph/index.ts';
import { timeOf } from './contradictions.ts';
import { type Held, heldAt } from './settings.ts';
import { hikaricp } from './systems/hikaricp.ts';
import { kafkaConsumer } from './systems/kafka-consumer.ts';
import { kafkaProducer } from './systems/kafka-producer.ts';

export type FloorPart =
  /** The broker holds a fetch back until so much is there, or so long has passed. */
  | { kind: 'fetch'; bytes: Held; wait: Held; byteRate: number | null; ms: Milliseconds; upTo: Milliseconds }
  /** A batch is held back until it is full, or so long has passed. */
  | { kind: 'linger'; size: Held; wait: Held; byteRate: number | null; ms: Milliseconds; upTo: Milliseconds }
  /** More calls at once than the pool has connections (Little's law: rate × time): they wait until they give up. */
  | {
      kind: 'pool';
      size: Held;
      wait: Held;
      instances: number;
      rate: PerSecond;
      each: Milliseconds;
      /** Rate × time ÷ connections: above 1. */
      load: number;
      ms: Milliseconds;
      upTo: Milliseconds;
    };

/**
 * `ms` is certain; up to `upTo` it may be where nobody can tell how fast bytes come (equal where all is known).
 * What is waited for is the first message of a fetch or batch; later ones of the same wait less.
 */
export type LatencyFloor = { ms: Milliseconds; upTo: Milliseconds; because: readonly FloorPart[] };

/**
 * The floor that configuration alone puts under an edge's latency; null where it puts none.
 * @param readings what is known now: rates, and what a call takes
 * @param messageBytes what a message weighs, where someone knows; without it byte rates are not known
 */
export function latencyFloor(
  { nodes }: Pick<Board, 'nodes'>,
  edge: BoardEdge,
  readings: readonly Reading[],
  messageBytes?: number,
): LatencyFloor | null {
  const [source, target] = [nodes[edge.source], nodes[edge.target]];
  if (!source || !target) return null;
  const rate = rateOf(edge, readings);
  const parts = isCarrier(source.kind)
    ? [fetchPart(target, byteRate(rate, messageBytes, target))]
    : isCarrier(target.kind)
      ? [lingerPart(source, byteRate(rate, messageBytes, source))]
      : target.kind === 'database'
        ? [poolPart(source, rate, timeOf(edge.id, readings, 'caller')?.each ?? null)]
        : [];
  const because = parts.filter((part) => part !== null && part.upTo > 0) as FloorPart[];
  if (because.length === 0) return null;
  const total = (of: 'ms' | 'upTo') => because.reduce((sum, part) => sum + part[of], 0);
  return { ms: total('ms'), upTo: total('upTo'), because };
}

function rateOf({ id }: BoardEdge, readings: readonly Reading[]): PerSecond | null {
  const rates = readings.flatMap(({ subject, metric, instance, operation, value }) =>
    subject.type === 'edge' &&
    subject.id === id &&
    metric === 'rate' &&
    instance === null &&
    operation === undefined &&
    typeof value === 'number'
      ? [value]
      : [],
  );
  return rates.length > 0 ? Math.max(...rates) : null;
}

/** Bytes a second of one instance: each fills fetches and batches of its own. */
function byteRate(
  rate: PerSecond | null,
  messageBytes: number | undefined,
  { instances }: BoardNode,
): number | null {
  if (rate === null || messageBytes === undefined) return null;
  return (rate * messageBytes) / Math.max(1, instances ?? 1);
}

function fetchPart(consumer: BoardNode, rate: number | null): FloorPart | null {
  const bytes = heldAt(consumer, kafkaConsumer, 'fetch.min.bytes');
  const wait = heldAt(consumer, kafkaConsumer, 'fetch.max.wait.ms');
  // One byte is there as soon as a message is.
  if (!bytes || !wait || bytes.value <= 1) return null;
  return { kind: 'fetch', bytes, wait, byteRate: rate, ...waited(bytes.value, wait.value, rate) };
}

function lingerPart(producer: BoardNode, rate: number | null): FloorPart | null {
  const size = heldAt(producer, kafkaProducer, 'batch.size');
  const wait = heldAt(producer, kafkaProducer, 'linger.ms');
  if (!size || !wait) return null;
  return { kind: 'linger', size, wait, byteRate: rate, ...waited(size.value, wait.value, rate) };
}

/** Until so many bytes have come, or for so long. */
function waited(bytes: number, longest: Milliseconds, rate: number | null) {
  if (rate === null) return { ms: 0, upTo: longest };
  const ms = Math.min(longest, (bytes / rate) * 1000);
  return { ms, upTo: ms };
}

function poolPart(caller: BoardNode, rate: PerSecond | null, each: Milliseconds | null): FloorPart | null {
  const size = heldAt(caller, hikaricp, 'maximumPoolSize');
  const wait = heldAt(caller, hikaricp, 'connectionTimeout');
  if (!size || !wait || rate === null || each === null) return null;
  const instances = Math.max(1, caller.instances ?? 1);
  const load = (rate * each) / 1000 / (size.value * instances);
  if (!(load > 1)) return null;
  return { kind: 'pool', size, wait, instances, rate, each, load, ms: wait.value, upTo: wait.value };
}
