/**
 * OpenTelemetry in a service, loaded before the service's own code so that what that imports is instrumented. Metrics
 * are for Prometheus to fetch; spans go to Chalkline as OTLP in protobuf and to the collector as OTLP in JSON.
 */
import { register } from 'node:module';
import { hostname } from 'node:os';
import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { AmqplibInstrumentation } from '@opentelemetry/instrumentation-amqplib';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { SpanMeter } from './span-meter.ts';
import { where } from './where.ts';
import './names.ts';

/** How often spans are sent. Milliseconds. */
const BATCH = 500;

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

const resource = resourceFromAttributes({
  'service.name': where('SERVICE'),
  'service.instance.id': where('INSTANCE'),
  // one machine, one clock
  'host.name': hostname(),
});

export const exporter = new PrometheusExporter({ preventServerStart: true });
const meterProvider = new MeterProvider({ resource, readers: [exporter] });
metrics.setGlobalMeterProvider(meterProvider);

const exporters = [
  new ProtobufExporter({ url: `${where('CHALKLINE_URL')}/v1/traces` }),
  new JsonExporter({ url: `${where('COLLECTOR_URL')}/v1/traces` }),
];
const tracerProvider = new TracerProvider({
  resource,
  spanProcessors: [
    new SpanMeter(meterProvider),
    ...exporters.map((each) => new BatchSpanProcessor({ exporter: each, scheduledDelayMillis: BATCH })),
  ],
});
trace.setGlobalTracerProvider(tracerProvider);
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(new W3CTraceContextPropagator());

registerInstrumentations({
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url }) => url === '/metrics',
      ignoreOutgoingRequestHook: ({ path }) => path === '/v1/traces',
    }),
    // What takes a connection from the pool is no query; how many wait for one is a metric of its own.
    new PgInstrumentation({ ignoreConnectSpans: true }),
    new IORedisInstrumentation(),
    new AmqplibInstrumentation(),
  ],
});
