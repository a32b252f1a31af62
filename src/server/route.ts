import type { IncomingMessage, ServerResponse } from 'node:http';

/** Something that is answered besides the built files. It sends the whole answer, refusals too. */
export interface Route {
  /** One path; or, ending in a slash, all paths that begin like it. */
  path: string;
  answer: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;
}

/** The route that a path belongs to. */
export const routeFor = (routes: readonly Route[], path: string): Route | undefined =>
  routes.find(({ path: own }) => path === own || (own.endsWith('/') && path.startsWith(own)));

/** Sends a few words as plain text, never kept by anybody. */
export function words(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  text: string,
): void {
  const body = `${text}\n`;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.writeHead(status).end(request.method === 'HEAD' ? undefined : body);
}
