/** Key presses → actions. The list of actions says which; this says when a key is somebody else's. */
import { createKeybindingsHandler } from 'tinykeys';
import { ACTIONS, type Action, isEnabled, type Workspace } from '../workspace/index.ts';

const TYPING = 'input, textarea, select, [contenteditable="true"]';
/** These keys work the control that has the focus. */
const CONTROL = 'button, a, summary, [role="tab"], [role="menuitem"], [role="radio"], [role="slider"]';
const CONTROL_KEYS = new Set(['Enter', ' ', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING)) return true;
  if (target?.closest('dialog[open]')) return true;
  return CONTROL_KEYS.has(event.key) && target?.closest(CONTROL) != null;
}

/** @returns the end of it */
export function bindKeys(workspace: Workspace): () => void {
  const actions = new Map<string, Action[]>();
  for (const action of ACTIONS.filter((each) => !each.keysOfBrowser))
    for (const key of action.keys ?? []) actions.set(key, [...(actions.get(key) ?? []), action]);
  const bindings: Record<string, (event: KeyboardEvent) => void> = {};
  for (const [key, sharing] of actions)
    bindings[key] = (event) => {
      if (belongsElsewhere(event)) return;
      // the name being asked for has no field yet: no letter of it picks up a tool
      if (workspace.use.getState().session.editing && event.key !== 'Escape') return;
      // where several share a key it is the first that can be run now
      const action = sharing.find((each) => isEnabled(each, workspace));
      if (!action || (event.repeat && !action.repeats)) return;
      event.preventDefault();
      action.run(workspace);
    };
  const handler = createKeybindingsHandler(bindings);
  window.addEventListener('keydown', handler);
  return () => window.removeEventListener('keydown', handler);
}
