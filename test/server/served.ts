/** A running server with nothing built but a page, and requests that say exactly what a test wants to say. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import type { ServerOptions } from '../../src/server/server.ts';
import type { PushedAnswer } from '../../src/telemetry/index.ts';

export async function serve(options: Partial<ServerOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'chalkline-push-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  const server: RunningServer = await startServer({ folder, host: '127.0.0.1', port: 0, ...options });
  return {
    ...server,
    push: (body: Body, headers: Headers = {}) => ask(server.port, 'POST', '/v1/traces', headers, body),
    look: async (search = '') => {
      const { status, text } = await ask(server.port, 'GET', `/telemetry/traces${search}`);
      if (status !== 200) throw new Error(`${status} ${text}`);
      return JSON.parse(text) as PushedAnswer;
    },
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Headers = Record<string, string>;
type Body = string | Uint8Array;
export type Answer = { status: number; headers: NodeJS.Dict<string | string[]>; bytes: Buffer; text: string };

/** Plain HTTP: `fetch` would choose Host and Origin itself. */
export function ask(
  port: number,
  method: string,
  path: string,
  headers: Headers = {},
  body: Body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path, headers }, async (response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of response) chunks.push(chunk as Buffer);
      } catch (error) {
        return reject(error);
      }
      const bytes = Buffer.concat(chunks);
      resolve({ status: response.statusCode!, headers: response.headers, bytes, text: bytes.toString() });
    });
    asking.on('error', reject);
    asking.end(body);
  });
}
