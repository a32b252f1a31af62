import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
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
    // a test run's own environment would build the libraries as for development
    const { NODE_ENV } = process.env;
    process.env.NODE_ENV = 'production';
    await build({ root, logLevel: 'warn' });
    process.env.NODE_ENV = NODE_ENV;
  }
}

/** Bytes of gzipped JavaScript that the page asks for before anything else, at most. */
export const ENTRY_AT_MOST = 170_000;

/** What a built page names itself: its script, and the modules that it asks to have fetched with it; bytes, gzipped. */
export function entryBytes(folder: string, page: string): number {
  const html = readFileSync(join(folder, page), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, path]) => path!);
  return scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(folder, path))).length, 0);
}
