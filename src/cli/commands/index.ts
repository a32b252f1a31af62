/** The commands, in the order in which they are listed. */
import type { Command } from '../command.ts';
import { IMPORT } from './import.ts';

export const COMMANDS: readonly Command[] = [IMPORT];
