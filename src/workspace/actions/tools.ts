/** Picking up a tool. */
import type { NodeKind } from '../../graph/index.ts';
import type { Tool } from '../session.ts';
import { type Action, canEdit } from './action.ts';

const tool = (id: string, label: string, keys: string[], picked: Tool): Action => ({
  id,
  label,
  section: 'Tools',
  keys,
  enabled: picked.type === 'select' || picked.type === 'hand' ? () => true : canEdit,
  run: (workspace) => workspace.session({ tool: picked, editing: null }),
});

const KIND_KEYS: readonly [NodeKind, string[]][] = [
  ['client', ['C', 'Digit1']],
  ['gateway', ['G', 'Digit2']],
  ['service', ['S', 'Digit3']],
  ['worker', ['W', 'Digit4']],
  ['function', ['F', 'Digit5']],
  ['queue', ['Q', 'Digit6']],
  ['topic', ['T', 'Digit7']],
  ['database', ['D', 'Digit8']],
  ['cache', ['K', 'Digit9']],
  ['broker', ['B']],
  ['storage', ['O']],
  ['load balancer', ['L']],
  ['external', ['X']],
];

export const toolActions: readonly Action[] = [
  tool('tool.select', 'Select', ['V'], { type: 'select' }),
  tool('tool.hand', 'Hand: drag the board', ['H'], { type: 'hand' }),
  ...KIND_KEYS.map(([kind, keys]) =>
    tool(`tool.${kind}`, `Place ${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`, keys, { type: 'node', kind }),
  ),
  tool('tool.note', 'Write a note', ['N'], { type: 'note' }),
];
