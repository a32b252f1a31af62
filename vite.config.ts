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

/** Light, unless the page is set to dark, or is set to nothing and the system is dark. */
function tokensCss(): string {
  return [
    `:root { ${variables('light')} }`,
    `[data-theme="dark"] { ${variables('dark')} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme]) { ${variables('dark')} } }`,
  ].join('\n');
}

function variables(theme: Theme): string {
  const lines = Object.entries(cssVariables(theme)).map(([name, value]) => `${name}: ${value};`);
  return [`color-scheme: ${theme};`, ...lines].join(' ');
}

export default defineConfig({
  plugins: [react(), tokens()],
});
