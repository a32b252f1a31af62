import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

export const root = join(import.meta.dirname, '..', '..');
export const dist = join(root, 'dist');

/** Builds the app unless what is in dist/ is newer than everything it is made of. */
export async function buildWhenStale(): Promise<void> {
  const page = join(dist, 'index.html');
  const built = existsSync(page) ? statSync(page).mtimeMs : 0;
  const sources = globSync(['src/**/*', 'public/**/*', 'index.html', 'vite.config.ts', 'package-lock.json'], {
    cwd: root,
  });
  if (sources.some((file) => statSync(join(root, file)).mtimeMs > built)) {
    await build({ root, logLevel: 'warn' });
  }
}
