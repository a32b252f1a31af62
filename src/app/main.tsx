/** Wires everything, once, and shows it: all the rooms but server and command line meet here. */
import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-500.css';
import 'virtual:tokens.css';
import './app.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { boot } from './boot.ts';

const root = document.getElementById('root')!;
boot().then(
  (workspace) => createRoot(root).render(<App workspace={workspace} />),
  (error: unknown) => {
    root.textContent = `Chalkline could not start: ${error instanceof Error ? error.message : String(error)}`;
  },
);
