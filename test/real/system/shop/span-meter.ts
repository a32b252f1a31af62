/**
 * The instrumentations of ioredis and amqplib make spans and no metrics. Here their spans are measured as
 * OpenTelemetry's semantic conventions for metrics of databases and messaging say, and as other languages' do by themselves.
 */
import { type Attributes, type Histogram, type MeterProvider, SpanKind } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/** What the conventions advise. Seconds. */
const BOUNDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];
const MESSAGING_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

export class SpanMeter implements SpanProcessor {
  readonly #query: Histogram;
  readonly #publish: Histogram;
  readonly #process: Histogram;

  constructor(provider: MeterProvider) {
    const meter = provider.getMeter('shop');
    const timer = (name: string, explicitBucketBoundaries: number[]) =>
      meter.createHistogram(name, { unit: 's', advice: { explicitBucketBoundaries } });
    this.#query = timer('db.client.operation.duration', BOUNDS);
    this.#publish = timer('messaging.client.operation.duration', MESSAGING_BOUNDS);
    this.#process = timer('messaging.process.duration', MESSAGING_BOUNDS);
  }

  onEnd({ kind, attributes, duration }: ReadableSpan): void {
    const seconds = hrTimeToMilliseconds(duration) / 1000;
    if (attributes['db.system.name'] === 'redis')
      this.#query.record(
        seconds,
        pick(attributes, 'db.system.name', 'db.operation.name', 'server.address', 'server.port'),
      );
    else if (kind === SpanKind.PRODUCER)
      this.#publish.record(seconds, { ...messaging(attributes), 'messaging.operation.name': 'publish' });
    else if (kind === SpanKind.CONSUMER)
      this.#process.record(seconds, { ...messaging(attributes), 'messaging.operation.name': 'process' });
  }

  onStart(): void {}
  async forceFlush(): Promise<void> {}
  async shutdown(): Promise<void> {}
}

/** From the older names that amqplib's spans have. */
const messaging = (attributes: Attributes): Attributes => ({
  'messaging.system': attributes['messaging.system'],
  'messaging.destination.name': attributes['messaging.rabbitmq.routing_key'],
  'server.address': attributes['net.peer.name'],
  'server.port': attributes['net.peer.port'],
});

const pick = (attributes: Attributes, ...names: string[]): Attributes =>
  Object.fromEntries(names.map((name) => [name, attributes[name]]));
