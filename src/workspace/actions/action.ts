/** What an action is. The one list of them feeds keys, menus, context menus and the help sheet. */
import type { Workspace } from '../workspace.ts';

export type Action = {
  id: string;
  label: string;
  section: 'Tools' | 'Edit' | 'Arrange' | 'View' | 'Layout' | 'Investigate' | 'File';
  /** Key bindings as tinykeys writes them: `$mod+KeyZ`, `Shift+Digit1`. The first is the one shown. */
  keys?: readonly string[];
  /** The keys are shown, not listened to: the browser makes events of the clipboard from them. */
  keysOfBrowser?: true;
  /** Holding the key down repeats it. */
  repeats?: boolean;
  enabled?: (workspace: Workspace) => boolean;
  run: (workspace: Workspace) => void;
};

export const isEnabled = (action: Action, workspace: Workspace): boolean =>
  action.enabled?.(workspace) ?? true;

export const canEdit = (workspace: Workspace): boolean => workspace.use.getState().readOnly === null;
