/** A back end that does what a test tells it to, and writes down what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  url: string;
  headers: NodeJS.Dict<string | string[]>;
  raw: readonly string[];
  body: string;
}

export async function startBackend() {
  const asked: Asked[] = [];
  const state = {
    answer: (_asked: Asked, response: ServerResponse, _request: IncomingMessage): void => {
      response.setHeader('Content-Type', 'application/json');
      response.end('{"status":"success","data":[]}');
    },
    /** Questions under way now, and the most there ever were. */
    open: 0,
    most: 0,
  };
  const server = createServer(async (request, response) => {
    state.open++;
    state.most = Math.max(state.most, state.open);
    response.on('close', () => state.open--);
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url = '', headers, rawHeaders } = request;
    const question = { method, url, headers, raw: rawHeaders, body };
    asked.push(question);
    state.answer(question, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    state,
    port,
    url: `http://127.0.0.1:${port}`,
    last: () => asked.at(-1)!,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
