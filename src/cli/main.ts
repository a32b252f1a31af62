/** The program behind the `chalkline` bin: one command, an exit status. */
import { parseArgs } from 'node:util';
import { type Args, type Command, Failure, HELP, type Option, UsageError } from './command.ts';
import { COMMANDS } from './commands/index.ts';
import { warn } from './files.ts';
import { helpOf, overview } from './help.ts';

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name.startsWith('-')) return introduce(name, rest);
  const command = COMMANDS.find((each) => each.name === name);
  if (!command)
    throw new UsageError(
      `there is no command "${name}". Commands: ${COMMANDS.map((each) => each.name).join(', ')}`,
    );
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

/** `chalkline`, `chalkline --help`, `chalkline help import`. */
function introduce(name: string | undefined, [about]: readonly string[]): number {
  const command = name === 'help' ? COMMANDS.find((each) => each.name === about) : undefined;
  if (command) console.log(helpOf(command));
  else if (name === undefined) {
    console.error(overview(COMMANDS));
    return 2;
  } else if (name === 'help' || name === '--help' || name === '-h') console.log(overview(COMMANDS));
  else throw new UsageError(`a command comes before ${name}`);
  return 0;
}

function parse(command: Command, argv: readonly string[]): Args {
  const known: [string, Option][] = [...Object.entries(command.options), ['help', HELP]];
  const options = Object.fromEntries(
    known.map(([name, { short, value }]) => {
      const type: 'boolean' | 'string' = value === undefined ? 'boolean' : 'string';
      return [name, { type, ...(short !== undefined && { short }) }];
    }),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    const text = (option: string) => {
      const value = values[option];
      return typeof value === 'string' ? value : undefined;
    };
    return { given: positionals, text, has: (option) => values[option] === true };
  } catch (error) {
    // node:util words the fault itself; its advice about dashes is for other cases than most
    const [said] =
      error instanceof Error ? error.message.split(/\. (?:To specify|Did you)/) : [String(error)];
    throw new UsageError(`${command.name}: ${said}`);
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // whoever read the output has seen enough of it
  if (error.code === 'EPIPE') process.exit(0);
  warn(`standard output can’t be written: ${error.message}.`);
  process.exit(1);
});

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    if (error instanceof UsageError) {
      warn(`${error.message}.\nTry "chalkline --help", or "chalkline COMMAND --help".`);
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
