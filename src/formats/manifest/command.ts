/** A command line as settings: its flags by their names, and what stands by itself under no name. */

/** `at`: which of the words its value is in. */
export type Flag = { key: string; value: string; at: number };

/** As a shell parts words; quotes hold together. */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  for (const match of text.slice(0, MOST_TEXT).matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gs))
    words.push(match[0].replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, double, single) => double ?? single));
  return words;
}
const MOST_TEXT = 100_000;

/** A shell's script is one word, parted in its turn: `sh -c "wait-for db:5432 && app --port 80"`. */
export const wordsWithin = (word: string, before: string | undefined): string[] =>
  /\s/.test(word) && (/^-[a-z]*c$/.test(before ?? '') || !word.startsWith('-')) ? shellWords(word) : [word];

/** Options of well-known programs that take a word after them without saying so by their form. */
const TAKES_NEXT = /^--?[\w.-]*[a-z][\w.-]*$/i;
const JAVA_SWITCH = /^-XX:([+-])(\w+)$/;
const JAVA_SIZE = /^-X(m[snx]|ss)(\d+\w?)$/;

/** `--a=b`, `--a b`, `-Da=b`, `-XX:+A`, `-Xmx1g`, `-c a=b`, `A=b program`; what is none of them has the key ''. */
export function flagsIn(words: readonly string[]): Flag[] {
  const flags: Flag[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    // what a shell is given is a script, and no setting
    if (/^-[a-z]*c$/.test(word) && /(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(words[i - 1] ?? '')) continue;
    const [, sign, name] = JAVA_SWITCH.exec(word) ?? [];
    const [, size, amount] = JAVA_SIZE.exec(word) ?? [];
    const [, key, value] = /^-{0,2}(?:D|XX:)?([A-Za-z_][\w.:[\]-]*)=(.*)$/s.exec(word) ?? [];
    const next = words[i + 1];
    if (name !== undefined) flags.push({ key: name, value: String(sign === '+'), at: i });
    else if (size !== undefined) flags.push({ key: `X${size}`, value: amount!, at: i });
    else if (key !== undefined) flags.push({ key, value: value!, at: i });
    else if (TAKES_NEXT.test(word) && next !== undefined && !/^-[a-z-]/i.test(next)) {
      // `-c max_connections=200` sets what it names.
      if (/^-[a-z]$/i.test(word) && /^[A-Za-z_][\w.]*=/.test(next)) continue;
      flags.push({ key: word.length > 2 ? word.replace(/^-+/, '') : word, value: next, at: ++i });
    } else flags.push({ key: '', value: word, at: i });
  }
  return flags;
}
