/** HTTP by the OpenTelemetry conventions, stable and old. */
import { isHttpFailure } from './failures.ts';
import { MILLISECONDS, SECONDS } from './otel.ts';
import { requestsDialect } from './otel-requests.ts';
import { firstOf } from './promql.ts';

export const otelHttp = requestsDialect({
  name: 'OpenTelemetry HTTP',
  client: [
    { name: 'http.client.request.duration', scale: SECONDS },
    { name: 'http.client.duration', scale: MILLISECONDS },
  ],
  server: [
    { name: 'http.server.request.duration', scale: SECONDS },
    { name: 'http.server.duration', scale: MILLISECONDS },
  ],
  outcome: ['http.response.status_code', 'http.status_code', 'error.type'],
  hasFailed: (labels) =>
    isHttpFailure(
      firstOf(labels, 'http_response_status_code', 'http_status_code'),
      firstOf(labels, 'error_type'),
    ),
});
