/** A server that forwards to a back end of ours, with credentials, for a test file. */
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { readTargets } from '../../src/server/forward/index.ts';
import { startBackend } from './backend.ts';
import { ask as askPort, type Headers, serve } from './served.ts';

export const TOKEN = 'tk-4711-very-secret';
export const JSON_TYPE = { 'Content-Type': 'application/json' };
export const QUERY = '/forward/metrics/api/v1/query?query=up';

export let backend: Awaited<ReturnType<typeof startBackend>>;
export let server: Awaited<ReturnType<typeof serve>>;
/** What the back end answers unless a test wants something else. */
export let usual: (typeof backend)['state']['answer'];

/** Starts both for the tests of this file; before each of them nothing has been asked. */
export function withForwarder(): void {
  beforeAll(async () => {
    backend = await startBackend();
    usual = backend.state.answer;
    const target = { url: `${backend.url}/base/`, timeout: 400, mostBytes: 100_000 };
    server = await serve({
      targets: await readTargets({
        TOKEN,
        CHALKLINE_FORWARD: JSON.stringify({
          metrics: {
            ...{ ...target, type: 'prometheus', atOnce: 2 },
            headers: { Authorization: { env: 'TOKEN', prefix: 'Bearer ' }, 'X-Scope-OrgID': 'team-a' },
          },
          traces: { ...target, type: 'jaeger' },
          spans: { ...target, type: 'zipkin' },
          gone: { type: 'prometheus', url: 'http://127.0.0.1:1' },
        }),
      }),
    });
  });
  afterAll(async () => {
    await server.close();
    await backend.close();
  });
  beforeEach(() => {
    backend.asked.length = 0;
    backend.state.answer = usual;
  });
  afterEach(() => vi.restoreAllMocks());
}

export const ask = (path: string, headers?: Headers) => askPort(server.port, 'GET', path, headers);
export const post = (path: string, body: string, headers: Headers = {}) =>
  askPort(
    server.port,
    'POST',
    path,
    { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body,
  );
