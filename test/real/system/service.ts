import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { measureClient, measureServer, registry } from './measures.ts';

const CALLER = 'x-caller';

/** A service that answers HTTP, is scraped at /metrics, and can be slowed down at /delay?ms=…. */
export class Service {
  readonly name: string;
  /** What is added to everything this service serves. Milliseconds. */
  #delay = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Serves each path with its work, and tells the parent process on which port. */
  listen(routes: Record<string, () => Promise<void>>): void {
    const server = createServer((request, response) => {
      this.#answer(request, routes).then(
        ({ status, body }) => response.writeHead(status).end(body),
        () => response.writeHead(500).end(),
      );
    });
    server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
    process.on('disconnect', () => process.exit(0));
  }

  /** Work that takes between `from` and `to` milliseconds, and the injected delay. */
  async work(from: number, to: number): Promise<void> {
    await sleep(this.#delay + from + Math.random() * (to - from));
  }

  /** Calls another service, which learns who calls. Rejects when it answers with an error. */
  async call(server: string, url: string): Promise<void> {
    await measureClient({ client: this.name, server, connection_type: '' }, async () => {
      const answer = await fetch(url, { headers: { [CALLER]: this.name } });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${server} answered ${answer.status}`);
    });
  }

  async #answer(
    request: IncomingMessage,
    routes: Record<string, () => Promise<void>>,
  ): Promise<{ status: number; body?: string }> {
    const url = new URL(request.url ?? '/', 'http://service');
    if (url.pathname === '/metrics') return { status: 200, body: await registry.metrics() };
    if (url.pathname === '/delay' && request.method === 'POST') {
      this.#delay = Number(url.searchParams.get('ms'));
      return { status: 204 };
    }
    const route = routes[url.pathname];
    if (!route) return { status: 404 };
    const client = String(request.headers[CALLER] ?? 'unknown');
    await measureServer({ client, server: this.name, connection_type: '' }, route);
    return { status: 200 };
  }
}
