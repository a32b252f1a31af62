import fc from 'fast-check';
import { gzipSync, zlibSync } from 'fflate';
import { expect, test } from 'vitest';
import { crc32 } from '../../src/formats/crc.ts';
import { describeFaults, embedInPng, embedInSvg } from '../../src/formats/index.ts';
import { loadBoard, readingSchema, serializeBoard } from '../../src/graph/index.ts';
import { bytesOf, drop, fixture, opened, refused, textOf } from './drop.ts';

const board = opened('shop.board.json', fixture('shop.board.json')).board;
const pixels = fixture('pixels.png');
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>';
const GOOD: Record<string, Uint8Array> = {
  'board.json': fixture('shop.board.json'),
  'jaeger.json': fixture('shop.jaeger.json'),
  'otlp.jsonl': fixture('shop.otlp.jsonl'),
  'zipkin.json': fixture('shop.zipkin.json'),
  'zipkin-v1.json': fixture('shop.zipkin-v1.json'),
  'tempo.json': fixture('shop.tempo.json'),
  'kiali.json': fixture('shop.kiali.json'),
  'otlp.jsonl.gz': gzipSync(fixture('shop.otlp.jsonl')),
  'nginx.log': fixture('shop.nginx.log'),
  'envoy.log': fixture('shop.envoy.log'),
  'haproxy.log': fixture('shop.haproxy.log'),
  'fields.log': fixture('shop.fields.log'),
  'board.png': embedInPng(pixels, board),
  'board.svg': bytesOf(embedInSvg(svg, board)),
};
/** Of a processor's time, which is the same on a busy machine. Microseconds. */
const SLOWEST = 5_000_000;

/** The promise of the reader: an answer in time, which is a valid board or a refusal that says why. */
function holds(name: string, bytes: Uint8Array): void {
  const start = process.cpuUsage();
  const read = drop(name, bytes);
  expect(process.cpuUsage(start).user, name).toBeLessThan(SLOWEST);
  if (read.ok) {
    expect(loadBoard(JSON.parse(serializeBoard(read.board)), 'x')).toEqual({
      ok: true,
      board: read.board,
      repairs: [],
    });
    for (const reading of read.readings) expect(readingSchema.safeParse(reading).success).toBe(true);
    return;
  }
  expect(read.faults.length).toBeGreaterThan(0);
  for (const fault of read.faults) {
    expect(fault.file).toBe(name);
    expect(fault.reason).not.toBe('');
    // The last resort of the reader: a fault of its own.
    expect(fault.reason).not.toMatch(/could not be read/);
  }
  expect(describeFaults(read.faults)).toContain(name);
}

const anyGood = fc.constantFrom(...Object.entries(GOOD));

test('every good file is read', () => {
  for (const [name, bytes] of Object.entries(GOOD)) expect(drop(name, bytes)).toMatchObject({ ok: true });
});

test('cut anywhere', () => {
  fc.assert(
    fc.property(anyGood, fc.nat(), ([name, bytes], at) => {
      holds(name, bytes.slice(0, at % bytes.length));
    }),
    { numRuns: 200 },
  );
});

test('a newer board with values that today’s schema refuses', () => {
  for (const odd of [
    { id: '__proto__' },
    { id: '' },
    { title: 'x'.repeat(500) },
    { nodes: [1], edges: { e: {} } },
  ])
    holds('newer.json', bytesOf(JSON.stringify({ schema: 99, ...odd })));
});

test('bytes flipped anywhere', () => {
  const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(anyGood, flips, ([name, bytes], places) => {
      const flipped = bytes.slice();
      for (const [at, by] of places) flipped[at % flipped.length]! ^= by;
      holds(name, flipped);
    }),
    { numRuns: 300 },
  );
});

/** Every place in a JSON value that holds something. */
function* places(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    yield [...path, key];
    yield* places((value as Record<string, unknown>)[key], [...path, key]);
  }
}

