/** Configuration of one setting a line: Java's .properties, environment files, and the `.conf` of servers. */
import { type ConfigFault, type Entry, type Found, linesOf, plainValue } from './entry.ts';

/** As java.util.Properties reads it: `=`, `:` or space between key and value, backslashes join lines and escape. */
export function readProperties(text: string): Found {
  const entries: Entry[] = [];
  const faults: ConfigFault[] = [];
  const lines = linesOf(text);
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    let logical = lines[i]!.trimStart();
    if (logical === '' || /^[#!]/.test(logical)) continue;
    while (/(?<!\\)(?:\\\\)*\\$/.test(logical)) {
      if (i + 1 >= lines.length) break;
      logical = logical.slice(0, -1) + lines[++i]!.trimStart();
    }
    const broken = /\\u(?![0-9a-fA-F]{4})/.exec(logical.replaceAll('\\\\', '  '));
    if (broken) {
      faults.push({ line, reason: 'after \\u four hexadecimal digits are expected' });
      continue;
    }
    const [, key = '', value = ''] =
      /^((?:\\.|[^\\=:\s])*)(?:\s*[=:]\s*|\s+|$)(.*)$/s.exec(logical.replace(/\\$/, '')) ?? [];
    if (key === '') faults.push({ line, reason: 'there is no name before the value' });
    else entries.push({ key: fromJava(key), value: fromJava(value).trim(), line });
  }
  return { entries, faults };
}

const ESCAPES: Record<string, string> = { t: '\t', n: '\n', r: '\r', f: '\f' };

const fromJava = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, character: string) =>
    code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(Number.parseInt(code, 16)),
  );

/** Of one value. */
const MOST_LINES = 500;

/** `NAME=value`, as shells, Docker and most libraries read it: quotes may hold several lines, `export` may stand before. */
export function readEnv(text: string): Found {
  const entries: Entry[] = [];
  const faults: ConfigFault[] = [];
  const lines = linesOf(text);
  for (let i = 0; i < lines.length; i++) {
    const line = i + 1;
    const trimmed = lines[i]!.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const found = /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/s.exec(trimmed);
    if (!found) {
      faults.push({ line, reason: `NAME=value is expected, found “${cut(trimmed)}”` });
      continue;
    }
    let given = found[2]!;
    const quote = /^["']/.exec(given)?.[0];
    let read = plainValue(given);
    const last = Math.min(lines.length, line + MOST_LINES) - 1;
    while ('reason' in read && quote && i < last) {
      given += `\n${lines[++i]!}`;
      read = plainValue(given);
    }
    if ('reason' in read) faults.push({ line, reason: read.reason });
    else entries.push({ key: found[1]!, value: read.value, line });
  }
  return { entries, faults };
}

/**
 * `name = value` or `name value`, with remarks after `#`: postgresql.conf, redis.conf, rabbitmq.conf and their like.
 * Where no line has `=`, a name may stand there several times and all of them hold (redis.conf's `save`).
 */
export function readConf(text: string): Found {
  const entries: Entry[] = [];
  const faults: ConfigFault[] = [];
  let isAssigned = false;
  for (const [i, each] of linesOf(text).entries()) {
    const trimmed = each.trim();
    if (trimmed === '' || /^[#;!]/.test(trimmed)) continue;
    const line = i + 1;
    const found = /^([A-Za-z_@][\w.@:/-]*?)(?:\s*(=)\s*|\s+)(.*)$/s.exec(trimmed);
    if (!found) {
      const isAlone = /^[A-Za-z_][\w.-]*$/.test(trimmed);
      const reason = isAlone
        ? `${trimmed} has no value`
        : `a name and a value are expected, found “${cut(trimmed)}”`;
      faults.push({ line, reason });
      continue;
    }
    const [, key, sign, given] = found;
    isAssigned ||= sign !== undefined;
    const read = plainValue(given!);
    if ('reason' in read) faults.push({ line, reason: read.reason });
    else entries.push({ key: key!, value: read.value, line });
  }
  return { entries, faults, repeats: isAssigned ? 'last' : 'all' };
}

const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);
