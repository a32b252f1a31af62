/** What people write on boxes and arrows: kinds, technologies, protocols, operations; and the same written by us. */
import {
  type BoardEdge,
  type BoardNode,
  EDGE_KINDS,
  type EdgeKind,
  NODE_KINDS,
  type NodeKind,
  normaliseName,
} from '../../graph/index.ts';
import { kindOf } from '../recognise.ts';
import { wordOf } from '../sketch/words.ts';

const NODE_WORDS: ReadonlyMap<string, NodeKind> = new Map(
  NODE_KINDS.map((kind) => [normaliseName(kind), kind]),
);

export type NodeWords = { kind?: NodeKind; technology?: string };

/** What a name, an icon's name or a word for a kind says; nothing where it only says that there is a part. */
export function nodeWords(text: string): NodeWords {
  const { kind, technology } = kindOf({ technology: text, name: text });
  if (technology !== null) return { kind, technology };
  return wordOf(text) ?? (kind === 'service' ? {} : { kind });
}

/** A stated kind of node: one of ours, or a technology that is of a kind. */
export function nodeKindIn(text: string): NodeWords {
  const kind = NODE_WORDS.get(normaliseName(text));
  return kind ? { kind } : nodeWords(text);
}

const EDGE_WORDS: readonly (readonly [EdgeKind, RegExp])[] = [
  ['publish', /^(?:publish|produce|emit|send|push|enqueue)(?:e?s)?(?: to)?$/],
  ['consume', /^(?:consume|subscribe|receive|listen|pull)s?(?: from| to)?$/],
  ['query', /^(?:quer(?:y|ies)|reads?|writes?|stores?|reads?(?: and|\/) ?writes?)(?: from| to| in)?$/],
  ['replicate', /^(?:replicat(?:e|es|ion)|mirrors?)(?: to)?$/],
  ['call', /^(?:calls?|invokes?|requests?|uses?|depends on|sync|synchronous)$/],
];

/** A stated kind of traffic; null where the words say something else. */
export function edgeKindIn(text: string): EdgeKind | null {
  const plain = text.trim().toLowerCase();
  const own = EDGE_KINDS.find((kind) => kind === plain);
  return own ?? EDGE_WORDS.find(([, words]) => words.test(plain))?.[0] ?? null;
}

/** True for words that name how traffic is carried. */
export const isProtocol = (text: string): boolean =>
  /^(?:https?|http\/[123](?:\.\d)?|rest|rest api|grpc(?:-web)?|graphql|soap|thrift|dubbo|rsocket|json-rpc|xml-rpc|jms|amqps?|mqtt|stomp|kafka|nats|resp|redis|sql|jdbc|odbc|mongodb|cql|tcp|udp|tls|quic|websockets?|wss?|sse|ftps?|sftp|ssh|smtp|imap|ldaps?|dns)$/i.test(
    text.trim(),
  );

export type ArrowWords = { kind: EdgeKind | null; protocol?: string; operations: string[] };

/** The words on an arrow, a line each: a kind, a protocol (also in square brackets, as C4 has it), operations. */
export function arrowWords(text: string): ArrowWords {
  const said: ArrowWords = { kind: null, operations: [] };
  for (const line of text.split(/\r\n|\r|\n/)) {
    const plain = line.trim();
    const inBrackets = /^[[(](.*)[\])]$/.exec(plain)?.[1]?.trim();
    const kind = edgeKindIn(plain);
    if (plain === '') continue;
    if (kind !== null && said.kind === null) said.kind = kind;
    else if (said.protocol === undefined && inBrackets) said.protocol = inBrackets;
    else if (said.protocol === undefined && isProtocol(plain)) said.protocol = plain;
    else said.operations.push(plain);
  }
  return said;
}

const oneLine = (text: string) => text.trim().replace(/\s*[\r\n]+\s*/g, ' ');

/** What an arrow of ours has written on it: protocol, then operations. */
export const arrowText = ({ protocol, operations }: BoardEdge): string =>
  [protocol ?? '', ...(operations ?? []).map(({ name }) => name)].map(oneLine).filter(Boolean).join('\n');

/** What a box of ours says below its name: `queue · RabbitMQ · 3 instances`. */
export const boxText = ({ kind, technology, instances }: BoardNode): string =>
  [kind, technology ? oneLine(technology) : '', instances === undefined ? '' : `×${instances}`]
    .filter(Boolean)
    .join(' · ');
