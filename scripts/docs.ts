/** The pages of docs/ that are made of the program itself: `node scripts/docs.ts` after a format or a command changed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allCommands, formatsPage, manual } from '../src/cli/index.ts';

const PAGES = { 'formats.md': formatsPage(), 'cli.md': manual(await allCommands()) };

for (const [name, text] of Object.entries(PAGES)) {
  writeFileSync(join(import.meta.dirname, '..', 'docs', name), `${text}\n`);
  console.log(`docs/${name}`);
}
