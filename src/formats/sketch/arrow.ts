/** Arrows: what they look like, and which traffic they mean between two kinds. */
import { EDGE_KINDS, type EdgeKind, edgeKindBetween, isCarrier, type NodeKind } from '../../graph/index.ts';
import type { Scanner } from './scan.ts';
import type { ArrowKind } from './statement.ts';

export type Arrow = { kind: ArrowKind; protocol?: string; reverse: boolean };

/** > and < are one key; word processors and chats make → of ->; --> is how other languages write it. */
const SHORT: Record<string, Arrow> = {
  '->': { kind: 'natural', reverse: false },
  '>': { kind: 'natural', reverse: false },
  '-->': { kind: 'natural', reverse: false },
  '→': { kind: 'natural', reverse: false },
  '=>': { kind: 'message', reverse: false },
  '⇒': { kind: 'message', reverse: false },
  '?>': { kind: 'query', reverse: false },
  '<-': { kind: 'natural', reverse: true },
  '<': { kind: 'natural', reverse: true },
  '←': { kind: 'natural', reverse: true },
  '<=': { kind: 'message', reverse: true },
};
const SHORT_ARROW = /-->|->|=>|\?>|<-|<=|[><→⇒←]/y;
const KIND = new RegExp(`-(${EDGE_KINDS.join('|')})(?::|(?=->))`, 'y');
const BARE_PROTOCOL = /[\p{L}\p{N}](?:(?!->)[\p{L}\p{N}_./+-])*/uy;

/** `->`, `=>`, `-gRPC->`, `-replicate->`, `-publish:Kafka->`; null where no arrow stands. */
export function takeArrow(scan: Scanner): Arrow | null {
  const short = scan.take(SHORT_ARROW);
  if (short) return SHORT[short[0]]!;
  const start = scan.position();
  const kind = scan.take(KIND)?.[1] as EdgeKind | undefined;
  if (!kind && !scan.take(/-/y)) return null;
  const protocol = scan.words(BARE_PROTOCOL)?.text;
  if (!scan.take(/->/y))
    scan.fail('an arrow is -> or =>, or -gRPC-> with the protocol in it', scan.since(start));
  return { kind: kind ?? 'natural', reverse: false, ...(protocol !== undefined && { protocol }) };
}

/** The kind of the edge that an arrow draws between two kinds of node. */
export function edgeKindOf(arrow: ArrowKind, source: NodeKind, target: NodeKind): EdgeKind {
  if (arrow === 'natural') return edgeKindBetween(source, target);
  if (arrow !== 'message') return arrow;
  return isCarrier(source) && !isCarrier(target) ? 'consume' : 'publish';
}

/** The shortest arrow that draws this kind of edge between these kinds of node. */
export function arrowFor(
  kind: EdgeKind,
  source: NodeKind,
  target: NodeKind,
  protocol: string | undefined,
): string {
  const natural = edgeKindBetween(source, target) === kind;
  if (protocol) {
    const text = isBareProtocol(protocol) ? protocol : JSON.stringify(protocol);
    return natural ? `-${text}->` : `-${kind}:${text}->`;
  }
  if (kind === edgeKindOf('message', source, target)) return '=>';
  if (natural) return '->';
  return kind === 'query' ? '?>' : `-${kind}->`;
}

const WHOLE_BARE_PROTOCOL = new RegExp(`^(?:${BARE_PROTOCOL.source})$`, 'u');
const isBareProtocol = (protocol: string): boolean =>
  WHOLE_BARE_PROTOCOL.test(protocol) && !(EDGE_KINDS as readonly string[]).includes(protocol);
