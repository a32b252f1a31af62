/** Calls, queries and calls to strangers: what parents and client spans say, messages aside. */
import { type Draft, hopFor, measure, note, type Part, partFor, serviceFor, strangerKey } from './draft.ts';
import { consumes, publishes } from './messages.ts';
import { attribute, CALLER, type ParentOf, type Span } from './span.ts';

const CACHES = new Set(['redis', 'memcached', 'memcache', 'valkey']);
/** A called stranger of such a name is what the name says: tracers that know no `db.system` write it so. */
const STORES = new Set([...CACHES, 'mysql', 'mariadb', 'postgresql', 'postgres', 'mongodb', 'cassandra']);

export function drawCalls(spans: readonly Span[], parentOf: ParentOf, draft: Draft): void {
  const answered = new Set<Span>();
  /** Client spans that only wrap the client span which made the call. */
  const wrapping = new Set<Span>();
  for (const span of spans) {
    const parent = parentOf(span);
    if (!parent) continue;
    if (parent.service === span.service) {
      if (span.kind === 'client') wrapping.add(parent);
      continue;
    }
    answered.add(parent);
    if (publishes(parent) || consumes(span)) continue;
    const hop = hopFor(draft, serviceFor(draft, parent.service), serviceFor(draft, span.service), 'call');
    hop.target.serves = true;
    if (parent.kind === 'client') measure(draft, hop, 'caller', parent);
    // A client span is the next call's time, not this one's.
    if (span.kind !== 'client') measure(draft, hop, 'callee', span);
    hop.operations.add(span.name);
  }
  const services = new Set(spans.map(({ service }) => service));
  drawCallers(spans, parentOf, services, draft);
  const serviceAt = addressesOf(spans);
  for (const [address, service] of serviceAt)
    if (service !== null) serviceFor(draft, service).names.add(address);
  for (const span of spans) {
    if (answered.has(span) || publishes(span) || consumes(span)) continue;
    const caller = serviceFor(draft, span.service);
    const system = systemOf(span, services);
    if (system && (span.kind === 'client' || span.kind === 'internal')) {
      const hop = hopFor(draft, caller, storeFor(draft, span, system), 'query');
      measure(draft, hop, 'caller', span);
      hop.operations.add(span.name);
    } else if (span.kind === 'client') {
      const callee = calleeOf(span, draft, services, serviceAt);
      if (callee && callee !== caller) {
        callee.serves = true;
        const hop = hopFor(draft, caller, callee, 'call');
        measure(draft, hop, 'caller', span);
        hop.operations.add(span.name);
      } else if (!callee && !wrapping.has(span)) {
        const reason = addressOf(span)
          ? 'they name only an address at which no known service answers'
          : 'they don’t say whom they call';
        note(draft, `client spans left out because ${reason}`);
      }
    }
  }
}

/** Who called, as Zipkin’s answering spans say where the call itself is missing. */
function drawCallers(
  spans: readonly Span[],
  parentOf: ParentOf,
  services: ReadonlySet<string | null>,
  draft: Draft,
): void {
  for (const span of spans) {
    const peer = span.kind === 'server' && !parentOf(span) ? attribute(span, CALLER) : null;
    if (peer === null || peer === span.service) continue;
    const hop = hopFor(draft, peerFor(draft, peer, services), serviceFor(draft, span.service), 'call');
    hop.target.serves = true;
    measure(draft, hop, 'callee', span);
    hop.operations.add(span.name);
  }
}

const peerFor = (draft: Draft, peer: string, services: ReadonlySet<string | null>): Part =>
  services.has(peer) ? serviceFor(draft, peer) : partFor(draft, strangerKey(peer), 'external', peer);

/** Which store a span asks; a statement to a stranger is asked of a store of the stranger's name. */
function systemOf(span: Span, services: ReadonlySet<string | null>): string | null {
  const stated = attribute(span, 'db.system.name', 'db.system') ?? olderSystemOf(span);
  if (stated || span.kind !== 'client') return stated;
  const peer = attribute(span, 'peer.service');
  if (!peer || services.has(peer)) return null;
  return STORES.has(peer.toLowerCase()) || attribute(span, 'db.query.text', 'db.statement') ? peer : null;
}

/** OpenTracing's `db.type` is a system, or `sql` for any that speaks it: then it takes a name to tell one. */
function olderSystemOf(span: Span): string | null {
  const type = attribute(span, 'db.type');
  return type?.toLowerCase() === 'sql' ? attribute(span, 'peer.service') : type;
}

/** As conventions new and old name it, or as the address of what was asked for. */
const addressOf = (span: Span) =>
  hostAndPort(span, 'server.address', 'server.port', 'net.peer') ??
  hostAndPort(span, 'peer.hostname', 'peer.port', 'net.peer') ??
  ADDRESS.exec(attribute(span, 'url.full', 'http.url') ?? '')?.[1] ??
  null;
const ADDRESS = /^[a-z][a-z+.-]*:\/\/(?:[^\s/@]*@)?([\w.-]+(?::\d{1,5})?)(?:[/?#]|$)/i;
const withoutPort = (address: string) => address.replace(/:\d+$/, '');

function hostAndPort(span: Span, host: string, port: string, old: string): string | null {
  const name = attribute(span, host, `${old}.name`);
  const number = attribute(span, port, `${old}.port`);
  return name && number ? `${name}:${number}` : name;
}

/** Where services answer, as their own server spans say; null where two say the same. */
function addressesOf(spans: readonly Span[]): Map<string, string | null> {
  const serviceAt = new Map<string, string | null>();
  for (const span of spans) {
    if (span.kind !== 'server' || span.service === null) continue;
    const address = hostAndPort(span, 'server.address', 'server.port', 'net.host');
    if (!address) continue;
    const known = serviceAt.get(address);
    serviceAt.set(address, known === undefined || known === span.service ? span.service : null);
  }
  return serviceAt;
}

/** A store is one per address; where no address is given, one per system and database name. */
function storeFor(draft: Draft, span: Span, system: string): Part {
  const address = addressOf(span);
  const database = attribute(span, 'db.namespace', 'db.name', 'db.instance');
  const kind = CACHES.has(system.toLowerCase()) ? 'cache' : 'database';
  const part = partFor(draft, `${kind} ${system} ${address ?? database ?? ''}`, kind, system, system);
  if (address) part.names.add(address);
  if (database) part.names.add(database);
  return part;
}

/** Whom a client span calls that nobody answered. */
function calleeOf(
  span: Span,
  draft: Draft,
  services: ReadonlySet<string | null>,
  serviceAt: ReadonlyMap<string, string | null>,
): Part | null {
  const peer = attribute(span, 'peer.service');
  if (peer) return peerFor(draft, peer, services);
  const address = addressOf(span);
  if (!address) return null;
  // Where nobody says to answer there, a host of the name of a service is that service.
  const host = withoutPort(address);
  const service = serviceAt.has(address) ? serviceAt.get(address)! : services.has(host) ? host : null;
  return service === null ? null : serviceFor(draft, service);
}
