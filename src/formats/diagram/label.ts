/**
 * An edge ↔ the lines that stand on an arrow: one an operation, then in brackets the protocol, and the kind where it is
 * not what naturally runs between its ends.
 *
 *   GET /cart
 *   POST /cart
 *   [HTTP]           [publish]           [publish: AMQP]
 */
import { type BoardEdge, EDGE_KINDS, type EdgeKind } from '../../graph/index.ts';

export type Label = { kind: EdgeKind | null; protocol?: string | undefined; operations: string[] };

const IN_BRACKETS = /^\[(.*)\]$/s;
const KIND_FIRST = new RegExp(`^(${EDGE_KINDS.join('|')})(?::(.*))?$`, 's');

const TAKES =
  /^(?:asynchronously |async )?(?:consum(?:es?|ing)|subscrib(?:es?|ing)|listen(?:s|ing)?|polls?|pulls?|receiv(?:es?|ing)|dequeues?|reads?)\b/i;
const GIVES =
  /\b(?:writ(?:es?|ing)|publish(?:es|ing)?|produc(?:es?|ing)|send(?:s|ing)?|emits?|enqueues?|pushe?s?)\b/i;

/** `Subscribes to`, `consumes orders from`: on an arrow to a queue it is said of who takes from it. */
export const saysTakes = (text: string | undefined): boolean =>
  text !== undefined && TAKES.test(text) && !GIVES.test(text);

/** One line: breaks and runs of blanks are one space. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** @param natural the kind of edge that a reader takes the arrow for when nothing is said */
export function labelLines(edge: BoardEdge, natural: EdgeKind): string[] {
  const operations = (edge.operations ?? []).map(({ name }) => oneLine(name)).filter(Boolean);
  const protocol = oneLine(edge.protocol ?? '');
  const isPlain = !KIND_FIRST.test(protocol) && !(edge.kind === 'publish' && saysTakes(operations[0]));
  const kind = edge.kind === natural && isPlain ? '' : edge.kind;
  const inside = kind && protocol ? `${kind}: ${protocol}` : kind || protocol;
  const last = operations.at(-1) ?? '';
  const isMistaken = IN_BRACKETS.test(last) || (operations.length === 1 && isProtocol(last));
  return inside || isMistaken ? [...operations, `[${inside}]`] : operations;
}

export function readLabel(lines: readonly string[]): Label {
  const said = lines.map(oneLine).filter(Boolean);
  const inside = IN_BRACKETS.exec(said.at(-1) ?? '')?.[1];
  if (inside === undefined) {
    const [only] = said;
    if (said.length === 1 && isProtocol(only!)) return { kind: null, protocol: only, operations: [] };
    return { kind: null, operations: said };
  }
  const [, kind = null, rest] = KIND_FIRST.exec(inside) ?? [];
  const protocol = (kind ? (rest ?? '') : inside).trim();
  return { kind: kind as EdgeKind | null, protocol: protocol || undefined, operations: said.slice(0, -1) };
}

const PROTOCOLS = new Set(
  'http https http2 http3 h2 grpc grpcs rest restful json xml soap graphql amqp amqps mqtt stomp nats kafka jms tcp tls ssl udp quic ws wss websocket websockets sse sql jdbc odbc smtp imap snmp ssh sftp ftp ldap ldaps dns rpc thrift protobuf redis resp rmi'.split(
    ' ',
  ),
);

/** `HTTP`, `JSON/HTTPS`, `gRPC over TLS`, `HTTP/1.1`: what is spoken, and nothing of what is said. */
export function isProtocol(text: string): boolean {
  if (text.length > 40) return false;
  const words = text.toLowerCase().split(/[\s/+,&_-]+/);
  const isKnown = (word: string) => PROTOCOLS.has(word) || word === 'over' || /^v?\d(?:\.\d)?$/.test(word);
  return PROTOCOLS.has(words[0]!) && words.every(isKnown);
}
