/** Boards and files. */
import type { Workspace } from '../workspace.ts';
import type { Action } from './action.ts';

const hasParts = (w: Workspace) => Object.keys(w.use.getState().board.nodes).length > 0;

export const fileActions: readonly Action[] = [
  {
    id: 'file.open',
    label: 'Open a file',
    section: 'File',
    keys: ['$mod+O'],
    run: (w) => w.services.openFiles(),
  },
  {
    id: 'file.export',
    label: 'Export',
    section: 'File',
    keys: ['$mod+E', '$mod+Shift+E'],
    run: (w) => w.session({ dialog: 'export' }),
  },
  {
    id: 'file.link',
    label: 'Copy a link with the board in it',
    section: 'File',
    run: (w) => w.session({ dialog: 'link' }),
  },
  {
    id: 'file.report',
    label: 'Write the report (Markdown)',
    section: 'File',
    enabled: hasParts,
    run: (w) => w.services.writeReport('markdown'),
  },
  {
    id: 'file.report-page',
    label: 'Write the report (HTML page)',
    section: 'File',
    enabled: hasParts,
    run: (w) => w.services.writeReport('html'),
  },
  {
    id: 'file.copy-png',
    label: 'Copy as PNG',
    section: 'File',
    keys: ['Shift+Alt+KeyC'],
    run: (w) => w.services.copyPng({ theme: 'light', scale: 2, figures: true, legend: true, strip: true }),
  },
  {
    id: 'file.boards',
    label: 'Boards',
    section: 'File',
    keys: ['$mod+Shift+O'],
    run: (w) => w.session({ dialog: 'boards' }),
  },
  { id: 'file.new', label: 'New board', section: 'File', run: (w) => w.services.newBoard() },
  { id: 'file.demo', label: 'Open the demo system', section: 'File', run: (w) => w.services.openDemo() },
];
