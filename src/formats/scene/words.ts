/** What people write on boxes and arrows and in tables: kinds, technologies, protocols, operations; and the same by us. */
import {
  type BoardEdge,
  type BoardNode,
  EDGE_KINDS,
  type EdgeKind,
  type NodeKind,
} from '../../graph/index.ts';
import { kindOfWord, technologyBelow } from '../diagram/kinds.ts';
import { type Label, oneLine, readLabel } from '../diagram/label.ts';
import { kindOf } from '../recognise.ts';
import { wordOf } from '../sketch/words.ts';

export type NodeWords = { kind?: NodeKind; technology?: string };

/** What a name or a technology says; nothing where it only says that there is a part. */
export function nodeWords(text: string): NodeWords {
  const { kind, technology } = kindOf({ technology: text, name: text });
  if (technology !== null) return { kind, technology };
  return wordOf(text) ?? (kind === 'service' ? {} : { kind });
}

/** A stated kind of node: one of ours, another word for one, or a technology that is of a kind. */
export function nodeKindIn(text: string): NodeWords {
  const kind = kindOfWord(text);
  return kind ? { kind } : nodeWords(text);
}

const EDGE_WORDS: readonly (readonly [EdgeKind, RegExp])[] = [
  ['publish', /^(?:publish|produce|emit|send|push|enqueue)(?:e?s)?(?: to)?$/],
  ['consume', /^(?:consume|subscribe|receive|listen|pull)s?(?: from| to)?$/],
  ['query', /^(?:quer(?:y|ies)|reads?|writes?|stores?|reads?(?: and|\/) ?writes?)(?: from| to| in)?$/],
  ['replicate', /^(?:replicat(?:e|es|ion)|mirrors?)(?: to)?$/],
  ['call', /^(?:calls?|invokes?|requests?|uses?|depends on|synchronous)$/],
];

/** A stated kind of traffic; null where the words say something else. */
export function edgeKindIn(text: string): EdgeKind | null {
  const plain = text.trim().toLowerCase();
  const own = EDGE_KINDS.find((kind) => kind === plain);
  return own ?? EDGE_WORDS.find(([, words]) => words.test(plain))?.[0] ?? null;
}

/** The lines on an arrow: operations and a protocol; a line that is a word for a kind of traffic says the kind. */
export function arrowWords(text: string): Label {
  const lines = linesOf(text);
  const said = readLabel(lines.filter((line) => edgeKindIn(line) === null));
  const kind = lines.map(edgeKindIn).find((each) => each !== null) ?? null;
  return { ...said, kind: said.kind ?? kind };
}

const linesOf = (text: string): string[] =>
  text
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map(oneLine)
    .filter(Boolean);

/** What a box of ours says below its name: `queue · RabbitMQ · ×3`. */
const boxWords = ({
  kind,
  technology,
  instances,
}: Pick<BoardNode, 'kind' | 'technology' | 'instances'>): string =>
  [kind, oneLine(technology ?? ''), instances === undefined ? '' : `×${instances}`]
    .filter(Boolean)
    .join(' · ');

export type BoxSaid = { name: string; description?: string; instances?: number } & NodeWords;

/** `[Container: Java]`, `(Redis)`, `«queue»`, and our own line of kind, technology and instances. */
const ASIDE = /^(?:\[(.+)\]|\((.+)\)|«(.+)»|<<(.+)>>)$/;
/** A name that is broken over lines is not longer than this. */
const LONGEST_NAME = 48;

/** Asides that cannot be of a name: in a box that names are broken in, `(canary)` or `service` may be. */
const PLAIN_ASIDE = /^(?:\[|«|<<)/;

/**
 * The lines in a box: its name, asides about what it is, and a description.
 * @param isPlain a line of ours is not looked for
 */
export function boxSaid(text: string, isPlain = false): BoxSaid {
  const lines = linesOf(text);
  const said: BoxSaid = { name: '' };
  const [above, below]: [string[], string[]] = [[], []];
  let isBelow = false;
  for (const line of lines) {
    const isAside = isPlain ? above.length > 0 && PLAIN_ASIDE.test(line) : lines.length > 1;
    const words = isAside ? asideIn(line) : null;
    if (words) {
      for (const word of words) tell(said, word.trim());
      isBelow = above.length > 0;
    } else (isBelow ? below : above).push(line);
  }
  const run = said.technology === undefined ? technologyBelow(above) : undefined;
  if (run !== undefined) said.technology = above.pop()!;
  const isBroken = above.length <= 3 && above.join(' ').length <= LONGEST_NAME && !isWhole(above);
  const [first = '', ...others] = isBroken ? [above.join(' ')] : above;
  said.name = first;
  if (others.length + below.length > 0) said.description = [...others, ...below].join('\n');
  return said;
}

/** `Order Service` above `places orders` is a name and what is said of it; `API` above `Gateway` is one name. */
function isWhole([first = '', ...rest]: readonly string[]): boolean {
  const more = rest.join(' ');
  if (more === '' || !saysWhat(first)) return false;
  return more.split(' ').length > 2 || !saysWhat(more);
}
const saysWhat = (text: string): boolean => {
  const { kind, technology } = kindOf({ name: text });
  return kind !== 'service' || technology !== null || WHAT.test(text);
};
const WHAT =
  /(?:^|[\s_-])(?:service|server|api|app|application|ui|frontend|backend|system|engine|website|portal|users?|customers?|admins?)$/i;

function asideIn(line: string): string[] | null {
  const aside = ASIDE.exec(line)
    ?.slice(1)
    .find((inside) => inside !== undefined);
  if (aside === undefined) return ownWords(line);
  const [, head] = /^([^:]*):\s/.exec(aside) ?? [];
  // `(tag: web)` says something else.
  if (head !== undefined && !GENERAL.test(head) && !kindOfWord(head)) return null;
  return aside.split(/[:,]\s*/);
}

const ownWords = (line: string): string[] | null => {
  const words = line.split(' · ');
  return words.length > 1 && kindOfWord(words[0]!)
    ? words
    : // `Order` above `Queue` is a name over two lines.
      kindOfWord(line) === line
      ? [line]
      : null;
};

function tell(said: BoxSaid, word: string): void {
  const count = /^[×x](\d{1,6})$/.exec(word)?.[1];
  const kind = kindOfWord(word);
  if (count !== undefined) said.instances ??= Number(count);
  else if (kind && said.kind === undefined) said.kind = kind;
  else if (!GENERAL.test(word)) said.technology ??= word;
}
/** C4's words for what may be anything. */
const GENERAL = /^(?:|container|component|(?:software )?system)$/i;

/** What a box of ours says: its name, and below it what it is. */
export const boxText = (node: Pick<BoardNode, 'name' | 'kind' | 'technology' | 'instances'>): string =>
  `${node.name}\n${boxWords(node)}`;

/** What an arrow of ours has written on it: operations, then in brackets the protocol. */
export const arrowText = ({
  protocol,
  operations,
}: Pick<Partial<BoardEdge>, 'protocol' | 'operations'>): string => {
  const spoken = oneLine(protocol ?? '');
  return [...(operations ?? []).map(({ name }) => oneLine(name)), spoken && `[${spoken}]`]
    .filter(Boolean)
    .join('\n');
};

/** Whether two texts say the same, whatever programs in between made of blanks and of what no file can hold. */
export const sameText = (a: string, b: string): boolean => bare(a) === bare(b);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML can't hold
const bare = (text: string): string => text.replace(/[\s\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g, '');