test('any value replaced by one of another type, any key taken or made a reserved word', () => {
  const jsonFiles = Object.entries(GOOD).filter(([name]) => name.endsWith('.json'));
  const wrong = fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1e308,
    0.5,
    '',
    'x',
    [],
    {},
    [[]],
    { a: [] },
    '9'.repeat(500),
  );
  const change = fc.oneof(
    wrong.map((value) => ({ value })),
    fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString').map((key) => ({ key })),
    fc.constant({ removed: true as const }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...jsonFiles), fc.nat(), change, ([name, bytes], nth, how) => {
      const json = JSON.parse(textOf(bytes));
      const all = [...places(json)];
      const path = all[nth % all.length]!;
      const holder = path.slice(0, -1).reduce((inside, key) => inside[key], json);
      const key = path.at(-1)!;
      if ('value' in how) holder[key] = how.value;
      else {
        const value = holder[key];
        delete holder[key];
        if ('key' in how)
          Object.defineProperty(holder, how.key, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
          });
      }
      holds(name, bytesOf(JSON.stringify(json)));
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    }),
    { numRuns: 400 },
  );
});

test('any text and any bytes under any name', () => {
  const name = fc.constantFrom('a.json', 'a.png', 'a.svg', 'a.json.gz', 'a', 'a.txt');
  fc.assert(fc.property(name, fc.uint8Array({ maxLength: 200 }), (as, bytes) => holds(as, bytes)));
  fc.assert(fc.property(name, fc.json(), (as, text) => holds(as, bytesOf(text))));
});

const chunk = (type: string, data: Uint8Array) => {
  const body = new Uint8Array([...bytesOf(type), ...data]);
  const framed = new Uint8Array(body.length + 8);
  new DataView(framed.buffer).setUint32(0, data.length);
  framed.set(body, 4);
  new DataView(framed.buffer).setUint32(framed.length - 4, crc32(body));
  return framed;
};
const joined = (...all: Uint8Array[]) => new Uint8Array(Buffer.concat(all));
const inPng = (text: Uint8Array, header = 'chalkline-board\0\x01\0\0\0') =>
  joined(
    pixels.subarray(0, -12),
    chunk('iTXt', joined(bytesOf(header), zlibSync(text, { level: 9 }))),
    pixels.subarray(-12),
  );
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test('bombs are stopped by their caps, and quickly', () => {
  const zeros = new Uint8Array(60_000_000);
  const bombs: [string, Uint8Array, string, RegExp][] = [
    ['bomb.png', inPng(zeros), 'chunk iTXt chalkline-board', /more than 8 MB/],
    ['bomb.json.gz', gzipSync(zeros, { level: 9 }), 'gzip', /more than 50 MB/],
    ['big.json', new Uint8Array(50_000_001), '', /50 MB/],
    ['board.json', bytesOf(`{"nodes":{},"title":"${'x'.repeat(5_000_001)}"}`), '', /5 MB/],
    ['deep.json', bytesOf(nested(1_000_000)), '', /1000000 deep/],
    ['deep.json', bytesOf(`{"nodes":${nested(40)}}`), '', /41 deep; boards nest 32/],
    ['deep.png', inPng(bytesOf(`{"nodes":${nested(40)}}`)), '', /41 deep/],
    ['unclosed.json', bytesOf('['.repeat(5_000_000)), '', /deep/],
  ];
  for (const [name, bytes, path, reason] of bombs) {
    const start = process.cpuUsage();
    expect(refused(name, bytes)).toEqual({ file: name, path, reason: expect.stringMatching(reason) });
    expect(process.cpuUsage(start).user).toBeLessThan(SLOWEST);
  }
});

