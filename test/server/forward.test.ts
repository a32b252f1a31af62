/** The forwarder over real HTTP: what it asks, what it hands on, and every way to make it do something else. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readTargets } from '../../src/server/forward/index.ts';
import { startBackend } from './backend.ts';
import { ask as askPort, type Headers, serve } from './served.ts';

const TOKEN = 'tk-4711-very-secret';
const JSON_TYPE = { 'Content-Type': 'application/json' };

let backend: Awaited<ReturnType<typeof startBackend>>;
let server: Awaited<ReturnType<typeof serve>>;
let usual: (typeof backend)['state']['answer'];

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

const ask = (path: string, headers?: Headers) => askPort(server.port, 'GET', path, headers);
const post = (path: string, body: string, headers: Headers = {}) =>
  askPort(
    server.port,
    'POST',
    path,
    { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body,
  );
const QUERY = '/forward/metrics/api/v1/query?query=up';

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

describe('pages from elsewhere', () => {
  test.each<[string, Headers, number]>([
    ['another origin', { Origin: 'https://evil.test' }, 403],
    ['another port', { Origin: 'http://localhost:1', Host: 'localhost:2' }, 403],
    ['an origin that is none', { Origin: 'null' }, 403],
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a sister', { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['a name that was pointed here', { Host: 'evil.test' }, 421],
    ['such a name, as its own page', { Host: 'evil.test', Origin: 'http://evil.test' }, 421],
    ['a name with another in it', { Host: 'localhost@evil.test' }, 421],
  ])('%s', async (_, headers, status) => {
    for (const path of [QUERY, '/forward']) {
      const answer = await ask(path, headers);
      expect(answer.status).toBe(status);
      expect(answer.text).not.toContain('prometheus');
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
    expect((await post('/forward/metrics/api/v1/query', 'query=up', headers)).status).toBe(status);
    expect(backend.asked).toEqual([]);
  });

  test('its own page may ask', async () => {
    const own = { Host: 'localhost:4747', Origin: 'http://localhost:4747', 'Sec-Fetch-Site': 'same-origin' };
    expect((await ask(QUERY, own)).status).toBe(200);
    expect((await post('/forward/metrics/api/v1/query', 'query=up', own)).status).toBe(200);
  });
});

describe('headers', () => {
  test('of the page go no further, but for what it wants to read', async () => {
    await ask(QUERY, {
      ...{
        Accept: 'application/json;q=0.9',
        Authorization: 'Bearer mine',
        Cookie: 'a=b',
        'X-Scope-OrgID': 'b',
      },
      ...{ 'X-Forwarded-For': '1.2.3.4', 'X-Forwarded-Host': 'evil.test', Forwarded: 'for=1', Via: '1.1 x' },
      ...{
        'X-HTTP-Method-Override': 'DELETE',
        'Proxy-Authorization': 'x',
        TE: 'trailers',
        Range: 'bytes=0-1',
      },
      ...{
        Connection: 'keep-alive, X-Scope-OrgID',
        'X-Other': 'x',
        Referer: 'http://x/',
        Origin: 'http://localhost',
      },
      Host: 'localhost',
    });
    const { headers, raw } = backend.last();
    expect(Object.keys(headers).sort()).toEqual([
      ...['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'user-agent', 'x-scope-orgid'],
    ]);
    expect(headers).toMatchObject({
      ...{ accept: 'application/json;q=0.9', authorization: `Bearer ${TOKEN}`, 'x-scope-orgid': 'team-a' },
      ...{ host: `127.0.0.1:${backend.port}`, connection: 'keep-alive' },
    });
    expect(raw.length).toBe(2 * Object.keys(headers).length);
  });

  test('of the back end go no further either, and nothing it says is a page', async () => {
    backend.state.answer = (_, response) => {
      response.writeHead(200, {
        ...{ 'Content-Type': 'text/html', 'Set-Cookie': 'a=b', 'Access-Control-Allow-Origin': '*' },
        ...{
          'X-Internal': 'host-7',
          Server: 'x',
          Location: 'http://evil.test',
          Refresh: '0;url=http://evil.test',
        },
        ...{ 'Content-Security-Policy': "script-src 'unsafe-inline'", 'Clear-Site-Data': '"*"', Link: '<x>' },
        ...{ 'Service-Worker-Allowed': '/', 'X-Content-Type-Options': 'none' },
      });
      response.end('<script>alert(1)</script>');
    };
    const { headers } = await ask(QUERY);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    for (const name of [
      'set-cookie',
      'access-control-allow-origin',
      'x-internal',
      'server',
      'location',
      'refresh',
    ])
      expect(headers).not.toHaveProperty(name);
    for (const name of ['clear-site-data', 'link', 'service-worker-allowed'])
      expect(headers).not.toHaveProperty(name);
  });

  test('two questions in one are not smuggled through', async () => {
    const smuggled = 'GET /api/v1/admin/tsdb/snapshot HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const head of [
      'Transfer-Encoding: chunked\r\nContent-Length: 5',
      'Transfer-Encoding: chunked, identity',
      'Content-Length: 3\r\nContent-Length: 40',
      'Transfer-Encoding : chunked',
    ]) {
      const socket = connect(server.port, '127.0.0.1');
      const form = 'Content-Type: application/x-www-form-urlencoded';
      socket.write(
        `POST /forward/metrics/api/v1/query HTTP/1.1\r\nHost: localhost\r\n${form}\r\n${head}\r\n\r\n0\r\n\r\n${smuggled}`,
      );
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      await new Promise((resolve) => socket.on('close', resolve));
      expect(text).toMatch(/^HTTP\/1.1 400/);
    }
    await ask('/forward/metrics/api/v1/query?query=a%0d%0aX-Injected:%201');
    expect(backend.asked.map(({ url }) => url)).toEqual(['/base/api/v1/query?query=a%0d%0aX-Injected:%201']);
    expect(backend.last().headers).not.toHaveProperty('x-injected');
  });
});

describe('secrets stay here', () => {
  const echo = (status: number, cut: number): typeof usual => {
    return ({ headers }, response) => {
      response.writeHead(status, { ...JSON_TYPE, 'X-Echo': headers.authorization as string });
      const text = JSON.stringify(headers);
      response.write(text.slice(0, cut));
      setTimeout(() => response.end(text.slice(cut)), 5);
    };
  };

  test.each([200, 400, 500])('though the back end repeats them (%s)', async (status) => {
    for (let cut = 0; cut < 160; cut += 7) {
      backend.state.answer = echo(status, cut);
      const answer = await ask(QUERY);
      expect(answer.status).toBe(status);
      expect(JSON.stringify(answer)).not.toContain(TOKEN);
      expect(answer.text).toContain('"authorization":"Bearer ***');
      // a tenant is no secret, and stands in the data
      expect(JSON.parse(answer.text)['x-scope-orgid']).toBe('team-a');
    }
  });

  test.each([401, 403, 407])('though it refuses them (%s), and it asks the page for none', async (status) => {
    backend.state.answer = ({ headers }, response) => {
      response.writeHead(status, { 'WWW-Authenticate': 'Basic', 'Proxy-Authenticate': 'Basic' });
      response.end(`bad ${headers.authorization}`);
    };
    const answer = await ask(QUERY);
    expect(answer.status).toBe(502);
    expect(answer.text).toContain(`metrics refused the credentials it was asked with (${status})`);
    expect(JSON.stringify(answer)).not.toContain(TOKEN);
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  test('and so do addresses, in words and in the log', async () => {
    const log = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { status, text, headers } = await ask('/forward/gone/api/v1/query');
    expect([status, headers['chalkline-unforwarded']]).toEqual([502, 'true']);
    expect(text).toBe('gone could not be reached (ECONNREFUSED)\n');
    backend.state.answer = (_, response) => void response.destroy();
    expect((await ask(QUERY)).text).not.toContain('127.0.0.1');
    expect(JSON.stringify(log.mock.calls)).not.toContain(TOKEN);
  });
});

describe('what goes wrong', () => {
  test.each([301, 302, 303, 307, 308])('a redirect (%s) is not followed', async (status) => {
    backend.state.answer = (_, response) => {
      response.writeHead(status, { Location: 'http://169.254.169.254/latest/meta-data/' }).end();
    };
    const answer = await ask(QUERY);
    expect([answer.status, answer.headers.location]).toEqual([502, undefined]);
    expect(answer.text).toContain('redirect');
    expect(backend.asked.length).toBe(1);
  });

  test('a back end that hangs is given up, before its answer and in the middle of it', async () => {
    backend.state.answer = () => {};
    const { status, text } = await ask(QUERY);
    expect([status, text]).toEqual([504, 'metrics gave no answer within 0.4 s\n']);
    await vi.waitFor(() => expect(backend.state.open).toBe(0));
  });

  test('a page that leaves takes its question with it', async () => {
    backend.state.answer = (_, response) => void response.write('{');
    const leaving = new AbortController();
    const asking = fetch(`http://127.0.0.1:${server.port}${QUERY}`, { signal: leaving.signal });
    await vi.waitFor(() => expect(backend.state.open).toBe(1));
    leaving.abort();
    await asking.then((response) => response.text()).catch(() => {});
    await vi.waitFor(() => expect(backend.state.open).toBe(0));
  });

  test('half an answer is broken off, not ended', async () => {
    backend.state.answer = (_, response) => {
      response.writeHead(200, JSON_TYPE).write('{"status":"success","data":[');
      setTimeout(() => response.destroy(), 20);
    };
    await expect(ask(QUERY)).rejects.toThrow();
    backend.state.answer = (_, response) => {
      const packed = gzipSync('x'.repeat(5000));
      response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }).end(packed.subarray(0, 20));
    };
    await expect(ask(QUERY)).rejects.toThrow();
  });

  test('more than may be is refused when it is announced, and broken off when it is not', async () => {
    backend.state.answer = (_, response) => void response.end('x'.repeat(100_001));
    const { status, text } = await ask(QUERY);
    expect([status, text]).toEqual([
      502,
      'metrics answered with more than 0.1 MB: ask for less, or raise its mostBytes\n',
    ]);
    const before = process.memoryUsage().rss;
    backend.state.answer = (_, response) => {
      response.write('x');
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(100_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    await expect(ask(QUERY)).rejects.toThrow();
    await vi.waitFor(() => expect(backend.state.open).toBe(0));
    const bomb = gzipSync(Buffer.alloc(200_000_000), { level: 1 });
    expect(bomb.length).toBeLessThan(1_000_000);
    backend.state.answer = (_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'Content-Encoding': 'gzip' }).write(bomb.subarray(0, 90_000));
    };
    await expect(ask(QUERY)).rejects.toThrow();
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  test('an encoding that nobody asked for', async () => {
    backend.state.answer = (_, response) =>
      void response.writeHead(200, { 'Content-Encoding': 'br' }).end('x');
    expect((await ask(QUERY)).status).toBe(502);
  });

  test('only so many questions are asked at one time; the others wait, and too many do not', async () => {
    backend.state.most = 0;
    backend.state.answer = (_, response) => void setTimeout(() => response.end('{}'), 5);
    const all = await Promise.all(Array.from({ length: 100 }, () => ask(QUERY)));
    expect(backend.state.most).toBe(2);
    const of = (status: number) => all.filter((each) => each.status === status);
    expect(of(200).length + of(503).length).toBe(100);
    expect(of(200).length).toBeGreaterThanOrEqual(66);
    for (const { headers } of of(503)) expect(headers['retry-after']).toBe('2');
    backend.state.answer = usual;
    expect((await ask(QUERY)).status).toBe(200);
  });

  test('a connection that the back end closed meanwhile is no failure', async () => {
    for (let i = 0; i < 3; i++) {
      expect((await ask(QUERY)).status).toBe(200);
      backend.state.answer = (_, response, request) => {
        response.end('{}', () => setTimeout(() => request.socket.destroy(), 1));
      };
      await ask(QUERY);
      backend.state.answer = usual;
    }
  });
});
