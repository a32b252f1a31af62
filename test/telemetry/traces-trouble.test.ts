/** A Jaeger or Zipkin that is ill, slow, gone or something else: told, never shown wrong, and over when it is over. */
import type { ServerResponse } from 'node:http';
import { describe, expect, test, vi } from 'vitest';
import type { Env } from '../../src/telemetry/index.ts';
import { flood, withReader } from './trace-servers.ts';
import { configOf, server, start, type Type, withTraceServer } from './traced.ts';

describe.each<[Type, string]>([
  ['jaeger', 'Jaeger'],
  ['zipkin', 'Zipkin'],
])('%s', (type, name) => {
  withTraceServer(type);

  describe('trouble is told, changes nothing, and passes', () => {
    const flooding = (bytes: number) => (_: URL, response: ServerResponse) => {
      flood(response, bytes);
      return true;
    };
    const saying = (status: number, body: string) => (_: URL, response: ServerResponse) => {
      response.writeHead(status).end(body);
      return true;
    };
    /** Of a question about traces; the list of services is sound. */
    const half = (url: URL, response: ServerResponse) => {
      if (!url.searchParams.has('limit')) return false;
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"data":[{"traceID"');
      setTimeout(() => response.destroy(), 20);
      return true;
    };
    const onlyTraces = (instead: (url: URL, response: ServerResponse) => boolean) => {
      return (url: URL, response: ServerResponse) => url.searchParams.has('limit') && instead(url, response);
    };
    const refusal =
      type === 'jaeger'
        ? '{"data":null,"errors":[{"code":400,"msg":"no such storage"}]}'
        : '{"timestamp":1,"status":400,"message":"no such storage"}';

    test.each<[string, (url: URL, response: ServerResponse) => boolean, string | RegExp]>([
      ['503', saying(503, ''), 'answered 503'],
      ['a refusal', saying(400, refusal), 'refused the question: no such storage'],
      ['another program', saying(404, '<html>'), `does not speak the ${name} API`],
      ['a web page', onlyTraces(saying(200, '<html>sign in</html>')), 'can’t be read'],
      ['a number', onlyTraces(saying(200, '7')), 'can’t be read'],
      [
        'spans of no kind',
        onlyTraces(saying(200, '[{"traceId":7,"spans":[{"spanID":{}}]}]')),
        'can’t be read',
      ],
      ['half of JSON', onlyTraces(saying(200, '[[{"traceId":"1","id"')), 'ends'],
      ['nothing', onlyTraces(saying(200, '')), 'can’t be read'],
      ['half an answer', half, 'broke off in the middle'],
      ['50 MB again and again', onlyTraces(flooding(55_000_000)), /MB for one question|gave no answer/],
      ['silence', () => true, 'gave no answer within'],
    ])(
      '%s',
      async (_, instead, reason) => {
        const book = start(type, { env: withReader(15), more: { interval: 2000, window: 300_000 } });
        await book.until('live');
        server.state.instead = instead;
        await book.until('stale');
        await vi.waitFor(() => expect(book.last()!.reason).toMatch(reason), { timeout: 10_000 });
        expect(book.last()!.reason).toMatch(
          new RegExp(`^${name} 127\\.0\\.0\\.1:\\d+ .*; asking again .*\\.$`),
        );
        const known = book.readings.length;
        await book.until('lost');
        expect(book.readings.length).toBe(known);
        server.state.instead = () => false;
        await book.until('live');
        expect(book.readings.length).toBeGreaterThan(known);
      },
      60_000,
    );

    test('nobody there, and nobody that lets pages ask', async () => {
      const env: Env = { ...withReader(), fetch: () => Promise.reject(new TypeError('Failed to fetch')) };
      const gone = start(type, { env });
      await vi.waitFor(() => expect(gone.last()?.reason).toContain('could not be reached'));
      gone.source.stop();
      // A browser tells nothing but that it failed, unless it is asked not to look.
      const strict = start(type, {
        env: {
          ...withReader(),
          fetch: (input, init) =>
            init?.mode === 'no-cors' ? fetch(input, init) : Promise.reject(new TypeError('Failed to fetch')),
        },
      });
      await vi.waitFor(() =>
        expect(strict.last()?.reason).toContain('lets no page of this address ask it (CORS: see its '),
      );
    });

    test('what is under way is given up with a change and with stop', async () => {
      const book = start(type);
      await book.until('live');
      server.state.instead = () => true;
      await vi.waitFor(() => expect(server.state.open).toBeGreaterThan(0));
      server.state.instead = () => false;
      book.source.configure(configOf(type, { interval: 1500 }));
      await vi.waitFor(() => expect(server.state.open).toBe(0));
      server.state.instead = () => true;
      await vi.waitFor(() => expect(server.state.open).toBeGreaterThan(0), { timeout: 3000 });
      book.source.stop();
      await vi.waitFor(() => expect(server.state.open).toBe(0));
      const told = book.statuses.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(book.statuses.length).toBe(told);
    });
  });
});
