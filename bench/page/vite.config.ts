import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vite';
import app from '../../vite.config.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The app's own build, on the bench's pages. */
export default mergeConfig(
  app,
  defineConfig({
    root: here('.'),
    build: { rolldownOptions: { input: [here('./index.html'), here('./start.html')] } },
  }),
);
