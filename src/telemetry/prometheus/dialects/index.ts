/**
 * The dialects: which metrics tell of traffic, and how they name it. Where two tell of one edge the earlier in
 * this list speaks and the later is silent; they are never added up. The service graph comes first: it measured
 * both ends of the same requests. Then the meshes, which stand on the wire; then what services say of themselves,
 * the more particular before HTTP, which may be what carried it.
 */
import type { Dialect } from './dialect.ts';
import { istio } from './istio.ts';
import { linkerd } from './linkerd.ts';
import { otelDatabase } from './otel-database.ts';
import { otelHttp } from './otel-http.ts';
import { otelMessaging } from './otel-messaging.ts';
import { otelRpc } from './otel-rpc.ts';
import { serviceGraph } from './service-graph.ts';

export const DIALECTS: readonly Dialect[] = [
  serviceGraph,
  istio,
  linkerd,
  otelDatabase,
  otelMessaging,
  otelRpc,
  otelHttp,
];
