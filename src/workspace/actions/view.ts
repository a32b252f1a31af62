/** Looking at the board. */
import { formatQuantile, QUANTILES } from '../../graph/index.ts';
import type { ThemeChoice } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import type { Action } from './action.ts';

const NEXT_THEME: Record<ThemeChoice, ThemeChoice> = { system: 'dark', dark: 'light', light: 'system' };

function fitSelection(workspace: Workspace): void {
  const { board, session } = workspace.use.getState();
  const { nodes, edges, notes, groups } = session.selection;
  const ids = new Set([...nodes, ...notes]);
  for (const id of edges) ids.add(board.edges[id]!.source).add(board.edges[id]!.target);
  for (const node of Object.values(board.nodes)) if (groups.has(node.group ?? '')) ids.add(node.id);
  workspace.view?.fit(ids.size > 0 ? ids : undefined);
}

export const viewActions: readonly Action[] = [
  {
    id: 'view.command',
    label: 'Command bar: sketch, find, do',
    section: 'View',
    keys: ['$mod+k', '$mod+Slash', '$mod+Shift+p'],
    run: (w) => w.session({ dialog: 'command' }),
  },
  {
    id: 'view.fit',
    label: 'Fit the board',
    section: 'View',
    keys: ['Shift+Digit1'],
    run: (w) => w.view?.fit(),
  },
  {
    id: 'view.fit-selection',
    label: 'Fit the selection',
    section: 'View',
    keys: ['Shift+Digit2'],
    run: fitSelection,
  },
  {
    id: 'view.actual-size',
    label: 'Zoom to 100 %',
    section: 'View',
    keys: ['$mod+Digit0'],
    run: (w) => w.view?.zoomTo(1),
  },
  {
    id: 'view.zoom-in',
    label: 'Zoom in',
    section: 'View',
    keys: ['$mod+Equal', '$mod+NumpadAdd'],
    repeats: true,
    run: (w) => w.view?.zoomBy(1.25),
  },
  {
    id: 'view.zoom-out',
    label: 'Zoom out',
    section: 'View',
    keys: ['$mod+Minus', '$mod+NumpadSubtract'],
    repeats: true,
    run: (w) => w.view?.zoomBy(0.8),
  },
  {
    id: 'view.panel',
    label: 'Show or hide the side panel',
    section: 'View',
    keys: ['Backslash'],
    run: (w) =>
      w.session({ panel: { ...w.use.getState().session.panel, open: !w.use.getState().session.panel.open } }),
  },
  {
    id: 'view.grid',
    label: 'Show or hide the grid',
    section: 'View',
    keys: ['$mod+Quote'],
    run: (w) => w.session({ grid: !w.use.getState().session.grid }),
  },
  {
    id: 'view.preferences',
    label: 'Preferences',
    section: 'View',
    keys: ['$mod+Comma'],
    run: (w) => w.session({ dialog: 'preferences' }),
  },
  {
    id: 'view.theme',
    label: 'Theme: system, dark, light',
    section: 'View',
    keys: ['Alt+Shift+KeyD'],
    run: (w) => w.session({ theme: NEXT_THEME[w.use.getState().session.theme] }),
  },
  ...QUANTILES.map(
    (quantile): Action => ({
      id: `view.${formatQuantile(quantile)}`,
      label: `Show ${formatQuantile(quantile)} on edges`,
      section: 'View',
      run: (w) => w.session({ quantile }),
    }),
  ),
  {
    id: 'view.all-instances',
    label: 'Speak of all instances again',
    section: 'View',
    enabled: (w) => w.use.getState().session.instance !== null,
    run: (w) => w.session({ instance: null }),
  },
  {
    id: 'view.per-instance',
    label: 'Rates of all instances, or per instance',
    section: 'View',
    run: (w) => w.session({ perInstance: !w.use.getState().session.perInstance }),
  },
  {
    id: 'view.help',
    label: 'Keys and help',
    section: 'View',
    keys: ['Shift+?'],
    run: (w) => w.session({ dialog: 'help' }),
  },
];
