/** The forwarder over real HTTP: pages from elsewhere, headers, secrets, and back ends that misbehave. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { ask, backend, JSON_TYPE, post, QUERY, server, TOKEN, usual, withForwarder } from './forwarder.ts';
import type { Headers } from './served.ts';

withForwarder();

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
