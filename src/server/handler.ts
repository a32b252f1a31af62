import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import type { Asset, Encoding } from './assets.ts';
import { type Route, routeFor, words } from './route.ts';

/** Answers one request by a route or from the assets, which are only read: GET and HEAD. `headers` go on every answer. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  assets: ReadonlyMap<string, Asset>,
  headers: Readonly<Record<string, string>>,
  routes: readonly Route[] = [],
): Promise<void> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const path = pathOf(request.url ?? '');
  const route = path === undefined ? undefined : routeFor(routes, path);
  if (path !== undefined && route) return route.answer(request, response, path);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return words(request, response, 405, 'Only GET and HEAD are answered here.');
  }
  if (path === undefined) return words(request, response, 400, 'That address cannot be read.');
  if (path === '/healthz') return words(request, response, 200, 'ok');

  // An address without an extension is a place inside the app, which the app itself resolves.
  const asset = assets.get(path) ?? (extname(path) === '' ? assets.get('/index.html') : undefined);
  if (!asset) return words(request, response, 404, 'There is nothing at that address.');
  return send(request, response, asset);
}

async function send(request: IncomingMessage, response: ServerResponse, asset: Asset): Promise<void> {
  response.setHeader('ETag', asset.etag);
  response.setHeader('Cache-Control', asset.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (asset.compressible) response.setHeader('Vary', 'Accept-Encoding');
  if (holds(request.headers['if-none-match'], asset.etag)) {
    response.writeHead(304).end();
    return;
  }
  const encoding = asset.compressible ? bestEncoding(request.headers['accept-encoding']) : 'identity';
  const body = await asset.bytes(encoding);
  if (encoding !== 'identity') response.setHeader('Content-Encoding', encoding);
  response.setHeader('Content-Type', asset.type);
  response.setHeader('Content-Length', body.length);
  response.writeHead(200).end(request.method === 'HEAD' ? undefined : body);
}

function pathOf(target: string): string | undefined {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function holds(ifNoneMatch: string | undefined, etag: string): boolean {
  if (!ifNoneMatch) return false;
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function bestEncoding(accepted: string | undefined): Encoding {
  const allowed = new Set<string>();
  for (const part of (accepted ?? '').split(',')) {
    const [name, ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/);
    const refused = parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    if (name && !refused) allowed.add(name);
  }
  return allowed.has('br') ? 'br' : allowed.has('gzip') ? 'gzip' : 'identity';
}
