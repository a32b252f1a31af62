import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/server/index.ts';

const page = `<!doctype html><title>Chalkline</title>${' '.repeat(2000)}`;
const script = `export const chalk = 1;${' '.repeat(2000)}`;
let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chalkline-server-'));
  await mkdir(join(folder, 'dist', 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'dist', 'index.html'), page);
  await writeFile(join(folder, 'dist', 'favicon.svg'), '<svg/>');
  await writeFile(join(folder, 'dist', 'assets', 'index-abc.js'), script);
  server = await startServer({ folder: join(folder, 'dist'), host: '127.0.0.1', port: 0 });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** The answer to a request line sent exactly as given: fetch would tidy the path first. */
async function raw(
  target: string,
  ...headers: string[]
): Promise<{ status: number; head: string; body: Buffer }> {
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    `${[`GET ${target} HTTP/1.1`, 'Host: x', 'Connection: close', ...headers].join('\r\n')}\r\n\r\n`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const all = Buffer.concat(chunks);
  const split = all.indexOf('\r\n\r\n');
  const head = all.subarray(0, split).toString();
  return { status: Number(head.split(' ')[1]), head, body: all.subarray(split + 4) };
}

describe('what it serves', () => {
  it('serves the page, its files, and the page again for places inside the app', async () => {
    expect(await (await fetch(server.url)).text()).toBe(page);
    expect(await (await fetch(`${server.url}board/some-id?view=1`)).text()).toBe(page);
    const file = await fetch(`${server.url}assets/index-abc.js`);
    expect(file.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await file.text()).toBe(script);
    expect((await fetch(`${server.url}assets/gone.js`)).status).toBe(404);
  });

  it('says that it is well', async () => {
    const answer = await fetch(`${server.url}healthz`);
    expect([answer.status, await answer.text()]).toEqual([200, 'ok\n']);
  });

  it('answers HEAD without a body and refuses to be written to', async () => {
    const head = await fetch(server.url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const post = await fetch(server.url, { method: 'POST', body: 'x' });
    expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('keeps hashed files for ever and asks again for the page', async () => {
    const file = await fetch(`${server.url}assets/index-abc.js`);
    expect(file.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const first = await fetch(server.url);
    expect(first.headers.get('cache-control')).toBe('no-cache');
    const etag = first.headers.get('etag') ?? '';
    expect((await raw('/', `If-None-Match: ${etag}`)).status).toBe(304);
    expect((await raw('/', 'If-None-Match: "other"')).status).toBe(200);
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['identity', undefined],
  ])('compresses as accepted: %s', async (accepted, encoding) => {
    const { head, body } = await raw('/', `Accept-Encoding: ${accepted}`);
    expect(/content-encoding: (\w+)/i.exec(head)?.[1]).toBe(encoding);
    const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding ? gunzipSync(body) : body;
    expect(plain.toString()).toBe(page);
  });
});

describe('what it refuses', () => {
  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/%00/secret.txt',
  ])('never leaves its folder: %s', async (target) => {
    const { status, body } = await raw(target);
    expect(status).toBe(404);
    expect(body.toString()).not.toContain('secret');
  });

  it('answers an address it cannot read with 400', async () => {
    expect((await raw('/%zz')).status).toBe(400);
    expect((await raw('*')).status).toBe(400);
  });

  it('sends the security headers with every answer, refusals too', async () => {
    for (const path of ['', 'assets/index-abc.js', 'gone.js', 'healthz']) {
      const { headers } = await fetch(server.url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain("connect-src 'self' http: https:;");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('lets the page ask only the origins it was told, and takes nothing else for an origin', async () => {
    const options = { folder: join(folder, 'dist'), host: '127.0.0.1', port: 0 };
    const narrow = await startServer({ ...options, connect: ['https://prometheus.example:9090/path'] });
    const policy = (await fetch(narrow.url)).headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'self' https://prometheus.example:9090;");
    await narrow.close();
    for (const bad of ['*', "'unsafe-inline'", 'javascript:1', 'https://a; script-src *']) {
      await expect(startServer({ ...options, connect: [bad] })).rejects.toThrow('Not an http(s) origin');
    }
  });

  it('says what to do when nothing has been built', async () => {
    const start = startServer({ folder: join(folder, 'nowhere'), host: '127.0.0.1', port: 0 });
    await expect(start).rejects.toThrow('npm run build');
  });
});

describe('stopping', () => {
  it('closes although a browser keeps its connection open', async () => {
    const own = await startServer({ folder: join(folder, 'dist'), host: '127.0.0.1', port: 0 });
    const socket = connect(own.port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n');
    await once(socket, 'data');
    await own.close();
    await expect(fetch(own.url)).rejects.toThrow();
    socket.destroy();
  });
});
