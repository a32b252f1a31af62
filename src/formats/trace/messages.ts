/** Messages: producer → queue or topic → consumer, never a direct call, so that waiting has a place. */
import { type Draft, hopFor, measure, note, type Part, partFor, serviceFor } from './draft.ts';
import { attribute, milliseconds, type ParentOf, type Span } from './span.ts';

/** Brokers whose destinations each message leaves once; with the others a destination is a topic. */
const QUEUES = new Set(['rabbitmq', 'aws_sqs', 'AmazonSQS']);

/** Kinds say it, or an operation does: newer conventions send and receive in client spans. */
const operationOf = (span: Span) =>
  (span.kind === 'client' || span.kind === 'internal') && span.attributes.has('messaging.system')
    ? attribute(span, 'messaging.operation.type', 'messaging.operation')
    : null;
export const publishes = (span: Span): boolean =>
  span.kind === 'producer' || ['publish', 'send', 'create'].includes(operationOf(span) ?? '');
export const consumes = (span: Span): boolean =>
  span.kind === 'consumer' || ['receive', 'process', 'deliver'].includes(operationOf(span) ?? '');

/** True for a span that its parent does not wait for: it takes a message up, or follows from it. */
export const isAsync = (span: Span, parent: Span): boolean =>
  span.detached ||
  span.kind === 'consumer' ||
  (span.service !== parent.service && (consumes(span) || publishes(parent)));

const systemOf = (span: Span) => attribute(span, 'messaging.system');
/** RabbitMQ's default exchange has an empty name; then the routing key is the queue. */
const destinationOf = (span: Span) =>
  attribute(
    span,
    'messaging.destination.name',
    'messaging.destination',
    'message_bus.destination',
    'messaging.rabbitmq.destination.routing_key',
    'messaging.rabbitmq.routing_key',
  );

function carrierFor(draft: Draft, system: string | null, destination: string): Part {
  const kind = system === null || QUEUES.has(system) ? 'queue' : 'topic';
  return partFor(draft, `message ${system ?? ''} ${destination}`, kind, destination, system);
}

export function drawMessages(
  spans: readonly Span[],
  parentOf: ParentOf,
  byKey: ReadonlyMap<string, Span>,
  draft: Draft,
): void {
  const published = new Set(
    spans.flatMap((span) => (publishes(span) ? [`${systemOf(span)} ${destinationOf(span)}`] : [])),
  );
  /** Where messages went whose producer doesn't say. */
  const seenIn = new Map<Span, Part>();
  for (const span of spans) {
    const parent = parentOf(span);
    const isForeign = parent !== undefined && parent.service !== span.service;
    if (!consumes(span) && !(isForeign && publishes(parent))) continue;
    const linked = span.links.flatMap((key) => byKey.get(key) ?? []);
    const producers = [...(parent ? [parent] : []), ...linked].filter(publishes);
    const senders = producers.length === 0 && isForeign ? [parent] : producers;
    const carrier = carrierOf(span, senders, published, draft);
    if (!carrier) {
      // Inside another consuming span, it was told there whose message it is.
      if (!(parent && consumes(parent)))
        note(draft, 'consumer spans left out because they name neither destination nor producer');
      continue;
    }
    const hop = hopFor(draft, carrier, serviceFor(draft, span.service), 'consume');
    // A client or producer span is the next hop's time, not this one's.
    if (consumes(span) || span.kind === 'server' || span.kind === 'internal')
      measure(draft, hop, 'callee', span);
    hop.operations.add(span.name);
    for (const sender of senders) {
      if (publishes(sender)) {
        seenIn.set(sender, carrier);
        noteWait(draft, carrier, sender, span);
      } else hopFor(draft, serviceFor(draft, sender.service), carrier, 'publish');
    }
  }
  for (const span of spans) {
    if (!publishes(span)) continue;
    const destination = destinationOf(span);
    const carrier = destination === null ? seenIn.get(span) : carrierFor(draft, systemOf(span), destination);
    if (!carrier) {
      note(draft, 'producer spans left out because they name no destination and nobody consumed');
      continue;
    }
    const hop = hopFor(draft, serviceFor(draft, span.service), carrier, 'publish');
    measure(draft, hop, 'caller', span);
    hop.operations.add(span.name);
  }
}

/**
 * What a consumer took its message from: its own destination where somebody published to it, else its
 * producer's (an exchange, where the consumer names the queue behind it), else its own, else an unnamed one.
 */
function carrierOf(
  span: Span,
  senders: readonly Span[],
  published: ReadonlySet<string>,
  draft: Draft,
): Part | null {
  const own = publishes(span) ? null : destinationOf(span);
  const system = systemOf(span);
  if (own !== null && published.has(`${system} ${own}`)) return carrierFor(draft, system, own);
  const producer = senders.find((sender) => destinationOf(sender) !== null);
  if (producer) {
    const carrier = carrierFor(draft, systemOf(producer), destinationOf(producer)!);
    if (own !== null) carrier.names.add(own);
    return carrier;
  }
  if (own !== null) return carrierFor(draft, system, own);
  if (senders.length === 0) return null;
  return carrierFor(draft, system ?? systemOf(senders[0]!), 'messages');
}

/** From the producer's end to the consumer's start. Below zero where clocks disagree, or sending takes longer than delivery. */
function noteWait(draft: Draft, carrier: Part, producer: Span, consumer: Span): void {
  if (producer.untimed || consumer.untimed) return;
  const wait = milliseconds(consumer.start - producer.end);
  if (wait < 0) {
    note(draft, 'messages taken before their sending had ended; their wait is left out');
    return;
  }
  const waits = draft.waits.get(carrier);
  if (waits) waits.push(wait);
  else draft.waits.set(carrier, [wait]);
}
