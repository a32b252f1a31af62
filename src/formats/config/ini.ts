/** Settings in `[sections]`: .ini files, and the option files of MySQL and its kin. */
import { type ConfigFault, type Entry, type Found, linesOf, plainValue } from './entry.ts';

/** What is in these sections is the server's own; other programs read the rest. */
const SERVER = /^(?:mysqld|server|mariadb|mariadbd)(?:-(\d+\.\d+))?$/i;

export function readIni(text: string): Found {
  const entries: Entry[] = [];
  const faults: ConfigFault[] = [];
  let section = '';
  let isServer = false;
  let version: string | undefined;
  for (const [i, each] of linesOf(text).entries()) {
    const trimmed = each.trim();
    // an option file may include others
    if (trimmed === '' || /^[#;!]/.test(trimmed)) continue;
    const line = i + 1;
    if (trimmed.startsWith('[')) {
      const name = /^\[([^\]]+)\]/.exec(trimmed)?.[1]?.trim();
      if (!name) faults.push({ line, reason: 'the section’s [name] is not closed' });
      section = name ?? '';
      const server = SERVER.exec(section);
      isServer ||= server !== null;
      version = server?.[1] ?? version;
      if (server) section = '';
      continue;
    }
    const sign = trimmed.search(/[=:]/);
    if (sign === 0) {
      faults.push({ line, reason: 'there is no name before the value' });
      continue;
    }
    const name = sign < 0 ? trimmed : trimmed.slice(0, sign).trim();
    const given = sign < 0 ? undefined : trimmed.slice(sign + 1);
    const read = given === undefined ? { value: 'on' } : plainValue(given, '#;');
    if ('reason' in read) faults.push({ line, reason: read.reason });
    else {
      const key = name.replace(/^loose[-_]/, '');
      entries.push({ key: section === '' ? key : `${section}.${key}`, value: read.value, line });
    }
  }
  return { entries, faults, ...(isServer && { system: 'MySQL' }), ...(version !== undefined && { version }) };
}
