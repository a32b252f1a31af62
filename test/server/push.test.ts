import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { asJson, asProtobuf, typeOf } from './otlp-encoder.ts';
import { sdkSpans } from './sdk-spans.ts';
import { ask, type Headers, serve } from './served.ts';
import { visit } from './shop.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const PROTOBUF_TYPE = { 'content-type': 'application/x-protobuf' };
const BUILT_IN = ['gateway call orders', 'orders query postgresql'];

let server: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  server = await serve({ otlpPort: 0, pushOrigins: ['https://shop.example'], hosts: ['board.example'] });
});
afterAll(() => server.close());

const status = (bytes: Uint8Array) => typeOf('RpcStatus').toObject(typeOf('RpcStatus').decode(bytes));
let n = 0;
const spans = () => visit({ n: n++, end: Date.now() });

async function edgesOf(own: Awaited<ReturnType<typeof serve>>): Promise<string[]> {
  const { nodes, edges } = await own.look();
  const name = Object.fromEntries(nodes.map((node) => [node.id, node.name]));
  return edges.map(({ source, target, kind }) => `${name[source]} ${kind} ${name[target]}`).sort();
}

describe('what it takes', () => {
  const json = () => asJson(spans());
  const protobuf = () => asProtobuf(spans());
  test.each<[string, () => string | Uint8Array, Headers]>([
    ['JSON', json, JSON_TYPE],
    ['JSON with a charset', json, { 'content-type': 'Application/JSON; charset=utf-8' }],
    ['JSON in gzip', () => gzipSync(json()), { ...JSON_TYPE, 'content-encoding': 'gzip' }],
    ['protobuf', protobuf, PROTOBUF_TYPE],
    ['protobuf in gzip', () => gzipSync(protobuf()), { ...PROTOBUF_TYPE, 'content-encoding': 'gzip' }],
    [
      'protobuf in deflate',
      () => deflateSync(protobuf()),
      { ...PROTOBUF_TYPE, 'content-encoding': 'deflate' },
    ],
    ['protobuf as it is', protobuf, { ...PROTOBUF_TYPE, 'content-encoding': 'identity' }],
    ['an empty request', () => '', PROTOBUF_TYPE],
    ['no spans', () => '{"resourceSpans":[]}', JSON_TYPE],
  ])('%s, and answers in kind', async (_, body, headers) => {
    const answer = await server.push(body(), headers);
    expect(answer.status).toBe(200);
    const isJson = headers['content-type'] !== PROTOBUF_TYPE['content-type'];
    expect(answer.headers['content-type']).toBe(isJson ? 'application/json' : 'application/x-protobuf');
    expect(answer.text).toBe(isJson ? '{}' : '');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('draws what was pushed, with figures, and says what it counted', async () => {
    const own = await serve();
    for (let i = 0; i < 10; i++) await own.push(asProtobuf(spans()), PROTOBUF_TYPE);
    expect((await own.look()).since).toBeNull();
    await vi.waitFor(async () => expect(await edgesOf(own)).toEqual(BUILT_IN), {
      timeout: 8000,
      interval: 200,
    });
    const answer = await own.look();
    expect(answer.traffic).toMatchObject({ requests: 10, spans: 40, rejected: 0, refused: 0 });
    const wholes = answer.frames[0]!.readings.filter(
      ({ instance, operation }) => instance === null && operation === undefined,
    );
    const metrics = new Set(wholes.map(({ metric }) => metric));
    for (const metric of ['latency', 'rate', 'errors'] as const) expect(metrics).toContain(metric);
    await own.close();
  });

  it('takes the usable spans and says which were not', async () => {
    const request = JSON.parse(asJson(spans()));
    request.resourceSpans[0].scopeSpans[0].spans[0].spanId = '';
    request.resourceSpans[0].scopeSpans[0].spans[1].endTimeUnixNano = '5';
    const { status: code, text } = await server.push(JSON.stringify(request), JSON_TYPE);
    expect(code).toBe(200);
    expect(JSON.parse(text)).toEqual({
      partialSuccess: { rejectedSpans: '2', errorMessage: expect.stringContaining('spans.0.spanId') },
    });
    const bad = spans().map((span) => ({ ...span, id: '0'.repeat(16) }));
    const answer = await server.push(asProtobuf(bad), PROTOBUF_TYPE);
    const { partialSuccess } = typeOf('Response').toObject(typeOf('Response').decode(answer.bytes), {
      longs: Number,
    });
    expect(partialSuccess).toMatchObject({ rejectedSpans: 4 });
  });

  it.each([
    ['JSON', JsonExporter],
    ['protobuf', ProtobufExporter],
  ])('takes what an OpenTelemetry SDK exports as %s', async (_, Exporter) => {
    const own = await serve({ otlpPort: 0 });
    const exporter = new Exporter({
      url: `http://127.0.0.1:${own.otlpPort}/v1/traces`,
      compression: 'gzip' as never,
    });
    const result = await new Promise((resolve) => exporter.export(sdkSpans(), resolve));
    expect(result).toMatchObject({ code: 0 });
    await exporter.shutdown();
    await vi.waitFor(async () => expect(await edgesOf(own)).toEqual(['gateway call orders']), {
      timeout: 8000,
      interval: 200,
    });
    const { nodes, edges, frames } = await own.look();
    const callee = frames[0]!.readings.find(
      ({ subject, metric, side, instance }) =>
        subject.id === edges[0]!.id && metric === 'latency' && side === 'callee' && instance === 'orders-7',
    );
    expect(callee).toMatchObject({ samples: 1, value: { sum: 20 } });
    expect(nodes.map(({ name, kind }) => `${name}: ${kind}`).sort()).toEqual([
      'gateway: service',
      'orders: service',
    ]);
    await own.close();
  });
});

describe('what it refuses', () => {
  const MB = 1_000_000;
  const deep = `{"resourceSpans":${'['.repeat(100)}${']'.repeat(100)}}`;
  test.each<[string, number, string | Uint8Array, Headers, string]>([
    ['no type', 415, asJson([]), {}, 'application/x-protobuf'],
    ['text', 415, asJson([]), { 'content-type': 'text/plain' }, 'application/x-protobuf'],
    ['an unknown compression', 415, asJson([]), { ...JSON_TYPE, 'content-encoding': 'br' }, 'gzip'],
    ['no JSON', 400, '{"resourceSpans":[', JSON_TYPE, 'ends too early'],
    ['JSON of another kind', 400, '[1,2]', JSON_TYPE, 'lists of objects'],
    ['a list of anything', 400, '{"resourceSpans":[1,"x",null]}', JSON_TYPE, 'lists of objects'],
    [
      'spans that are none',
      400,
      '{"resourceSpans":[{"scopeSpans":[{"spans":[7]}]}]}',
      JSON_TYPE,
      'lists of objects',
    ],
    ['deep JSON', 400, deep, JSON_TYPE, 'deep'],
    ['no protobuf', 400, 'hello there', PROTOBUF_TYPE, 'OTLP'],
    [
      'half a gzip',
      400,
      gzipSync(asJson([])).subarray(0, 15),
      { ...JSON_TYPE, 'content-encoding': 'gzip' },
      'gzip',
    ],
    ['no gzip', 400, 'plain', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 'gzip'],
    ['too many spans', 413, `{"resourceSpans":[${'{},'.repeat(200_000)}{}]}`, JSON_TYPE, 'more than'],
    ['a large body', 413, Buffer.alloc(9 * MB, ' '), JSON_TYPE, '8 MB'],
    ['a bomb', 413, gzipSync(Buffer.alloc(200 * MB)), { ...JSON_TYPE, 'content-encoding': 'gzip' }, '16 MB'],
  ])('%s', async (_, code, body, headers, reason) => {
    const answer = await server.push(body, headers);
    const isJson = headers['content-type'] !== PROTOBUF_TYPE['content-type'];
    const said = isJson ? JSON.parse(answer.text) : status(answer.bytes);
    expect([answer.status, said.message]).toEqual([code, expect.stringContaining(reason)]);
  });

  test('a large body of unknown length, and it is well afterwards', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (data) => (answer += data));
    socket.on('error', () => {});
    socket.write(
      'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    );
    const chunk = `${(65_536).toString(16)}\r\n${' '.repeat(65_536)}\r\n`;
    const pump = () => {
      if (!answer && !socket.destroyed) socket.write(chunk, () => setImmediate(pump));
    };
    pump();
    await vi.waitFor(() => expect(answer).toContain('413'), { timeout: 8000 });
    socket.destroy();
    expect((await server.push(asJson(spans()), JSON_TYPE)).status).toBe(200);
  });

  test('other ways of asking', async () => {
    const get = await ask(server.port, 'GET', '/v1/traces');
    expect([get.status, get.headers.allow]).toEqual([405, 'POST']);
    const post = await ask(server.port, 'POST', '/telemetry/traces');
    expect([post.status, post.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('more at once than there is room for is put off, and there is room again', async () => {
    const sockets = Array.from({ length: 12 }, () => connect(server.port, '127.0.0.1'));
    const head =
      'POST /v1/traces HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 7900000\r\n\r\n';
    let answers = '';
    for (const socket of sockets) {
      socket.on('data', (data) => (answers += data));
      socket.on('error', () => {});
      socket.write(head);
      // all but the end: it is held until the rest comes
      socket.write(Buffer.alloc(7_800_000, ' '));
    }
    await vi.waitFor(() => expect(answers).toMatch(/503 (.|\s)*Retry-After: 2/i), { timeout: 15_000 });
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await server.push(asJson(spans()), JSON_TYPE)).status).toBe(200));
  });
});

describe('who may ask', () => {
  const push = (headers: Headers) => server.push(asJson(spans()), { ...JSON_TYPE, ...headers });
  const look = (headers: Headers) => ask(server.port, 'GET', '/telemetry/traces', headers);
  const own = () => `127.0.0.1:${server.port}`;

  test('programs and pages of this server push; pages from elsewhere do not', async () => {
    expect((await push({})).status).toBe(200);
    expect((await push({ host: 'collector.internal.example' })).status).toBe(200);
    expect((await push({ origin: `http://${own()}` })).status).toBe(200);
    expect((await push({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await push({ origin: 'null' })).status).toBe(403);
    expect((await push({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await push({ host: 'evil.example', origin: 'http://evil.example' })).status).toBe(421);
  });

  test('a page that was named may push, and may not read what others pushed', async () => {
    const origin = 'https://shop.example';
    const asked = await ask(server.port, 'OPTIONS', '/v1/traces', {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    });
    expect(asked.status).toBe(204);
    expect(asked.headers['access-control-allow-origin']).toBe(origin);
    const pushed = await push({ origin, 'sec-fetch-site': 'cross-site' });
    expect([pushed.status, pushed.headers['access-control-allow-origin']]).toEqual([200, origin]);
    const foreign = await ask(server.port, 'OPTIONS', '/v1/traces', { origin: 'https://evil.example' });
    expect([foreign.status, foreign.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect((await look({ origin, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  test.each<[string, Headers, number]>([
    ['its own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['a person’s own typing', { 'sec-fetch-site': 'none' }, 200],
    ['by name', { host: 'localhost:4747' }, 200],
    ['by the name of a container', { host: 'chalkline' }, 200],
    ['by IPv6', { host: '[::1]:4747' }, 200],
    ['by a name that was given', { host: 'Board.example' }, 200],
    ['a page from elsewhere', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a page from next door', { 'sec-fetch-site': 'same-site' }, 403],
    ['a name pointed at this machine', { host: 'evil.example:4747' }, 421],
    ['an address in a name', { host: '127.0.0.1.evil.example' }, 421],
    ['no name', { host: 'a b' }, 421],
  ])('reading: %s', async (_, headers, code) => {
    const answer = await look(headers);
    expect(answer.status).toBe(code);
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('the second port', () => {
  it('takes spans, and has no page and no answers', async () => {
    const port = server.otlpPort!;
    const pushed = await ask(port, 'POST', '/v1/traces', JSON_TYPE, asJson(spans()));
    expect(pushed.status).toBe(200);
    expect((await ask(port, 'GET', '/healthz')).text).toBe('ok\n');
    expect((await ask(port, 'GET', '/')).status).toBe(404);
    expect((await ask(port, 'GET', '/telemetry/traces')).status).toBe(404);
  });

  it('is not had when it is taken, and then nothing is', async () => {
    const start = serve({ otlpPort: server.port });
    await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE', port: server.port });
  });
});

describe('asking for the past', () => {
  test.each([
    ['from=x', 'milliseconds'],
    ['from=5&to=1', 'after'],
    ['from=0&step=1', 'moments'],
    ['step=0', 'step'],
    ['window=1', 'window'],
  ])('%s is refused with words', async (search, words) => {
    const answer = await ask(server.port, 'GET', `/telemetry/traces?${search}`);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(words)]);
  });

  it('is packed when that is understood', async () => {
    const packed = await ask(server.port, 'GET', '/telemetry/traces', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.bytes.length).toBeLessThan(
      (await ask(server.port, 'GET', '/telemetry/traces')).bytes.length,
    );
  });
});
