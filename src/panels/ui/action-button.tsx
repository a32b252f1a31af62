/** A button for one action of the list: its name, its shortcut and whether it can be run come from there. */
import type { IconNode } from 'lucide';
import type { ReactNode } from 'react';
import {
  type Action,
  actionById,
  isEnabled,
  keyWords,
  runAction,
  type Workspace,
} from '../../workspace/index.ts';
import { Icon } from './icon.tsx';

export const shortcutOf = (action: Action): string | null =>
  action.keys?.[0] === undefined ? null : keyWords(action.keys[0]);

/** `Undo (Ctrl+Z)`. */
export function titleOf(action: Action, label = action.label): string {
  const keys = shortcutOf(action);
  return keys === null ? label : `${label} (${keys})`;
}

type Props = {
  workspace: Workspace;
  id: string;
  icon?: IconNode;
  /** Said in place of the action's own label. */
  label?: string;
  /** Shown beside or in place of the icon; without it the button is an icon alone. */
  children?: ReactNode;
  pressed?: boolean;
  primary?: boolean;
};

/** Stays focusable when it can't be run, so that the focus is not lost with the last undo. */
export function ActionButton({ workspace, id, icon, label, children, pressed, primary }: Props) {
  const action = actionById(id);
  const enabled = workspace.use(() => isEnabled(action, workspace));
  return (
    <button
      type="button"
      className={primary ? 'button primary' : children ? 'button' : 'icon-button'}
      aria-label={children ? undefined : (label ?? action.label)}
      aria-pressed={pressed}
      aria-disabled={!enabled}
      title={titleOf(action, label)}
      onClick={() => runAction(workspace, id)}
    >
      {icon && <Icon of={icon} />}
      {children}
    </button>
  );
}
