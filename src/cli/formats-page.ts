/** The page of the manual on formats, out of what each says of itself. */
import { FORMATS } from '../formats/index.ts';

type Format = (typeof FORMATS)[number];

export const formatsPage = (): string =>
  [
    '# Formats',
    'What can be brought onto a board, and taken from it: dropped, pasted or opened in the app, and with `chalkline import` and `chalkline export` ([the command line](cli.md)). A file is recognised by its content; folders and zips are read with all that is in them. This page is made from the formats themselves (`npm run docs`).',
    [
      '| format | id | files | read | written |',
      '| --- | --- | --- | --- | --- |',
      ...FORMATS.map(rowOf),
    ].join('\n'),
    ...FORMATS.map(sectionOf),
  ].join('\n\n');

const code = (text: string) => `\`${text}\``;

const rowOf = ({ id, name, suffixes, suffix, read, readMany, write, writes }: Format): string => {
  const files = suffixes.length > 0 ? suffixes : suffix === undefined ? [] : [suffix];
  const yes = (is: unknown) => (is ? 'yes' : '');
  return `| ${[name, code(id), files.map(code).join(' '), yes(read ?? readMany), yes(write ?? writes)].join(' | ')} |`;
};

function sectionOf({ name, reads, writes, keeps, loses }: Format): string {
  const lines = [
    reads && `**Reads.** ${reads}`,
    writes && `**Writes.** ${writes}`,
    keeps && `**Keeps**, from board to file and back: ${keeps.join(', ')}.`,
    loses && `**Loses** ${loses}.`,
  ];
  return [`## ${name}`, ...lines.filter((line) => line !== undefined)].join('\n\n');
}
