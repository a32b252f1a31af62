import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { exporter } from './telemetry.ts';

/** What can be made to go wrong in a service, for real. */
export interface Fault {
  /** Everything that it serves takes this much longer. Milliseconds. */
  delay?: number;
  /** Its queries take this much longer in the database, and hold their connection meanwhile. Milliseconds. */
  slowQuery?: number;
}

export const fault: Required<Fault> = { delay: 0, slowQuery: 0 };

/** Work that takes between `from` and `to` milliseconds, and the injected delay. */
export const work = (from: number, to: number): Promise<void> =>
  sleep(fault.delay + from + Math.random() * (to - from));

type Routes = Record<string, () => Promise<void>>;

/** Serves each path with its work and /metrics, tells the parent process on which port, and takes faults from it. */
export function listen(routes: Routes): void {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') return exporter.getMetricsRequestHandler(request, response);
    answer(request, routes).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
  process.on('message', (message: Fault) => {
    Object.assign(fault, message);
    process.send?.({ fault });
  });
  process.on('disconnect', () => process.exit(0));
}

async function answer(request: IncomingMessage, routes: Routes): Promise<number> {
  const route = routes[request.url ?? ''];
  if (!route) return 404;
  await route();
  return 200;
}

const agent = new Agent({ keepAlive: true });

/** Calls another service. Rejects when it answers with an error. */
export function call(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`)),
      );
    }).once('error', reject);
  });
}
