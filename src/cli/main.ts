/** The program behind the `chalkline` bin: one command, an exit status. */
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { type Args, type Command, Failure, HELP, type Option, UsageError } from './command.ts';
import { allCommands, loadCommand, NAMES } from './commands/index.ts';
import { warn } from './files.ts';
import { helpOf, overview } from './help.ts';
import { namedLike } from './likeness.ts';

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name.startsWith('-')) return introduce(name, rest);
  const command = await commandNamed(name);
  const args = parse(command, rest);
  if (args.has('help')) {
    console.log(helpOf(command));
    return 0;
  }
  const [least, most] = command.takes;
  const count = args.given.length;
  if (count < least) throw new UsageError(`${name} needs ${command.operands}`);
  if (count > most)
    throw new UsageError(
      `${name} takes ${command.operands || 'no files'}, and not also "${args.given[most]}"`,
    );
  return command.run(args);
}

function commandNamed(name: string): Promise<Command> {
  if (NAMES.includes(name)) return loadCommand(name);
  throw new UsageError(
    `there is no command "${name}"${namedLike(name, NAMES)}. Commands: ${NAMES.join(', ')}`,
  );
}

/** `chalkline`, `chalkline --help`, `chalkline help import`, `chalkline --version`. */
async function introduce(name: string | undefined, [about]: readonly string[]): Promise<number> {
  if (name === undefined) {
    console.error(overview(await allCommands()));
    return 2;
  }
  if (name === '--version' || name === '-V') console.log(`chalkline ${version()}`);
  else if (name === 'help' && about !== undefined) console.log(helpOf(await commandNamed(about)));
  else if (name === 'help' || name === '--help' || name === '-h') console.log(overview(await allCommands()));
  else throw new UsageError(`a command comes before ${name}`);
  return 0;
}

function version(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
  return version;
}

function parse(command: Command, argv: readonly string[]): Args {
  const known: [string, Option][] = [...Object.entries(command.options), ['help', HELP]];
  const options = Object.fromEntries(
    known.map(([name, { short, value, many }]) => {
      const type: 'boolean' | 'string' = value === undefined ? 'boolean' : 'string';
      return [name, { type, multiple: many === true, ...(short !== undefined && { short }) }];
    }),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const empty = Object.entries(values).find(([, value]) => [value].flat().includes(''))?.[0];
    // a variable of a script that nobody has set
    if (empty !== undefined) throw new Error(`--${empty} is empty`);
    if (positionals.includes('')) throw new Error(`the name of a file is empty`);
    return {
      given: positionals,
      text: (option) => [values[option]].flat().find((value) => typeof value === 'string'),
      all: (option) => [values[option]].flat().filter((value) => typeof value === 'string'),
      has: (option) => values[option] === true,
    };
  } catch (error) {
    throw new UsageError(`${command.name}: ${misunderstood(error, Object.keys(options))}`);
  }
}

/** node:util words the fault itself; its advice about dashes is for other cases than most. */
function misunderstood(error: unknown, options: readonly string[]): string {
  if (!(error instanceof Error)) return String(error);
  const unknown = /^Unknown option '(-[^']*)'/.exec(error.message)?.[1];
  if (unknown === undefined) return error.message.split(/\. (?:To specify|Did you)/)[0]!;
  const flags = options.map((option) => `--${option}`);
  return `there is no option ${unknown}${unknown.startsWith('--') ? namedLike(unknown, flags) : ''}`;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // whoever read the output has seen enough of it
  if (error.code === 'EPIPE') process.exit(0);
  warn(`standard output can’t be written: ${error.message}.`);
  process.exit(1);
});

const argv = process.argv.slice(2);
main(argv).then(
  (status) => {
    // what a command has started may have failed already
    process.exitCode ??= status;
  },
  (error: unknown) => {
    if (error instanceof UsageError) {
      const about = NAMES.find((name) => name === argv[0]);
      warn(`${error.message}.\nTry "chalkline ${about ? `${about} ` : ''}--help".`);
      process.exitCode = 2;
    } else if (error instanceof Failure) {
      warn(error.message);
      process.exitCode = error.status;
    } else {
      warn(`this is a fault of Chalkline itself: ${error instanceof Error ? error.stack : String(error)}`);
      process.exitCode = 70;
    }
  },
);
