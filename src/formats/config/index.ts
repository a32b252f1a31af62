/**
 * Configuration of running systems → names and values, whatever they are written in. What a key means and whether it is
 * worth a question is not known here: that is the defaults audit's.
 *
 *   text ─► its syntax ─► entries with lines ─► secrets taken out ─► values
 *                     └─► or faults, each with its line
 */
import { isSecret, withoutCredentials } from '../secrets.ts';
import { readConf, readEnv, readProperties } from './assignments.ts';
import { isJavaOptions, optionsIn, readCommandLine, shellWords } from './command-line.ts';
import { readDocument } from './document.ts';
import { type ConfigFault, type Entry, type Found, IN_BLOCK, type Reader, refused } from './entry.ts';
import { readHaproxy } from './haproxy.ts';
import { readIni } from './ini.ts';
import { readNginx } from './nginx.ts';
import { type Syntax, syntaxOf, systemByName } from './syntax.ts';

export type ReadConfig = {
  /** What is configured, as far as syntax, content or the file's name tell. */
  system: string | null;
  version?: string;
  /** By name; what holds for a part of the file only has that before it: `backend api > timeout server`. */
  values: Record<string, string>;
  /** What was there and is not in `values`: secrets, whole, or the credentials in an address. */
  leftOut: { key: string; line: number; what: 'secret' | 'credentials' }[];
  /** What can't be read; `values` hold the rest, for whoever wants it in part. */
  faults: ConfigFault[];
};

/** Characters of a text, and how many settings it may hold. */
const LONGEST = 1_000_000;
const MOST = 5_000;
/** Of a name, and of a value: longer ones are programs, not settings. Characters. */
const LONGEST_KEY = 400;
const LONGEST_VALUE = 4_000;

const READERS: Record<Exclude<Syntax, 'document'>, Reader> = {
  properties: readProperties,
  env: readEnv,
  conf: readConf,
  ini: readIni,
  nginx: readNginx,
  haproxy: readHaproxy,
  'command line': readCommandLine,
};

/** Reads what a person pasted or a file holds. Never throws. @param fileName helps where the text alone doesn't tell */
export function readConfig(text: string, fileName = ''): ReadConfig {
  const found = readText(text.replace(/^\ufeff/, ''), fileName);
  const { values, leftOut, faults } = gather(found);
  const system = found.system ?? systemByName(fileName) ?? (isSpring(values) ? 'Spring Boot' : null);
  const version = found.version;
  return { system, ...(version !== undefined && { version }), values, leftOut, faults };
}

function readText(text: string, name: string): Found {
  if (text.length > LONGEST)
    return refused(
      1,
      `is ${text.length.toLocaleString('en')} characters; up to ${LONGEST.toLocaleString('en')} can be read`,
    );
  if (text.includes('\0')) return refused(1, 'is no text');
  if (text.trim() === '') return refused(1, 'is empty');
  const syntax = syntaxOf(text, name);
  return syntax === 'document' ? readDocument(text, readText) : READERS[syntax](text);
}

const isSpring = (values: Readonly<Record<string, string>>): boolean =>
  Object.keys(values).some((key) => key.startsWith('spring.'));

function gather({
  entries,
  faults: before,
  repeats,
}: Found): Pick<ReadConfig, 'values' | 'leftOut' | 'faults'> {
  const values = new Map<string, string>();
  const leftOut: ReadConfig['leftOut'] = [];
  const faults = [...before];
  const leave = (key: string, line: number, what: 'secret' | 'credentials') => {
    if (!leftOut.some((each) => each.key === key)) leftOut.push({ key, line, what });
  };
  for (const { key: bare, value: given, line, block } of entries.flatMap(withOptions)) {
    const key = block === undefined ? bare : `${block}${IN_BLOCK}${bare}`;
    if (key.length > LONGEST_KEY || given.length > LONGEST_VALUE) {
      faults.push({ line, reason: `${key.slice(0, 60)} is longer than a setting is` });
      continue;
    }
    if (isSecret(bare, given)) {
      leave(key, line, 'secret');
      continue;
    }
    const value = withoutCredentials(given);
    if (value !== given.trim()) leave(key, line, 'credentials');
    const other = repeats === 'all' ? values.get(key) : undefined;
    values.set(key, other === undefined || other === value ? value : `${other}; ${value}`);
  }
  if (values.size > MOST) return { values: {}, leftOut, faults: [{ line: 1, reason: tooMany(values.size) }] };
  if (values.size + leftOut.length + faults.length === 0)
    faults.push({ line: 1, reason: 'no setting is found in it' });
  return { values: Object.fromEntries(values), leftOut, faults: faults.sort((a, b) => a.line - b.line) };
}

const tooMany = (count: number) =>
  `holds ${count.toLocaleString('en')} settings; up to ${MOST.toLocaleString('en')} can be read`;

/** `JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -Xss1m"` sets what is in it. */
function withOptions(entry: Entry): Entry[] {
  if (!isJavaOptions(entry.value)) return [entry];
  const { entries } = optionsIn(shellWords(entry.value).words);
  return entries.length === 0 ? [entry] : entries.map((each) => ({ ...entry, ...each, line: entry.line }));
}
