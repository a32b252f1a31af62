import { Agent, createServer, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { exporter } from './telemetry.ts';
import { where } from './where.ts';

/** What can be made to go wrong in a service, for real. */
export interface Fault {
  /** Everything that it serves takes this much longer. Milliseconds. */
  delay?: number;
  /** Its queries take this much longer in the database, and hold their connection meanwhile. Milliseconds. */
  slowQuery?: number;
  /** It holds each connection to its database so long after the query. Milliseconds. */
  hold?: number;
  /** Names of what it does without: it goes on as if that had answered at once. */
  without?: readonly string[];
}

export const fault: Required<Fault> = { delay: 0, slowQuery: 0, hold: 0, without: [] };

/** Work that takes between `from` and `to` milliseconds, and the injected delay. */
export const work = (from: number, to: number): Promise<void> =>
  sleep(fault.delay + from + Math.random() * (to - from));

type Routes = Record<string, () => Promise<void>>;

/** Asks a part of the system by its name, unless that is to be done without. */
export async function reach(part: string, ask: () => Promise<unknown>): Promise<void> {
  if (!fault.without.includes(part)) await ask();
}

/** Serves each path with its work and /metrics, tells the parent process when it does, and takes faults from it. */
export function listen(routes: Routes): void {
  const server = createServer((request, response) => {
    if (request.url === '/metrics') return exporter.getMetricsRequestHandler(request, response);
    answer(request, routes).then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
  const port = Number(where('PORT'));
  server.listen(port, '127.0.0.1', () => process.send?.({ port }));
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

/** Calls another service, its instances in turn; where one is not there, the next. Rejects when it answers with an error. */
export function callerOf(name: string, instances: readonly string[]): (path: string) => Promise<void> {
  let turn = 0;
  return (path) =>
    reach(name, async () => {
      const first = turn++;
      for (let tried = 0; ; tried++) {
        const url = `${instances[(first + tried) % instances.length]}${path}`;
        const status = await statusOf(url).catch((error: Error) => error);
        if (status === 200) return;
        if (typeof status === 'number') throw new Error(`${url} answered ${status}`);
        if (tried === instances.length - 1) throw status;
      }
    });
}

const statusOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject);
  });
