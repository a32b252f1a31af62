/** Remote procedure calls (gRPC and others) by the OpenTelemetry conventions, of now and of before. */
import { isGrpcFailure } from './failures.ts';
import { MILLISECONDS, SECONDS } from './otel.ts';
import { requestsDialect } from './otel-requests.ts';
import { firstOf } from './promql.ts';

export const otelRpc = requestsDialect({
  name: 'OpenTelemetry RPC',
  client: [
    { name: 'rpc.client.call.duration', scale: SECONDS },
    { name: 'rpc.client.duration', scale: MILLISECONDS },
  ],
  server: [
    { name: 'rpc.server.call.duration', scale: SECONDS },
    { name: 'rpc.server.duration', scale: MILLISECONDS },
  ],
  outcome: [
    ...['rpc.system', 'rpc.system.name'],
    ...['rpc.grpc.status_code', 'rpc.response.status_code', 'error.type'],
  ],
  hasFailed(labels) {
    const grpc = firstOf(labels, 'rpc_grpc_status_code');
    if (grpc !== null) return isGrpcFailure(grpc);
    const status = firstOf(labels, 'rpc_response_status_code');
    if (status !== null && firstOf(labels, 'rpc_system_name', 'rpc_system') === 'grpc')
      return isGrpcFailure(status);
    return firstOf(labels, 'error_type') !== null;
  },
});
