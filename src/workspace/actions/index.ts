/** Everything a person can do, once. Keys, menus and the help sheet are made from this list. */
import type { Workspace } from '../workspace.ts';
import { type Action, isEnabled } from './action.ts';
import { arrangeActions } from './arrange.ts';
import { editActions } from './edit.ts';
import { fileActions } from './file.ts';
import { investigateActions } from './investigate.ts';
import { layoutActions, previewActions } from './layout.ts';
import { presentationActions, readingActions } from './reading.ts';
import { sketchActions } from './sketch.ts';
import { snapshotActions } from './snapshots.ts';
import { sourceActions } from './sources.ts';
import { timeActions } from './time.ts';
import { toolActions } from './tools.ts';
import { viewActions } from './view.ts';

export const ACTIONS: readonly Action[] = [
  ...presentationActions,
  ...previewActions,
  ...toolActions,
  ...editActions,
  ...sketchActions,
  ...arrangeActions,
  ...viewActions,
  ...readingActions,
  ...layoutActions,
  ...investigateActions,
  ...snapshotActions,
  ...timeActions,
  ...sourceActions,
  ...fileActions,
];

const byId = new Map(ACTIONS.map((action) => [action.id, action]));

/** The action with that id; an id that isn't in the list is a mistake in our code. */
export function actionById(id: string): Action {
  const action = byId.get(id);
  if (!action) throw new Error(`no action "${id}"`);
  return action;
}

/** Runs an action if it can be run now. */
export function runAction(workspace: Workspace, id: string): void {
  const action = actionById(id);
  if (isEnabled(action, workspace)) action.run(workspace);
}

const KEY_WORDS: Record<string, string> = {
  $mod: 'Ctrl',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Backslash: '\\',
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Quote: "'",
  Slash: '/',
  Equal: '+',
  NumpadAdd: '+',
  Minus: '−',
  NumpadSubtract: '−',
};

/** A binding as it stands on the keys: `Ctrl+Shift+Z`. */
export const keyWords = (binding: string): string =>
  binding
    .replace(/^Shift\+\?$/, '?')
    .split('+')
    .map((part) => KEY_WORDS[part] ?? capital(part.replace(/^(Key|Digit)/, '')))
    .join('+');

/** Keys are labelled in capitals, whatever a binding calls them. */
const capital = (key: string) => (key.length === 1 ? key.toUpperCase() : key);
