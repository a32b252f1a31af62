import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { cssVariables, type Theme } from './src/picture/tokens.ts';

const TOKENS_CSS = 'virtual:tokens.css';

/** The stylesheet `virtual:tokens.css`: the same colours that canvas and pictures draw with, as CSS variables. */
function tokens(): Plugin {
  return {
    name: 'chalkline-tokens',
    resolveId: (id) => (id === TOKENS_CSS ? `\0${TOKENS_CSS}` : undefined),
    load: (id) => (id === `\0${TOKENS_CSS}` ? tokensCss() : undefined),
  };
}

/** Light, unless the page is set to dark, or is set to nothing and the system is dark; stronger where asked for. */
function tokensCss(): string {
  const rules = (more: boolean) => [
    `:root { ${variables('light', more)} }`,
    `[data-theme="dark"] { ${variables('dark', more)} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme]) { ${variables('dark', more)} } }`,
  ];
  return [...rules(false), '@media (prefers-contrast: more) {', ...rules(true), '}'].join('\n');
}

function variables(theme: Theme, moreContrast: boolean): string {
  const lines = Object.entries(cssVariables(theme, moreContrast)).map(
    ([name, value]) => `${name}: ${value};`,
  );
  return [`color-scheme: ${theme};`, ...lines].join(' ');
}

const ACCEPT = 'virtual:accept';

/** The module `virtual:accept`: which files can be opened, by the formats that there are, without the code that reads them. */
function accept(): Plugin {
  return {
    name: 'chalkline-accept',
    resolveId: (id) => (id === ACCEPT ? `\0${ACCEPT}` : undefined),
    async load(id) {
      if (id !== `\0${ACCEPT}`) return;
      // named when it is needed: the readers are no part of this file
      const formats = new URL('./src/formats/index.ts', import.meta.url).href;
      const { ACCEPTED } = (await import(formats)) as typeof import('./src/formats/index.ts');
      return `export const ACCEPT = ${JSON.stringify(ACCEPTED.join())};`;
    },
  };
}

/** What React Flow animates is where the view is: d3's other interpolators, and its parser of colours, are left out. */
const betweenViews = {
  find: /^d3-(?:interpolate|color)$/,
  replacement: fileURLToPath(new URL('./src/canvas/between-views.ts', import.meta.url)),
};

export default defineConfig({
  plugins: [react(), tokens(), accept()],
  resolve: { alias: [betweenViews] },
  // ELK's worker is a script that exports; a name is where its exports go
  worker: { rolldownOptions: { output: { name: 'worker' } } },
  // the browsers that know what the code uses anyway (ES2024), so that nothing is written out for older ones
  build: {
    target: ['chrome123', 'firefox125', 'safari17.5'],
    modulePreload: { polyfill: false },
    // what the first page load needs is one file: cut up by what else shares it, it would be larger, and come later
    // (a browser test weighs it as it travels; its size unpacked is no reason to warn)
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'entry', tags: ['$initial'] }] } } },
  },
});
