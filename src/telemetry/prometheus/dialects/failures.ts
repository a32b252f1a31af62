/**
 * Which answers count as errors. Those that the caller brought about (HTTP 4xx, "not found") do not, as in traces.
 */

/** HTTP 5xx, and requests that got no answer at all. `error` is what the instrumentation calls the trouble. */
export function isHttpFailure(status: string | null, error: string | null): boolean {
  const code = Number(status ?? '');
  if (code >= 500) return true;
  return error !== null && !(code >= 400 && code < 500);
}

/**
 * The codes that the semantic conventions for gRPC call errors of the server: UNKNOWN, DEADLINE_EXCEEDED,
 * UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS; as numbers or as words.
 */
const GRPC_FAILURES: ReadonlySet<string> = new Set([
  ...['2', '4', '12', '13', '14', '15'],
  ...['UNKNOWN', 'DEADLINE_EXCEEDED', 'UNIMPLEMENTED', 'INTERNAL', 'UNAVAILABLE', 'DATA_LOSS'],
]);

export const isGrpcFailure = (code: string): boolean => GRPC_FAILURES.has(code.toUpperCase());
