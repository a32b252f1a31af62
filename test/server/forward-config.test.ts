/** What the forwarder may be told, what stops the start, and where names must not lead. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { isForbidden } from '../../src/server/forward/address.ts';
import { readTargets } from '../../src/server/forward/index.ts';
import { redacting, secretsOf } from '../../src/server/forward/redact.ts';
import { startBackend } from './backend.ts';
import { ask, serve } from './served.ts';

/** Where names lead, whatever the machine thinks. */
const names = vi.hoisted(() => ({
  'metadata.test': ['169.254.169.254'],
  'both.test': ['169.254.169.254', '127.0.0.1'],
  'six.test': ['fe80::1', '::ffff:169.254.169.254'],
  'well.test': ['127.0.0.1'],
}));
vi.mock('node:dns', async (load) => {
  type Found = { address: string; family: number }[];
  type Told = (error: Error | null, found: Found) => void;
  const lookup = (name: keyof typeof names, _: unknown, done: Told) => {
    const found = (names[name] ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    setImmediate(() => done(null, found));
  };
  return { ...(await load<object>()), lookup };
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chalkline-forward-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileOf(content: unknown, name = 'chalkline.json'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}
const SOUND = { type: 'prometheus', url: 'https://mimir.test/prometheus' };

describe('what is read', () => {
  test('nothing, where nothing is configured', async () => {
    expect(await readTargets({})).toEqual([]);
    expect(await readTargets({ CHALKLINE_CONFIG: await fileOf({}) })).toEqual([]);
  });

  test('a file and the environment together, secrets from where they are kept', async () => {
    const token = await fileOf('  from-a-file\n', 'token');
    const file = await fileOf({
      forward: {
        metrics: {
          ...SOUND,
          headers: {
            Authorization: { file: token, prefix: 'Bearer ' },
            'X-Scope-OrgID': { env: 'TENANT' },
            'X-Api-Key': 'plain-key',
            'X-Region': 'eu',
          },
          ...{ timeout: 5000, mostBytes: 1_000_000, atOnce: 8 },
        },
      },
    });
    const CHALKLINE_FORWARD = JSON.stringify({ traces: { type: 'jaeger', url: 'http://[::1]:16686/' } });
    const targets = await readTargets({ CHALKLINE_CONFIG: file, CHALKLINE_FORWARD, TENANT: 'team-a' });
    expect(targets.map(({ name, api, url }) => [name, api, url.href])).toEqual([
      ['metrics', 'prometheus', 'https://mimir.test/prometheus'],
      ['traces', 'jaeger', 'http://[::1]:16686/'],
    ]);
    const [metrics, traces] = targets;
    expect(metrics).toMatchObject({ timeout: 5000, mostBytes: 1_000_000, atOnce: 8 });
    expect(traces).toMatchObject({ timeout: 15_000, mostBytes: 52_428_800, atOnce: 4, headers: [] });
    const headers = await Promise.all(
      metrics!.headers.map(async ({ name, value, isSecret }) => [name, await value(), isSecret]),
    );
    expect(headers).toEqual([
      ['Authorization', 'Bearer from-a-file', true],
      ['X-Scope-OrgID', 'team-a', false],
      ['X-Api-Key', 'plain-key', true],
      ['X-Region', 'eu', false],
    ]);
    await writeFile(token, 'replaced');
    expect(await metrics!.headers[0]!.value()).toBe('Bearer replaced');
  });
});

describe('what stops the start', () => {
  const target = (change: object, name = 'metrics') => ({ forward: { [name]: { ...SOUND, ...change } } });
  const headers = (value: unknown, name = 'Authorization') => target({ headers: { [name]: value } });

  test.each<[string, unknown, string, string]>([
    ['no JSON', '{"forward": {"metrics": secret-1}}', '1:25', 'expected a value'],
    ['half a file', '{"forward": {"metrics": "secret-1', '1:34', 'ends inside a string'],
    ['a list', [], '', 'expected object'],
    ['an unknown setting', { forwards: {} }, 'forwards', 'is not a known field'],
    [
      'an unknown setting of a target',
      target({ uri: 'secret-1' }),
      'forward.metrics.uri',
      'is not a known field',
    ],
    ['a name with a slash', target({}, 'a/b'), 'forward.a/b', 'a to z'],
    ['a name in capitals', target({}, 'Metrics'), 'forward.Metrics', 'a to z'],
    [
      'another type',
      target({ type: 'loki' }),
      'forward.metrics.type',
      '"prometheus" or "jaeger" or "zipkin"',
    ],
    ['no url', { forward: { m: { type: 'jaeger' } } }, 'forward.m.url', 'expected string'],
    ['no address', target({ url: 'mimir' }), 'forward.metrics.url', 'http or https'],
    ['a file', target({ url: 'file:///etc/passwd' }), 'forward.metrics.url', 'http or https'],
    [
      'a password',
      target({ url: 'http://u:secret-1@m.test' }),
      'forward.metrics.url',
      'put them into headers',
    ],
    ['a query', target({ url: 'http://m.test/?token=secret-1' }), 'forward.metrics.url', 'no ? and no #'],
    [
      'the metadata of a cloud',
      target({ url: 'http://169.254.169.254/' }),
      'forward.metrics.url',
      'link-local',
    ],
    ['the same, as a number', target({ url: 'http://2852039166/' }), 'forward.metrics.url', 'link-local'],
    ['the same, in hex', target({ url: 'http://0xa9fea9fe/' }), 'forward.metrics.url', 'link-local'],
    ['the same, as IPv6', target({ url: 'http://[::ffff:a9fe:a9fe]/' }), 'forward.metrics.url', 'link-local'],
    ['a wait without end', target({ timeout: 1e9 }), 'forward.metrics.timeout', 'at most 60000'],
    ['no questions at all', target({ atOnce: 0 }), 'forward.metrics.atOnce', 'at least 1'],
    [
      'a value of no kind',
      headers({ secret: 'secret-1' }),
      'forward.metrics.headers.Authorization',
      '{"env": name}',
    ],
    ['two places', headers({ env: 'A', file: 'b' }), 'forward.metrics.headers.Authorization', 'must be text'],
    [
      'a variable that is not set',
      headers({ env: 'NOT_SET' }),
      'headers.Authorization',
      'NOT_SET is not set',
    ],
    ['no such file', headers({ file: '/nowhere/token' }), 'headers.Authorization', 'there is no such file'],
    ['a line break', headers('secret-1\r\nX-Other: 1'), 'headers.Authorization', 'such as a line break'],
    ['a name that is none', headers('x', 'a b'), 'forward.metrics.headers.a b', 'no name of a header'],
    ['the name of another', headers('evil.test', 'Host'), 'forward.metrics.headers.Host', 'belongs to'],
    ['how long it is', headers('1', 'content-length'), 'headers.content-length', 'belongs to'],
    ['how it is sent', headers('chunked', 'Transfer-Encoding'), 'headers.Transfer-Encoding', 'belongs to'],
  ])('%s', async (_, content, path, reason) => {
    const file = await fileOf(content);
    const failure: Error = await readTargets({ CHALKLINE_CONFIG: file }).then(
      () => new Error('was read'),
      (error) => error,
    );
    expect(failure.message).toContain(path === '' ? `${file}: ` : `${file}, at `);
    expect(failure.message).toContain(path);
    expect(failure.message).toContain(reason);
    expect(failure.message).toMatch(/\.$/);
    expect(failure.message).not.toContain('secret-1');
  });

  test('a file that is not there, an empty one, one name twice', async () => {
    const missing = readTargets({ CHALKLINE_CONFIG: join(folder, 'none.json') });
    await expect(missing).rejects.toThrow(
      /^CHALKLINE_CONFIG: .*none\.json can’t be read: there is no such file\.$/,
    );
    const empty = await fileOf('', 'empty');
    const written = { metrics: { ...SOUND, headers: { Authorization: { file: empty } } } };
    await expect(readTargets({ CHALKLINE_FORWARD: JSON.stringify(written) })).rejects.toThrow(
      'CHALKLINE_FORWARD, at metrics.headers.Authorization: the file is empty.',
    );
    const CHALKLINE_CONFIG = await fileOf({ forward: { metrics: SOUND } });
    await expect(
      readTargets({ CHALKLINE_CONFIG, CHALKLINE_FORWARD: JSON.stringify({ metrics: SOUND }) }),
    ).rejects.toThrow(/^CHALKLINE_FORWARD, at metrics: stands in .*chalkline\.json, too\.$/);
  });

  test('stops the program itself, with one line', async () => {
    const file = await fileOf(target({ url: 'nowhere' }));
    const main = join(import.meta.dirname, '../../src/server/main.ts');
    const env = { PATH: process.env.PATH, CHALKLINE_CONFIG: file, PORT: '0' };
    const failure = await promisify(execFile)(process.execPath, [main], { env }).then(
      () => ({ code: 0, stderr: '' }),
      (error: { code: number; stderr: string }) => error,
    );
    expect(failure.code).toBe(1);
    expect(failure.stderr.trim()).toBe(`${file}, at forward.metrics.url: must be an http or https address.`);
  });
});

describe('where names lead', () => {
  test('link-local and metadata addresses are told from all others', () => {
    for (const bad of [
      ...[
        '169.254.169.254',
        '169.254.0.1',
        '::ffff:169.254.169.254',
        '::ffff:a9fe:a9fe',
        'fe80::1',
        'febf::1',
      ],
      ...['fd00:ec2::254', '100.100.100.200', '168.63.129.16'],
    ])
      expect([bad, isForbidden(bad)]).toEqual([bad, true]);
    for (const good of [
      '127.0.0.1',
      '10.0.0.1',
      '192.168.1.1',
      '::1',
      'fd00::1',
      '169.253.1.1',
      'fec0::1',
      'name',
    ])
      expect([good, isForbidden(good)]).toEqual([good, false]);
  });

  test('a name that leads there is not asked; of several addresses one that may be is', async () => {
    const backend = await startBackend();
    const to = (name: string) => ({ type: 'prometheus', url: `http://${name}.test:${backend.port}` });
    const server = await serve({
      targets: await readTargets({
        CHALKLINE_FORWARD: JSON.stringify({
          ...{
            metadata: to('metadata'),
            six: to('six'),
            both: to('both'),
            well: to('well'),
            none: to('none'),
          },
        }),
      }),
    });
    const of = (name: string) => ask(server.port, 'GET', `/forward/${name}/api/v1/query?query=1`);
    for (const name of ['metadata', 'six']) {
      const { status, text } = await of(name);
      expect([status, text]).toEqual([502, `${name} leads to a link-local address, which is never asked\n`]);
    }
    expect((await of('none')).text).toBe('none could not be reached (ENOTFOUND)\n');
    expect(backend.asked).toEqual([]);
    expect((await of('well')).status).toBe(200);
    expect((await of('both')).status).toBe(200);
    expect(backend.last().headers.host).toBe(`both.test:${backend.port}`);
    await server.close();
    await backend.close();
  });
});

test('secrets are found however an answer is cut, and nothing else is touched', async () => {
  const pieces = fc.array(
    fc.constantFrom('s3cr3t-a', 'Bearer ', 's3cr3t', '-a', 's3', 'x', '"', 'ä', 'token-2'),
  );
  await fc.assert(
    fc.asyncProperty(pieces, fc.array(fc.nat(40), { maxLength: 6 }), async (parts, cuts) => {
      const secrets = secretsOf(['Bearer s3cr3t-a', 'token-2', 'eu']);
      const all = Buffer.from(parts.join(''));
      const redact = redacting(secrets);
      let start = 0;
      for (const length of cuts) {
        redact.write(all.subarray(start, start + length));
        start += length;
      }
      redact.end(all.subarray(start));
      const chunks: Buffer[] = [];
      for await (const chunk of redact) chunks.push(chunk as Buffer);
      const stars = (text: string) => '*'.repeat(text.length);
      expect(Buffer.concat(chunks).toString()).toBe(all.toString().replace(/s3cr3t-a|token-2/g, stars));
    }),
  );
});
