import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { root } from './build.ts';

function start(env: Record<string, string>) {
  return spawn(process.execPath, [join(root, 'src/server/main.ts')], { env: { ...process.env, ...env } });
}

describe('the program behind npm start', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its address, serves the app, and stops cleanly on %s',
    async (signal) => {
      const child = start({ PORT: '0' });
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      const url = /^Chalkline is at (http:\/\/127\.0\.0\.1:\d+\/)\n$/.exec(said.toString())?.[1] ?? '';
      expect(await (await fetch(url)).text()).toContain('<div id="root">');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([0, null]);
    },
  );

  it('says in plain words why it cannot have the port it was told', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    expect(await failure({ PORT: String(port) })).toBe(`Port ${port} is taken: name another one in PORT.\n`);
    expect(await failure({ PORT: '0', OTLP_PORT: String(port) })).toBe(
      `Port ${port} is taken: name another one in OTLP_PORT.\n`,
    );
    other.close();
    expect(await failure({ PORT: 'eighty' })).toBe(
      'PORT is "eighty": it must be a number from 0 to 65535.\n',
    );
  });
});

async function failure(env: Record<string, string>): Promise<string> {
  const child = start(env);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(code).toBe(1);
  return said;
}
