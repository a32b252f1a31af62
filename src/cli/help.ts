/** What people are told of commands: in the terminal, and as a page of the manual. */
import { type Command, HELP, type Option } from './command.ts';

const WIDTH = 80;

/** `-o, --out OUT`. */
const spelled = (name: string, { short, value }: Option): string =>
  `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;

const usageOf = ({ name, operands, options }: Command): string =>
  ['chalkline', name, operands, ...Object.entries(options).map(([option, said]) => bracketed(option, said))]
    .filter(Boolean)
    .join(' ');

const bracketed = (name: string, { short, value, many }: Option): string =>
  `[${short === undefined ? `--${name}` : `-${short}`}${value === undefined ? '' : ` ${value}`}]${many ? '…' : ''}`;

const STATUSES: readonly (readonly [number, string])[] = [
  [0, 'it was done'],
  [1, 'it could not be done; standard error says why, in one line'],
  [2, 'it was called wrongly'],
];

/** All of one command, as `--help` shows it. */
export function helpOf(command: Command): string {
  const options = [...Object.entries(command.options), ['help', HELP] as const].map(
    ([name, option]) => [spelled(name, option), option.says] as const,
  );
  return [
    wrapped(`Usage: ${usageOf(command)}`, 0, 7),
    ...command.about.map((paragraph) => wrapped(paragraph)),
    `Options:\n${table(options)}`,
    `Examples:\n${command.examples.map(({ run, says }) => `${wrapped(says, 2)}\n      ${run}`).join('\n')}`,
    `Exit status:\n${table((command.statuses ?? STATUSES).map(([status, says]) => [String(status), says]))}`,
  ].join('\n\n');
}

/** What there is, as `chalkline --help` shows it. */
export const overview = (commands: readonly Command[]): string =>
  [
    'Usage: chalkline COMMAND …',
    wrapped(
      'Chalkline without a screen: read what describes a system, lay it out, draw it, compare it, and find what departs.',
    ),
    `Commands:\n${table(commands.map(({ name, summary }) => [name, summary]))}`,
    wrapped(
      '"chalkline COMMAND --help" tells all of one, "chalkline --version" which one this is. "-" in place of a file is standard input.',
    ),
  ].join('\n\n');

const IN_CI = `## In CI

A repository keeps \`architecture.json\`, and its picture beside it. Once, from what it has (\`deploy/\` stands for the
folder of its manifests), and then arranged by hand in the app:

\`\`\`sh
chalkline import deploy/ -o architecture.json
chalkline render architecture.json -o architecture.svg
\`\`\`

A step that does it again and looks for a change keeps them in step with the manifests: it fails, and shows by how
much, when somebody changed one and not the other. What people placed, marked and wrote stays; \`--prune\` takes off
what the manifests had before and have no more:

\`\`\`sh
chalkline import deploy/ --onto architecture.json --prune -o architecture.json
chalkline render architecture.json -o architecture.svg
git diff --exit-code architecture.json architecture.svg
\`\`\`

A step after the integration tests fails when their traces show a part, or traffic between parts, that nobody drew,
and says which:

\`\`\`sh
chalkline diff architecture.json traces.json --lacking
\`\`\`

\`diff\` ends with 0 when there is nothing to tell, 1 when there is, and 2 when one of the two can’t be read. So a step
that only warns of an edge nobody drew, and still fails without traces, is:

\`\`\`sh
chalkline diff architecture.json traces.json --lacking || test $? -eq 1
\`\`\`

When a part is drawn by another name than its traces have, say once who it is; the board remembers:

\`\`\`sh
chalkline import traces.json --onto architecture.json --match storefront=shop -o architecture.json
\`\`\``;

/** The page of the manual. */
export function manual(commands: readonly Command[]): string {
  return [
    '# The command line',
    'Chalkline without a screen, for terminals, scripts and CI: `npm run -s chalkline -- COMMAND …` in this folder, or `chalkline COMMAND …` after `npm link`. This page is made from the commands themselves (`npm run docs`).',
    ...commands.map(section),
    IN_CI,
  ].join('\n\n');
}

function section(command: Command): string {
  const { name, summary } = command;
  return [`## chalkline ${name}`, `${summary}.`, ['```text', helpOf(command), '```'].join('\n')].join('\n\n');
}

/** Rows of two columns, the second wrapped. */
export function table(rows: readonly (readonly [string, string])[]): string {
  const column = Math.max(...rows.map(([left]) => left.length)) + 4;
  return rows
    .map(([left, right]) => `  ${left.padEnd(column - 2)}${wrapped(right, 0, column).trimStart()}`)
    .join('\n');
}

/** Words in lines of 80 columns. @param indent of the first line, @param hanging of the others; the same unless given */
function wrapped(text: string, indent = 0, hanging = indent): string {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isFirst = true;
  const width = hanging > indent ? WIDTH - hanging : WIDTH;
  for (const word of text.split(' ')) {
    const longest = lines.length === 0 && hanging > indent ? width : WIDTH;
    if (!isFirst && line.length + 1 + word.length > longest) {
      lines.push(line);
      line = ' '.repeat(hanging) + word;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
    isFirst = false;
  }
  return [...lines, line].join('\n');
}
