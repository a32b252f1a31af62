/** The forwarder over real HTTP: what it asks and hands on, and that nothing else can be asked. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask, backend, JSON_TYPE, post, QUERY, server, TOKEN, withForwarder } from './forwarder.ts';
import { ask as askPort, type Headers, serve } from './served.ts';

withForwarder();

describe('what is forwarded', () => {
  test('goes to the target, under its path, with its credentials and its tenant', async () => {
    const { status, text, headers } = await ask(QUERY);
    expect([status, text]).toEqual([200, '{"status":"success","data":[]}']);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(backend.last()).toMatchObject({
      ...{ method: 'GET', url: '/base/api/v1/query?query=up' },
      headers: { authorization: `Bearer ${TOKEN}`, 'x-scope-orgid': 'team-a' },
    });
  });

  test('may be a form, which goes on whole', async () => {
    const body = new URLSearchParams({ query: 'sum(rate(x[5m])) > "ä&b"' }).toString();
    expect((await post('/forward/metrics/api/v1/query', body)).status).toBe(200);
    expect(backend.last()).toMatchObject({
      ...{ method: 'POST', body },
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
      },
    });
    expect((await post('/forward/metrics/api/v1/query', '')).status).toBe(200);
    expect(backend.last().body).toBe('');
  });

  test.each([
    '/forward/metrics/api/v1/query_range?start=1&end=2&step=1&query=a',
    '/forward/metrics/api/v1/label/__name__/values?match[]=up',
    '/forward/metrics/api/v1/alerts',
    '/forward/traces/api/services',
    '/forward/traces/api/traces?service=a%20b&limit=20',
    '/forward/traces/api/traces/0af7651916cd43dd8448eb211c80319c',
    '/forward/traces/api/dependencies?endTs=1&lookback=2',
    '/forward/spans/api/v2/services',
    '/forward/spans/api/v2/traces?endTs=1&lookback=2',
    '/forward/spans/api/v2/trace/1',
  ])('%s', async (path) => {
    expect((await ask(path)).status).toBe(200);
    expect(backend.last().url).toBe(path.replace(/^\/forward\/\w+/, '/base'));
  });

  test('a refusal of the back end is its own', async () => {
    backend.state.answer = (_, response) => {
      response.writeHead(400, JSON_TYPE).end('{"status":"error","error":"parse error"}');
    };
    const { status, text, headers } = await ask(QUERY);
    expect([status, text]).toEqual([400, '{"status":"error","error":"parse error"}']);
    expect(headers).not.toHaveProperty('chalkline-unforwarded');
  });

  test('comes unpacked', async () => {
    backend.state.answer = ({ headers }, response) => {
      expect(headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }).end(gzipSync('{"data":"x"}'));
    };
    const { text, headers } = await ask(QUERY);
    expect(text).toBe('{"data":"x"}');
    expect(headers).not.toHaveProperty('content-encoding');
  });

  test('the list tells names and types, and nothing else', async () => {
    const { text, status } = await ask('/forward');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      targets: [
        { name: 'metrics', type: 'prometheus' },
        { name: 'traces', type: 'jaeger' },
        { name: 'spans', type: 'zipkin' },
        { name: 'gone', type: 'prometheus' },
      ],
    });
    expect((await askPort(server.port, 'POST', '/forward')).status).toBe(405);
  });
});

describe('what is not', () => {
  const refused = async (path: string, headers?: Headers) => {
    const answer = await ask(path, headers);
    expect(backend.asked).toEqual([]);
    return answer;
  };

  test.each([
    '/forward/metrics/../../secret',
    '/forward/metrics/..%2f..%2fsecret',
    '/forward/metrics/%2e%2e/secret',
    '/forward/metrics/api/v1/../../secret',
    '/forward/metrics/api/v1/%2e%2e/%2e%2e/secret',
    '/forward/metrics/api/v1/..;/query',
    '/forward/metrics//evil.test/api/v1/query',
    '/forward/metrics/@evil.test/api/v1/query',
    '/forward/metrics@evil.test/api/v1/query',
    '/forward/metrics:80@evil.test/api/v1/query',
    '/forward/metrics/http://evil.test/api/v1/query',
    '/forward/metrics/\\evil.test/api/v1/query',
    '/forward/metrics/api/v1/query%00',
    '/forward/metrics/api/v1/query/',
    '/forward/metrics/api//v1/query',
    '/forward/metrics/api/v1/label/../values',
    '/forward/metrics/api/v1/label/a%2fb/values',
    '/forward%2fmetrics/api/v1/query',
    '/%66orward/metrics/api/v1/query',
    '//forward/metrics/api/v1/query',
    '/forward/metrics/',
    '/forward/metrics',
    '/forward//api/v1/query',
    '/forward/constructor/api/v1/query',
    '/forward/METRICS/api/v1/query',
    '/forward/traces/api/v1/query',
    '/forward/spans/api/services',
    '/forward/metrics/api/v1/admin/tsdb/delete_series',
    '/forward/metrics/api/v1/status/config',
    '/forward/metrics/-/reload',
    '/forward/metrics/api/v1/write',
    '/forward/metrics/api/v1/query#x',
  ])('%s', async (path) => {
    const { status, headers, text } = await refused(path);
    // What is no route at all is nothing, or a place inside the app.
    if (status === 200) expect(text).toBe('<!doctype html>');
    else expect(status).toBe(404);
    if (path.startsWith('/forward/')) expect(headers['chalkline-unforwarded']).toBe('true');
  });

  test('whatever is asked, the target is only ever asked what is listed', async () => {
    const piece = fc.constantFrom(
      ...[
        '..',
        '.',
        '/',
        '//',
        '%2e',
        '%2f',
        '\\',
        '@',
        ':',
        ';',
        '?',
        '&',
        '%00',
        '%',
        'a',
        'http:',
        'query',
      ],
      ...[
        'api',
        'v1',
        '/api/v1/query',
        '/api/v1/label/',
        'values',
        'metrics',
        'é',
        '~',
        '+',
        '%0d%0a',
        '[',
        '{',
      ],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        backend.asked.length = 0;
        await ask(`/forward/metrics/${pieces.join('').replaceAll('é', '%c3%a9')}`);
        for (const { url } of backend.asked)
          expect(url).toMatch(/^\/base\/api\/v1\/(?:query|label\/[a-z]+\/values)(?:\?|$)/);
      }),
      { numRuns: 200 },
    );
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND'])('%s', async (method) => {
    const { status, headers } = await askPort(server.port, method, QUERY);
    expect([status, headers.allow]).toEqual([405, 'GET, POST']);
    expect(backend.asked).toEqual([]);
  });

  test('what writes, though its path may be read', async () => {
    expect((await post('/forward/spans/api/v2/spans', '[]')).status).toBe(405);
    expect((await post('/forward/metrics/api/v1/alerts', '')).status).toBe(405);
    expect(backend.asked).toEqual([]);
  });

  test('a body that is no form, is too large, or is packed', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data'])
      expect((await post('/forward/metrics/api/v1/query', '{}', { 'Content-Type': type })).status).toBe(415);
    const packed = { 'Content-Encoding': 'gzip' };
    expect((await post('/forward/metrics/api/v1/query', 'x', packed)).status).toBe(415);
    expect((await post('/forward/metrics/api/v1/query', 'x'.repeat(1_100_000))).status).toBe(413);
    expect((await ask(`${QUERY}${'x'.repeat(15_999)}`)).status).toBe(414);
    expect(backend.asked).toEqual([]);
  });

  test('another address in the place of the path', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET ${backend.url}/api/v1/query HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/^HTTP\/1.1 400/);
    expect(backend.asked).toEqual([]);
  });

  test('anything at all, without configuration', async () => {
    const bare = await serve();
    const { status, text, headers } = await askPort(bare.port, 'GET', QUERY);
    expect([status, headers['chalkline-unforwarded']]).toEqual([404, 'true']);
    expect(text).toContain('no targets are configured');
    expect((await askPort(bare.port, 'GET', '/forward')).text).toBe('{"targets":[]}');
    await bare.close();
  });
});
