/** The commands, in the order in which they are listed. */
import type { Command } from '../command.ts';
import { AUDIT } from './audit.ts';
import { DIFF } from './diff.ts';
import { EXPORT } from './export.ts';
import { LIST_FORMATS } from './formats.ts';
import { IMPORT } from './import.ts';
import { LAYOUT } from './layout.ts';
import { RANK } from './rank.ts';
import { RECORD } from './record.ts';
import { RENDER } from './render.ts';
import { SERVE } from './serve.ts';

export const COMMANDS: readonly Command[] = [
  IMPORT,
  LAYOUT,
  RENDER,
  EXPORT,
  LIST_FORMATS,
  DIFF,
  AUDIT,
  RANK,
  RECORD,
  SERVE,
];
