/** What a command is: what it does, how it is called, and all that its help and the manual say. */

export type Option = {
  short?: string;
  /** What stands for its value in the usage: `FILE`; absent for a switch. */
  value?: string;
  /** It may be given several times. */
  many?: true;
  /** One sentence. */
  says: string;
};

export type Example = {
  /** A line for the shell; run by a test in a folder that holds the files it names. */
  run: string;
  says: string;
};

export type Args = {
  /** What stands without an option's name. */
  given: readonly string[];
  /** Values of options by their long names. */
  text(option: string): string | undefined;
  /** Of one that may be given several times. */
  all(option: string): readonly string[];
  has(option: string): boolean;
};

export type Command = {
  name: string;
  /** What it does, as one line of a list. */
  summary: string;
  /** What stands after its name, options aside: `FILE…`. */
  operands: string;
  /** How many of them. */
  takes: readonly [least: number, most: number];
  /** Paragraphs for people who have not used it yet. */
  about: readonly string[];
  options: Readonly<Record<string, Option>>;
  examples: readonly Example[];
  /** What its exit status means, where that is more than 0 done, 1 failed, 2 called wrongly. */
  statuses?: readonly (readonly [status: number, meaning: string])[];
  /** @returns the exit status */
  run(args: Args): Promise<number>;
};

/** It was called wrongly: exit status 2, and a hint. */
export class UsageError extends Error {}

/** It can't be done, for a reason that a person can do something about: exit status 1, and one line. */
export class Failure extends Error {
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}

export const OUT: Option = {
  short: 'o',
  value: 'OUT',
  says: 'Write to this file instead of standard output.',
};
export const JSON_OUT: Option = { says: 'Write JSON, for other programs.' };
/** Every command has it. */
export const HELP: Option = { short: 'h', says: 'Show this help.' };
