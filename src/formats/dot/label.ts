/**
 * Labels of DOT: escapes, entities, records and markup. Tools write facts of a part into its label, line by line; what
 * is understood of them is taken, secrets are not.
 */
import { isTechnology, kindOfWord } from '../diagram/kinds.ts';
import { isProtocol, type Label, oneLine, readLabel } from '../diagram/label.ts';
import { withSigns } from '../entities.ts';
import { boxSaid } from '../scene/words.ts';
import { isSecret } from '../secrets.ts';
import type { Id } from './lex.ts';

/** One line, such that `linesOf` reads the same from it. */
export const escaped = (text: string): string =>
  text
    .replace(/[&\p{Cc}\p{Zl}\p{Zp}]/gu, (sign) => `&#${sign.codePointAt(0)};`)
    .replace(/[\\"]/g, (sign) => `\\${sign}`);

/** The lines of a label. `name` stands for `\\N`. */
export function linesOf({ text, isHtml }: Id, name: string, isRecord = false): string[] {
  if (isHtml) return htmlLines(text);
  const plain = text.replace(isRecord ? RECORD_SIGN : ESCAPE, (all, sign: string | undefined) => {
    if (sign === undefined || 'nlr'.includes(sign)) return '\n';
    return ESCAPED[sign] ?? (sign === 'N' ? name : all.slice(1));
  });
  return plain
    .split('\n')
    .map((line) => withSigns((isRecord ? line.replace(PORT, '') : line).trim()))
    .filter((line) => line !== '');
}

const ESCAPE = /\\([\s\S])/g;
/** `{a|b|{<port> c}}` is a, b, c. */
const RECORD_SIGN = /\\([\s\S])|[{}|]/g;
const PORT = /^\s*<[^<>]{0,200}>/;
/** Of the graph and the edge, which have no names here; and what would be taken for a port. */
const ESCAPED: Readonly<Record<string, string>> = { G: '', E: '', '<': '&lt;', '>': '&gt;' };

const htmlLines = (html: string): string[] =>
  html
    .split(/<(?:br|\/tr|\/td|hr|\/table)\b[^<>]{0,300}>|\n/i)
    .map((line) => oneLine(withSigns(line.replace(/<[^<>]{0,2000}>/g, ''))))
    .filter((line) => line !== '');

/** `«database»`, `<<database>>`, `--database--` */
const STEREOTYPE = /^(?:«|<<|--)\s*([^«»<>]{1,100}?)\s*(?:»|>>|--)$/;
/** What may go on with a name: no number, no list, nothing in brackets. */
const NAME = /^[\p{L}\p{N}_&/ .-]*\p{L}[\p{L}\p{N}_&/ .-]*$/u;
/** `Port: 8080` */
const FACT = /^['"]?([\p{L}][\p{L}\p{N} _.-]{0,60})['"]?\s*[:=]\s*(.+)$/su;

/** Characters of a value that tell whether it is a secret. */
const LONGEST = 1000;

export type PartLabel = {
  name: string;
  technology?: string | undefined;
  /** What may say its kind, the surest first. */
  words: string[];
  description?: string | undefined;
  secrets: number;
};

/**
 * What the lines say of a part that is called `id` in the file.
 * @param isPlain the lines are no fields of a record and no rows of a table: a name may be broken over them
 */
export function readPartLabel(lines: readonly string[], id: string, isPlain: boolean): PartLabel {
  const [first = id, ...rest] = lines;
  // `Service: cart` is the cart, where the file calls it that as well.
  const titled = FACT.exec(first);
  const isTitled = titled !== null && titled[2] === id;
  const label: PartLabel = { name: isTitled ? id : first, words: [], secrets: 0 };
  const other: string[] = [];
  for (const [i, line] of rest.entries()) {
    const inBrackets = i === rest.length - 1 ? /^\[(.*)\]$/s.exec(line)?.[1] : undefined;
    const stereotype = STEREOTYPE.exec(line)?.[1];
    const [, key, value] = FACT.exec(line) ?? [];
    if (inBrackets !== undefined) label.technology = inBrackets || undefined;
    else if (stereotype !== undefined) label.words.push(stereotype);
    else if (key !== undefined && isSecret(key, value!.slice(0, LONGEST))) label.secrets++;
    else if (label.technology === undefined && isTechnology(value ?? line))
      label.technology = (value ?? line).replace(/^\((.*)\)$/, '$1');
    else other.push(line);
  }
  if (isTitled && kindOfWord(titled[1]!) !== 'service') label.words.push(titled[1]!);
  const isName = isPlain && !isTitled && other.length > 0 && other.every((line) => NAME.test(line));
  const said = isName ? boxSaid([first, ...other].join('\n'), true) : null;
  label.name = said?.name ?? label.name;
  label.description = (said ? said.description : other.join('\n')) || undefined;
  return label;
}

export type EdgeLabel = Label & { description?: string | undefined; secrets: number };

/** What the lines say of an edge. */
export function readEdgeLabel(lines: readonly string[]): EdgeLabel {
  const stereotypes = lines.flatMap((line) => STEREOTYPE.exec(line)?.[1] ?? []);
  const said = lines.filter((line) => !STEREOTYPE.test(line));
  const open = said.filter((line) => {
    const [, key, value] = FACT.exec(line) ?? [];
    return key === undefined || !isSecret(key, value!.slice(0, LONGEST));
  });
  const label = readLabel(open);
  const spoken = stereotypes.map((word) => word.replaceAll('_', ' ')).find(isProtocol);
  return {
    ...label,
    protocol: label.protocol ?? spoken,
    description: stereotypes.filter((word) => word.replaceAll('_', ' ') !== spoken).join(', ') || undefined,
    secrets: said.length - open.length,
  };
}
