/** nginx.conf: directives that end with `;`, and blocks of them in braces, as deep as they go. */
import { type ConfigFault, type Entry, type Found, IN_BLOCK } from './entry.ts';

/** A directive, or with `inside` a block of them. */
type Directive = { words: string[]; line: number; inside?: Directive[] };

const DEEPEST = 64;

export function readNginx(text: string): Found {
  const faults: ConfigFault[] = [];
  const root = parse(text, faults);
  return { system: 'nginx', entries: faults.length > 0 ? [] : entriesOf(root, []), faults, repeats: 'all' };
}

const TOKEN =
  /\n|#[^\n]*|([{};])|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|((?:\$\{[^}\n]*\}|\\.|[^\s{};"'#])(?:\$\{[^}\n]*\}|\\.|[^\s{};])*)|(["'])/g;

function parse(text: string, faults: ConfigFault[]): Directive[] {
  const open: Directive[] = [{ words: [], line: 1, inside: [] }];
  let current: Directive | null = null;
  let line = 1;
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(text); found; found = TOKEN.exec(text)) {
    const [all, sign, double, single, bare, quote] = found;
    const word = double ?? single ?? bare;
    if (word !== undefined) {
      current ??= { words: [], line };
      current.words.push(word);
    } else if (quote !== undefined) {
      faults.push({ line, reason: `the quote ${quote} is not closed` });
      return [];
    } else if (sign === ';') {
      if (current) open.at(-1)!.inside!.push(current);
      current = null;
    } else if (sign === '{') {
      if (!current) faults.push({ line, reason: '{ without a name before it' });
      if (open.length > DEEPEST) {
        faults.push({ line, reason: `blocks nest deeper than ${DEEPEST}` });
        return [];
      }
      const block: Directive = { words: current?.words ?? [], line, inside: [] };
      open.at(-1)!.inside!.push(block);
      open.push(block);
      current = null;
      if (/_by_lua_block$|^(?:js|perl)_/.test(block.words[0] ?? '')) {
        const end = endOfCode(text, TOKEN.lastIndex);
        line += text.slice(TOKEN.lastIndex, end).split('\n').length - 1;
        TOKEN.lastIndex = end;
      }
    } else if (sign === '}') {
      if (current) faults.push({ line: current.line, reason: `${current.words[0]} does not end with ;` });
      current = null;
      if (open.length > 1) open.pop();
      else faults.push({ line, reason: '} closes nothing' });
    }
    line += all.split('\n').length - 1;
  }
  for (const block of open.slice(1))
    faults.push({ line: block.line, reason: `the { of ${block.words[0] ?? 'a block'} is not closed` });
  if (current) faults.push({ line: current.line, reason: `${current.words[0]} does not end with ;` });
  return open[0]!.inside!;
}

/** Where the brace is that closes a block of another language. */
function endOfCode(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return text.length;
}

/** What is in them is data. */
const DATA = /^(?:map|geo|types|split_clients|charset_map|match)$/;
/** Their first word says what is set. */
const NAMED = /^(?:add_header|add_trailer|env|set|(?:proxy|grpc)_set_header|(?:fastcgi|scgi|uwsgi)_param)$/;
/** Of a server in an upstream. */
const PARAMETERS = new Set(['max_fails', 'fail_timeout', 'max_conns', 'weight', 'slow_start']);

function entriesOf(directives: readonly Directive[], path: readonly string[]): Entry[] {
  const servers = directives.filter(({ words, inside }) => inside && words[0] === 'server');
  return directives.flatMap((each): Entry[] => {
    const { inside, words } = each;
    if (!inside) return settings(each, path);
    if (DATA.test(words[0] ?? '')) return [];
    const name =
      words[0] === 'server' ? serverName(inside, servers.indexOf(each), servers.length) : nameOf(words);
    return entriesOf(inside, name === null ? path : [...path, name]);
  });
}

/** Null for blocks that hold for all of it. */
function nameOf(words: readonly string[]): string | null {
  const name = words.join(' ');
  return ['http', 'events', 'location /'].includes(name) ? null : name;
}

/** One of several is called what it serves, or what it listens at. */
function serverName(inside: readonly Directive[], at: number, count: number): string | null {
  if (count === 1) return null;
  const said = (name: string) => inside.find(({ words }) => words[0] === name)?.words[1];
  return `server ${said('server_name') ?? said('listen') ?? at + 1}`;
}

function settings({ words, line }: Directive, path: readonly string[]): Entry[] {
  const [name = '', ...args] = words;
  const at = { line, ...(path.length > 0 && { block: path.join(IN_BLOCK) }) };
  const value = args.join(' ') || 'on';
  if (path.at(-1)?.startsWith('upstream ')) {
    if (name !== 'server') return [{ key: `upstream.${name}`, value, ...at }];
    return args.slice(1).flatMap((arg) => {
      const [key = '', set] = arg.split('=');
      return PARAMETERS.has(key) && set !== undefined ? [{ key, value: set, ...at }] : [];
    });
  }
  if (NAMED.test(name) && args.length > 1)
    return [{ key: `${name} ${args[0]}`, value: args.slice(1).join(' '), ...at }];
  return [{ key: name, value, ...at }];
}
