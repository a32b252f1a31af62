/** What could be written at the caret: names of the text and the board, kinds and technologies, arrows, settings. */
import { type Board, type BoardNode, isCarrier, normaliseName } from '../../graph/index.ts';
import { resolveNames } from './names.ts';
import { parseSketch } from './parse.ts';
import { isOftenAName, WORDS, wordOf } from './words.ts';
import { callerOf, nameText } from './write.ts';

export type Completion = { text: string; detail: string };
/** Options for the text from `from` to `to`, the best first. */
export type Completions = { from: number; to: number; options: Completion[] };

const MOST_OPTIONS = 12;

const ARROWS: readonly Completion[] = [
  { text: '-> ', detail: 'calls' },
  { text: '=> ', detail: 'publishes to, or is consumed by' },
  { text: '?> ', detail: 'queries' },
];

/** What may be written as a name; technologies that are one more often than not before the words that take a colon. */
const WORD_OPTIONS: readonly Completion[] = [...WORDS]
  .map(([text, word]) => ({
    text: isOftenAName(word) ? text : `${text}:`,
    detail: word.technology ? `${word.kind}, ${word.technology}` : word.kind,
  }))
  .sort((a, b) => Number(a.text.endsWith(':')) - Number(b.text.endsWith(':')));

/** @param caret offset in the text, UTF-16 units */
export function completions(text: string, caret: number, board: Board): Completions {
  const none: Completions = { from: caret, to: caret, options: [] };
  const before = statementBefore(text, caret);
  if (before === null) return none;
  const setting = /^\s*(.*)\.config\s+(?:\([^)]*\)\s*)?(?:.*\s)?([^\s="]*)$/.exec(before);
  if (setting) return upTo(caret, setting[2]!, settingsOf(board, setting[1]!));
  // An operation is anything; a suspicion too.
  if (/[<>→⇒←].*:\s/.test(before) || /^\s*!.*"/.test(before)) return none;
  const place = /(?:^|[,[!:\s>→⇒←]|<[-=]?)\s*("[^"]*|[\p{L}\p{N}_][\p{L}\p{N}_./@&+'-]*|)$/u.exec(before);
  if (!place) return none;
  const typed = place[1]!;
  const head = before.slice(0, before.length - typed.length);
  if (typed === '' && /[\p{L}\p{N}_")]\s+$/u.test(head)) return upTo(caret, '', ARROWS);
  if (/[\p{L}\p{N}_")]\s+$/u.test(head)) return none;
  const { nodes, call } = partsAt(text, caret - typed.length, caret, board);
  const named = (each: BoardNode, called: string) => ({ text: called, detail: each.technology ?? each.kind });
  const stated = /([\p{L}\p{N}-]+):$/u.exec(head);
  const kind = stated ? wordOf(stated[1]!)?.kind : undefined;
  if (kind) {
    const alike = nodes.filter((node) => isCarrier(node.kind) === isCarrier(kind));
    return upTo(
      caret,
      typed,
      alike.map((node) => named(node, nameText(node.name))),
    );
  }
  const names = nodes.map((node) => named(node, call(node)));
  const isNew = ({ text: word }: Completion) => !names.some((name) => name.text === word);
  const isAnyName = typed === '' || typed.startsWith('"');
  return upTo(caret, typed, isAnyName ? names : [...names, ...WORD_OPTIONS.filter(isNew)]);
}

/** Stands for the name at the caret while the rest of the text is read. */
const CARET = '__caret__';

/**
 * Parts that could be meant at the caret: those of the text, the last named first, then those of the board, short
 * names first. Without those that the arrow at the caret comes from or leads to.
 */
function partsAt(text: string, from: number, to: number, board: Board) {
  const { statements } = parseSketch(text.slice(0, from) + CARET + text.slice(to));
  let count = 0;
  const { ids, nodes } = resolveNames(board, statements, () => `${CARET}${count++}`);
  const call = callerOf(nodes);
  const isCaret = ({ name }: { name: string }) => name.startsWith(CARET);
  const mentioned = new Set(
    statements
      .flatMap((statement) => statement.nodes)
      .filter((mention) => !isCaret(mention))
      .flatMap((mention) => ids.get(mention) ?? [])
      .reverse(),
  );
  const joined = new Set(
    statements
      .flatMap(({ edges }) => edges)
      .flatMap(({ source, target }) => (isCaret(target) ? source : isCaret(source) ? target : []))
      .flatMap((mention) => ids.get(mention) ?? []),
  );
  const others = Object.values(board.nodes)
    .filter(({ id }) => !mentioned.has(id))
    .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
  const all = [...[...mentioned].map((id) => nodes[id]!), ...others];
  return { nodes: all.filter(({ id }) => !joined.has(id)), call };
}

/** Settings known on the board: those of the same technology first. */
function settingsOf(board: Board, mention: string): Completion[] {
  const name = normaliseName(mention.replace(/^[\p{L}\p{N}-]+:/u, '').replace(/^"|"$/g, ''));
  const own = Object.values(board.nodes).find((node) => normaliseName(node.name) === name);
  const isOwn = (node: BoardNode) =>
    node.id === own?.id || (own?.technology !== undefined && node.technology === own.technology);
  const found = new Map<string, Completion>();
  const nodes = Object.values(board.nodes).sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  for (const { config } of nodes)
    for (const key of Object.keys(config?.values ?? {}))
      if (!found.has(key)) found.set(key, { text: `${key}=`, detail: config!.system });
  return [...found.values()];
}

/** Those that begin with what is typed, then those in which a word does. */
function upTo(caret: number, typed: string, options: readonly Completion[]): Completions {
  const wanted = typed.replace(/^"/, '').toLowerCase();
  const plain = ({ text }: Completion) => text.replace(/^"/, '').toLowerCase();
  const starts = options.filter((option) => plain(option).startsWith(wanted));
  const within = options.filter(
    (option) =>
      !starts.includes(option) &&
      plain(option)
        .split(/[\s._:-]+/)
        .some((word) => word.startsWith(wanted)),
  );
  const fitting = [...starts, ...within].filter(({ text }) => text !== typed);
  return { from: caret - typed.length, to: caret, options: fitting.slice(0, MOST_OPTIONS) };
}

/** The statement up to the caret; null in a comment. */
function statementBefore(text: string, caret: number): string | null {
  const line = text.slice(text.lastIndexOf('\n', caret - 1) + 1, caret);
  let start = 0;
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    const sign = line[i]!;
    if (isQuoted) {
      if (sign === '\\') i++;
      else if (sign === '"') isQuoted = false;
    } else if (sign === '"') isQuoted = true;
    else if (sign === ';') start = i + 1;
    else if (sign === '#' && (i === 0 || /\s/.test(line[i - 1]!))) return null;
  }
  return line.slice(start);
}
