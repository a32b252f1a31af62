/** Command lines: `--key=value`, `--key value`, `-c key=value`, and what is told to Java: `-XX:…`, `-Xmx…`, `-Dkey=value`. */
import type { Entry, Found } from './entry.ts';

/** Programs whose options are their own settings. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/^(?:postgres|postmaster)$/, 'PostgreSQL'],
  [/^(?:mysqld|mysqld_safe|mariadbd)$/, 'MySQL'],
  [/^redis-server$/, 'Redis'],
  [/^java$/, 'JVM'],
  [/^nginx$/, 'nginx'],
  [/^envoy$/, 'Envoy'],
  [/^haproxy$/, 'HAProxy'],
];

/** True for a text that is one, or a list of arguments a line each. */
export const isCommandLine = (text: string): boolean =>
  !/^[ \t]*(?:export[ \t]+)?[A-Za-z_][\w.]*[ \t]*=/m.test(text) &&
  OPTION.test(text) &&
  !/^[ \t]*-\s/m.test(text);

const OPTION = /(?:^|\s)(?:--[a-z][\w.-]*(?:[=\s]|$)|-XX:|-X(?:m[nsx]|ss)\d|-D[\w.]+=|-c\s+[\w.]+=)/i;

/** What a value may hold in place of a value: options for Java, as JAVA_TOOL_OPTIONS has them. */
export const isJavaOptions = (value: string): boolean =>
  /(?:^|\s)-(?:XX:[+-]?\w|X(?:m[nsx]|ss)\d|D[\w.]+=)/.test(value);

export function readCommandLine(text: string): Found {
  const { words, fault } = shellWords(text);
  return fault ? { entries: [], faults: [fault] } : optionsIn(words);
}

export type Word = { text: string; line: number };

/** What arguments set; whatever is no option is left alone. */
export function optionsIn(words: readonly Word[]): Found {
  const program = words.find(({ text }) => !text.startsWith('-'))?.text.replace(/^.*\//, '') ?? '';
  const system = PROGRAMS.find(([name]) => name.test(program))?.[1];
  const entries: Entry[] = [];
  for (let i = 0; i < words.length; i++) {
    const { text, line } = words[i]!;
    const next = words[i + 1]?.text;
    const add = (key: string, value: string) => entries.push({ key, value, line });
    const java = /^-XX:(?:([+-])(\w+)|(\w+)=(.*))$/s.exec(text);
    const memory = /^(-X(?:m[nsx]|ss))(\d\w*)$/.exec(text);
    const named = /^(?:-D|--?)([A-Za-z][\w.:-]*)=(.*)$/s.exec(text);
    const alone = /^--([A-Za-z][\w.-]*)$/.exec(text)?.[1];
    if (java) add(`-XX:${java[2] ?? java[3]}`, java[1] ? String(java[1] === '+') : java[4]!);
    else if (memory) add(memory[1]!, memory[2]!);
    else if (named) add(named[1]!, named[2]!);
    else if (text === '-c' && next !== undefined && /^[\w.]+=/.test(next)) {
      const sign = next.indexOf('=');
      add(next.slice(0, sign), next.slice(sign + 1));
      i++;
    } else if (alone !== undefined && next !== undefined && !/^-[A-Za-z-]/.test(next)) {
      add(alone, next);
      i++;
    } else if (alone !== undefined) add(alone, 'on');
  }
  return { entries, faults: [], ...(system !== undefined && { system }) };
}

const PIECE = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(\r?\n|.)|([^\s"'\\]+)/gs;
const WORD = new RegExp(`(?<=^|\\s)#[^\\n]*|(?:${PIECE.source})+|["'\\\\]|\\s`, 'gs');

/** Words as a shell parts them. */
export function shellWords(text: string): { words: Word[]; fault?: { line: number; reason: string } } {
  const words: Word[] = [];
  let line = 1;
  for (const [all] of text.matchAll(WORD)) {
    if (all === '"' || all === "'")
      return { words, fault: { line, reason: `the quote ${all} is not closed` } };
    const isBetween = /^(?:\s|#.*|\\(?:\r?\n)?)$/s.test(all);
    if (!isBetween) words.push({ text: all.replace(PIECE, unquoted), line });
    line += all.split('\n').length - 1;
  }
  return { words };
}

const unquoted = (_: string, single?: string, double?: string, escaped?: string, bare?: string): string => {
  if (escaped !== undefined) return /^\r?\n$/.test(escaped) ? '' : escaped;
  return single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? bare ?? '';
};
