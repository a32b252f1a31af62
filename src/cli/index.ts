/**
 * The same engine without a screen: `chalkline import`, `render`, `diff` and the rest, for terminals, scripts and CI.
 *
 *   arguments ─► command ─► files in ─► the pure rooms ─► standard output or a file, whole; words to standard error
 *
 * Each command is one file, whose help and page of the manual are made from what it says of itself.
 */
export { allCommands } from './commands/index.ts';
export { formatsPage } from './formats-page.ts';
export { manual } from './help.ts';
