/**
 * The graph while it is being found in spans: parts and hops under keys of their own, each hop with the
 * spans that measured it. Becomes nodes, edges and readings at the end.
 */
import type { EdgeKind, Milliseconds, NodeKind } from '../../graph/index.ts';
import { attribute, type Span } from './span.ts';

export type Part = {
  key: string;
  kind: NodeKind;
  name: string;
  technology: string | null;
  /** How telemetry names it besides. */
  names: Set<string>;
  /** Somebody called it: with messages alone it would be a worker. */
  serves: boolean;
};

export type Hop = {
  key: string;
  source: Part;
  target: Part;
  kind: EdgeKind;
  protocol: string | null;
  operations: Set<string>;
  /** The spans that timed it, on the calling and on the answering side. */
  caller: Set<Span>;
  callee: Set<Span>;
};

export type Draft = {
  parts: Map<string, Part>;
  hops: Map<string, Hop>;
  /** Milliseconds that messages waited, by the part they waited in. */
  waits: Map<Part, Milliseconds[]>;
  /** The hop that a span timed from the calling side. */
  timed: Map<Span, Hop>;
  /** What was left out and why, with how often. */
  notes: Map<string, number>;
};

export const emptyDraft = (): Draft => ({
  parts: new Map(),
  hops: new Map(),
  waits: new Map(),
  timed: new Map(),
  notes: new Map(),
});

export function note(draft: Draft, reason: string, count = 1): void {
  draft.notes.set(reason, (draft.notes.get(reason) ?? 0) + count);
}

export function partFor(
  draft: Draft,
  key: string,
  kind: NodeKind,
  name: string,
  technology: string | null = null,
): Part {
  let part = draft.parts.get(key);
  if (!part) {
    part = { key, kind, name, technology, names: new Set(), serves: false };
    draft.parts.set(key, part);
  }
  return part;
}

export const UNKNOWN_SERVICE = 'unknown service';

export const serviceKey = (service: string): string => `service ${service}`;
/** Of who is called and has no spans. */
export const strangerKey = (peer: string): string => `peer ${peer}`;
export const hopKey = (source: string, target: string, kind: EdgeKind): string =>
  `${source} → ${target} ${kind}`;

export const serviceFor = (draft: Draft, service: string | null): Part =>
  partFor(draft, serviceKey(service ?? ''), 'service', service ?? UNKNOWN_SERVICE);

export function hopFor(draft: Draft, source: Part, target: Part, kind: EdgeKind): Hop {
  const key = hopKey(source.key, target.key, kind);
  let hop = draft.hops.get(key);
  if (!hop) {
    const fresh = { protocol: null, operations: new Set<string>(), caller: new Set<Span>() };
    hop = { key, source, target, kind, ...fresh, callee: new Set() };
    draft.hops.set(key, hop);
  }
  return hop;
}

/** Counts a span as one measurement of a hop. */
export function measure(draft: Draft, hop: Hop, side: 'caller' | 'callee', span: Span): void {
  hop[side].add(span);
  if (side === 'caller' && !draft.timed.has(span)) draft.timed.set(span, hop);
  hop.protocol ??= protocolOf(span);
}

/** True for a span that waits for another part: a call, a query, a message being sent. */
export const leaves = (span: Span, draft: Draft): boolean =>
  span.kind === 'client' || span.kind === 'producer' || draft.timed.has(span);

function protocolOf(span: Span): string | null {
  const rpc = attribute(span, 'rpc.system', 'rpc.system.name');
  if (rpc) return rpc === 'grpc' ? 'gRPC' : rpc;
  if (attribute(span, 'http.request.method', 'http.method')) return 'HTTP';
  return attribute(span, 'messaging.protocol');
}
