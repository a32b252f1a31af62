import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadAssets } from './assets.ts';
import { handle } from './handler.ts';
import { securityHeaders } from './headers.ts';
import { logError } from './log.ts';

export interface ServerOptions {
  /** Folder of the built app. */
  folder: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The only origins, besides its own, that the page may ask. None given: any. */
  connect?: readonly string[];
}

export interface RunningServer {
  url: string;
  port: number;
  /** Stops taking requests, lets those under way finish for a moment, then closes every connection. */
  close: () => Promise<void>;
}

/** How long an answer under way may still take when the server is told to stop. Milliseconds. */
const GRACE = 2_000;

/** Starts serving. Rejects when there is no built app, an origin is malformed, or the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const headers = securityHeaders(options.connect);
  const assets = await loadAssets(options.folder);
  const server = createServer((request, response) => {
    handle(request, response, assets, headers).catch((error: unknown) => {
      logError('request failed', error, { method: request.method, url: request.url });
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  server.on('error', (error) => logError('server', error));
  const { address, family, port } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`,
    port,
    close: () =>
      new Promise((resolve) => {
        const deadline = setTimeout(() => server.closeAllConnections(), GRACE);
        server.close(() => {
          clearTimeout(deadline);
          resolve();
        });
      }),
  };
}
