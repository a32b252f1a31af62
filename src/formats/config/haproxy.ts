/** haproxy.cfg: sections that begin with a word of their own, and a setting a line. */
import { type ConfigFault, type Entry, type Found, linesOf } from './entry.ts';

const SECTION =
  /^(global|defaults|frontend|backend|listen|userlist|peers|resolvers|cache|mailers|ring|program|http-errors|log-forward|log-profile|fcgi-app|crt-store|crt-list|traces|acme)(?:\s+(\S+))?/;
/** Where users and their passwords are. */
const SECRET = 'userlist';
/** What happens to requests, not how it is set. */
const RULES =
  /^(?:acl|http-(?:request|response|after-response|check|error|send-name-header)|tcp-(?:request|response|check)|use_backend|use-server|redirect|capture|errorfile|errorloc\d*|filter|declare|monitor|log-format(?:-sd)?|unique-id-\w+|rate-limit|email-alert|stick|stick-table)$/;
/** Words that are only half of a name. */
const HALVES = new Set([
  'timeout',
  'option',
  'stats',
  'hash-type',
  'compression',
  'load-server-state-from-file',
]);
const PARAMETERS = new Set([
  ...['inter', 'fastinter', 'downinter', 'fall', 'rise', 'error-limit', 'slowstart', 'maxqueue', 'weight'],
  ...['pool-max-conn', 'pool-purge-delay', 'observe', 'on-error'],
]);

export function readHaproxy(text: string): Found {
  const entries: Entry[] = [];
  const faults: ConfigFault[] = [];
  let section: { kind: string; block?: string } | null = null;
  for (const [i, each] of linesOf(text).entries()) {
    const words = wordsOf(each);
    if (words.length === 0) continue;
    const line = i + 1;
    const begun = /^\s/.test(each) ? null : SECTION.exec(each);
    if (begun) {
      const [, kind, name] = begun;
      const isWhole = kind === 'global' || kind === 'defaults';
      section = { kind: kind!, ...(!isWhole && { block: [kind, name].filter(Boolean).join(' ') }) };
      continue;
    }
    if (section === null) {
      faults.push({
        line,
        reason: `a section such as defaults or frontend is expected, found “${words[0]}”`,
      });
      continue;
    }
    if (section.kind === SECRET || RULES.test(words[0]!)) continue;
    const at = { line, ...(section.block !== undefined && { block: section.block }) };
    const found = settings(words);
    if (typeof found === 'string') faults.push({ line, reason: found });
    else entries.push(...found.map((setting) => ({ ...setting, ...at })));
  }
  return { system: 'HAProxy', entries, faults, repeats: 'all' };
}

/** Why a line can't be read, or what it sets. */
function settings(words: readonly string[]): Pick<Entry, 'key' | 'value'>[] | string {
  const isOff = words[0] === 'no' && words.length > 1;
  const [name = '', ...rest] = isOff ? words.slice(1) : words;
  if (name === 'server' || name === 'server-template' || name === 'default-server')
    return parameters(name === 'default-server' ? rest : rest.slice(2));
  if (!HALVES.has(name)) return [{ key: name, value: isOff ? 'off' : rest.join(' ') || 'on' }];
  const [half, ...value] = rest;
  if (half === undefined) return `${name} does not say of what`;
  if (name === 'timeout' && value.length === 0) return `timeout ${half} has no value`;
  return [{ key: `${name} ${half}`, value: isOff ? 'off' : value.join(' ') || 'on' }];
}

function parameters(words: readonly string[]): Pick<Entry, 'key' | 'value'>[] {
  return words.flatMap((word, i) => {
    const value = words[i + 1];
    if (word === 'maxconn' && value !== undefined) return [{ key: 'server maxconn', value }];
    return PARAMETERS.has(word) && value !== undefined ? [{ key: word, value }] : [];
  });
}

/** Words of a line up to its remark; quotes and backslashes keep spaces in one. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [all] of line.matchAll(/#.*|(?:\\.|"(?:\\.|[^"\\])*"|'[^']*'|[^\s#"'\\])+/g)) {
    if (all.startsWith('#')) break;
    words.push(all.replace(/\\(.)|["']/g, '$1'));
  }
  return words;
}