test('files made to be slow are not', () => {
  const many = (text: string, times: number) => bytesOf(text.repeat(times));
  holds('quotes.json', many('"', 2_000_000));
  holds('escapes.json', many('["\\\\\\', 1_000_000));
  holds('backslashes.json', joined(bytesOf('["'), many('\\', 2_000_001)));
  holds('spaces.json', joined(bytesOf('['), many(' ', 2_000_000)));
  holds('tags.svg', joined(bytesOf('<svg>'), many('<metadata ', 500_000)));
  holds('ids.svg', joined(bytesOf('<svg '), many(' id="chalkline-board"', 200_000)));
  holds('ids.svg', joined(bytesOf('<svg '), many(' id ', 1_000_000)));
  holds(
    'references.svg',
    joined(bytesOf('<svg><metadata id="chalkline-board">'), many('&#1;', 200_000), bytesOf('</metadata>')),
  );
  holds('lines.json', many('{}\n', 200_000));
  holds('chunks.png', joined(pixels.subarray(0, 33), new Uint8Array(12_000_000), pixels.subarray(-12)));
  const line = '192.0.2.1 - - [04/Mar/2026:05:06:07 +0000] "GET / HTTP/1.1" 200 1 "-" "-"';
  const list = Array.from({ length: 99 }, () => '$upstream_addr').join(' : ');
  holds('list.log', bytesOf(`log_format x '${list}$status';\n${'a : '.repeat(2_000_000)}`));
  holds('list.log', bytesOf(`log_format x '${list} $status';\n${`${'a : '.repeat(5_000)}\n`.repeat(500)}`));
  holds('long.log', bytesOf(`${`${line}\n`.repeat(3)}${line} rt=${'1'.repeat(5_000_000)}`));
  holds('labels.log', bytesOf(`${`${line} ${'rt='.repeat(20_000)}\n`.repeat(100)}`));
  holds('brackets.log', bytesOf(`${`${line}\n`.repeat(3)}${'[04/Mar/2026:'.repeat(400_000)}`));
  holds('half.log', bytesOf(`${line}\n{\n`.repeat(100_000)));
  holds('braces.log', bytesOf('{"status":200,"duration_ms":1,"ts":1e9}\n{\n'.repeat(100_000)));
  holds('servers.log', bytesOf(Array.from({ length: 30_000 }, (_, i) => `${line} ua=h${i}:80`).join('\n')));
  const services = Array.from({ length: 30_000 }, (_, i) => ({
    ...{ traceID: 'a', spanID: `b${i}`, startTime: i, duration: 1, process: { serviceName: `s${i}` } },
    references: [{ refType: 'CHILD_OF', traceID: 'a', spanID: `b${i - 1}` }],
  }));
  holds('services.json', bytesOf(JSON.stringify({ data: [{ traceID: 'a', spans: services }] })));
  expect(refused('services.json', JSON.stringify({ traceID: 'a', spans: services })).reason).toMatch(
    /30000 services/,
  );
});

const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  return bigEndian ? new Uint8Array(Buffer.from(bytes).swap16()) : bytes;
};

test('encodings: a byte order mark and CRLF are fine, anything but UTF-8 is refused in words', () => {
  const text = textOf(GOOD['board.json']!);
  expect(opened('a.json', `\ufeff${text.replaceAll('\n', '\r\n')}`).board).toEqual(board);
  for (const bytes of [utf16(text, false), utf16(text, true), utf16(text, false).subarray(2)])
    expect(refused('a.json', bytes)).toMatchObject({
      path: '1:1',
      reason: expect.stringContaining('UTF-16'),
    });
  const latin1 = bytesOf(text.replace('"Shop"', '"Caf?"'));
  latin1[latin1.indexOf('?'.charCodeAt(0))] = 0xe9;
  expect(refused('a.json', latin1)).toMatchObject({ path: '4:16', reason: 'is not UTF-8 text' });
});

test('what is refused says where', () => {
  const text = textOf(GOOD['board.json']!);
  expect(refused('a.json', '')).toMatchObject({ path: '', reason: 'the file is empty' });
  expect(refused('a.json', text.slice(0, text.indexOf('"kind"')))).toMatchObject({
    path: '8:7',
    reason: 'the file ends too early',
  });
  expect(refused('a.json', text.replace('"queue"', '"quux"')).path).toBe('nodes.mail.kind');
  expect(refused('a.json', text.replace('"instances"', '"__proto__"')).path).toBe('nodes.mailer.__proto__');
  expect(refused('a.json', '{"nodes":{"__proto__":{"name":"x"}}}').path).toBe('nodes.__proto__');
  expect(
    refused('a.json', '{"nodes":{"a":{"name":"x","config":{"system":"s","values":{"__proto__":"1"}}}}}').path,
  ).toBe('nodes.a.config.values.__proto__');
  expect(refused('a.png', bytesOf('GIF89a'))).toMatchObject({ path: 'first bytes' });
  expect(refused('a.json.gz', bytesOf('{}'))).toMatchObject({ path: 'first bytes' });
  expect(refused('a.json.gz', GOOD['otlp.jsonl.gz']!.slice(0, -20))).toMatchObject({ path: 'gzip' });
  expect(refused('a.json', '{"status":"success","data":{"resultType":"vector"}}').reason).toContain(
    'no kind',
  );
  expect(refused('a.png', inPng(bytesOf('{"nodes":')))).toMatchObject({ path: 'board 1:10' });
  expect(refused('a.png', inPng(bytesOf('{}'), 'chalkline-board\0\x01\x07\0\0')).reason).toContain(
    'unknown way',
  );
  expect(refused('a.jsonl', `${textOf(GOOD['otlp.jsonl']!)}{"resourceSpans":`).path).toBe('4:18');
});
