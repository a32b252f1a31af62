/** How long a node waits for those it calls, all tries together, before it gives up. */
import type { BoardNode, Milliseconds } from '../../graph/index.ts';
import { type Held, heldAt } from './settings.ts';
import { envoy } from './systems/envoy.ts';
import { goHttp } from './systems/go-http.ts';
import { haproxy } from './systems/haproxy.ts';
import { hikaricp } from './systems/hikaricp.ts';
import { nginx } from './systems/nginx.ts';

/** Infinity where it never gives up. */
export type Patience = { ms: Milliseconds; from: readonly Held[] };

/**
 * - Envoy: a route's timeout covers all of its tries.
 * - nginx: each try may wait for `proxy_read_timeout`, up to `proxy_next_upstream_tries` and within
 *   `proxy_next_upstream_timeout`; with no limit of tries one is counted.
 * - HAProxy: tries to connect, then `timeout server`.
 * - Go: `Client.Timeout` covers the whole request.
 * - HikariCP: `connectionTimeout` is what waiting for a connection may take, before the query.
 *
 * Where several run on a node the first of them speaks. Null where none does, and where there is no limit only because
 * nobody set one: calls may well have limits of their own.
 */
export function patienceOf(node: BoardNode): Patience | null {
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = workOut(node);
  known.set(node, found);
  return found;
}

const known = new WeakMap<BoardNode, Patience | null>();

function workOut(node: BoardNode): Patience | null {
  const found = ofEnvoy(node) ?? ofNginx(node) ?? ofHaproxy(node) ?? ofGo(node) ?? ofPool(node);
  if (!found || Number.isFinite(found.ms)) return found;
  return found.from.some(({ isSet }) => isSet) ? found : null;
}

function ofEnvoy(node: BoardNode): Patience | null {
  return ofOne(heldAt(node, envoy, 'timeout'));
}

function ofNginx(node: BoardNode): Patience | null {
  const read = heldAt(node, nginx, 'proxy_read_timeout');
  const tries = heldAt(node, nginx, 'proxy_next_upstream_tries');
  const within = heldAt(node, nginx, 'proxy_next_upstream_timeout');
  if (!read || !tries || !within) return null;
  if (!Number.isFinite(tries.value)) return { ms: read.value, from: [read] };
  // A try that began within the limit may go on past it.
  const ms = Math.min(read.value * tries.value, within.value + read.value);
  return { ms, from: [read, tries, within] };
}

function ofHaproxy(node: BoardNode): Patience | null {
  const server = heldAt(node, haproxy, 'timeout server');
  const connect = heldAt(node, haproxy, 'timeout connect');
  const retries = heldAt(node, haproxy, 'retries');
  if (!server || !connect || !retries) return null;
  return { ms: connect.value * (1 + retries.value) + server.value, from: [server, connect, retries] };
}

const ofGo = (node: BoardNode) => ofOne(heldAt(node, goHttp, 'Client.Timeout'));
const ofPool = (node: BoardNode) => ofOne(heldAt(node, hikaricp, 'connectionTimeout'));

const ofOne = (held: Held | null): Patience | null => held && { ms: held.value, from: [held] };
