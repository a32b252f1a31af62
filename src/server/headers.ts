/** What every answer tells the browser it may do. Reasons for `connect-src` in docs/decisions/csp.md. */

/** Any origin: the address of a Prometheus is typed in the page by the person who uses it. */
const ANY_ORIGIN = ['http:', 'https:'];

/**
 * Security headers, with `connect-src` narrowed to `origins` when there are any. An origin that is not a plain
 * http(s) one throws: it would otherwise end up inside a header.
 */
export function securityHeaders(origins: readonly string[] = []): Record<string, string> {
  const sources = origins.length > 0 ? origins.map(plainOrigin) : ANY_ORIGIN;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src 'self' ${sources.join(' ')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}

function plainOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const plain = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (!plain) throw new Error(`Not an http(s) origin: ${JSON.stringify(text)}`);
  return url.origin;
}
