/** The commands, in the order in which they are listed. Each is loaded when it is asked for: the others would only cost time. */
import type { Command } from '../command.ts';

const LOAD: Readonly<Record<string, () => Promise<Command>>> = {
  import: async () => (await import('./import.ts')).IMPORT,
  layout: async () => (await import('./layout.ts')).LAYOUT,
  render: async () => (await import('./render.ts')).RENDER,
  export: async () => (await import('./export.ts')).EXPORT,
  formats: async () => (await import('./formats.ts')).LIST_FORMATS,
  diff: async () => (await import('./diff.ts')).DIFF,
  audit: async () => (await import('./audit.ts')).AUDIT,
  rank: async () => (await import('./rank.ts')).RANK,
  record: async () => (await import('./record.ts')).RECORD,
  serve: async () => (await import('./serve.ts')).SERVE,
};

export const NAMES: readonly string[] = Object.keys(LOAD);

/** @param name one of `NAMES` */
export const loadCommand = (name: string): Promise<Command> => LOAD[name]!();

export const allCommands = (): Promise<Command[]> => Promise.all(NAMES.map(loadCommand));
