import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadAssets } from './assets.ts';
import { createDoor } from './door.ts';
import { createForward, type Target } from './forward/index.ts';
import { handle } from './handler.ts';
import { securityHeaders } from './headers.ts';
import { logError } from './log.ts';
import { createPush } from './push/index.ts';
import type { Route } from './route.ts';

export interface ServerOptions {
  /** Folder of the built app. */
  folder: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** The only origins, besides its own, that the page may ask. None given: any. */
  connect?: readonly string[];
  /** Names with a dot that it is reached by, such as `board.example`. */
  hosts?: readonly string[];
  /** A second port that takes spans and serves nothing else: 4318 is what SDKs expect. 0 takes any free one. */
  otlpPort?: number;
  /** Origins whose pages may push spans. */
  pushOrigins?: readonly string[];
  /** Back ends that it asks in the page's stead; none unless given. */
  targets?: readonly Target[];
}

export interface RunningServer {
  url: string;
  port: number;
  /** The second port, where one was asked for. */
  otlpPort: number | null;
  /** Stops taking requests, lets those under way finish for a moment, then closes every connection. */
  close: () => Promise<void>;
}

/** How long an answer under way may still take when the server is told to stop. Milliseconds. */
const GRACE = 2_000;

/** Starts serving. Rejects when there is no built app, an origin is malformed, or a port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const headers = securityHeaders(options.connect);
  const assets = await loadAssets(options.folder);
  const door = createDoor(options.hosts);
  const push = createPush({ door, origins: options.pushOrigins ?? [] });
  const forward = createForward(options.targets ?? [], door);
  const answering = (files: typeof assets, routes: readonly Route[]): RequestListener => {
    return (request, response) => {
      handle(request, response, files, headers, routes).catch((error: unknown) => {
        logError('request failed', error, { method: request.method, url: request.url });
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
    };
  };
  const servers = [
    await listen(
      options.host,
      options.port,
      answering(assets, [push.intake, push.answer, ...forward.routes]),
    ),
  ];
  const closeAll = async () => {
    push.close();
    await Promise.all(servers.map(close));
    forward.close();
  };
  try {
    if (options.otlpPort !== undefined)
      servers.push(await listen(options.host, options.otlpPort, answering(new Map(), [push.intake])));
  } catch (error) {
    await closeAll();
    throw error;
  }
  const [{ address, family, port }, otlp] = servers.map((server) => server.address() as AddressInfo) as [
    AddressInfo,
    AddressInfo?,
  ];
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`,
    port,
    otlpPort: otlp?.port ?? null,
    close: closeAll,
  };
}

async function listen(host: string, port: number, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.on('error', (error) => logError('server', error));
  return server;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
  });
}
