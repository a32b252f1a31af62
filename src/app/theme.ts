/** Light or dark: as chosen, or as the system says. */
import { useSyncExternalStore } from 'react';
import type { Theme } from '../picture/index.ts';
import type { ThemeChoice, Workspace } from '../workspace/index.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

export function useTheme(workspace: Workspace): Theme {
  const choice = workspace.use((state) => state.session.theme);
  const systemIsDark = useSyncExternalStore(subscribe, () => dark.matches);
  if (choice !== 'system') return choice;
  return systemIsDark ? 'dark' : 'light';
}

/** Marks the page, so that its styles follow. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
