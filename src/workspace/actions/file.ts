/** Boards and files. */
import type { Action } from './action.ts';

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
