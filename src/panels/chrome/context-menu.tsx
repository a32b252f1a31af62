/** What can be done with what is selected, where the pointer is. Made from the list of actions. */
import { useEffect, useRef } from 'react';
import { actionById, isEnabled, keyWords, selectionSize, type Workspace } from '../../workspace/index.ts';
import { rove } from '../ui/keys.ts';
import './context-menu.css';

const OF_SELECTION = [
  ['edit.rename', 'edit.cut', 'edit.copy', 'edit.duplicate'],
  ['arrange.front', 'arrange.back', 'edit.pin', 'edit.lock', 'edit.group', 'edit.ungroup', 'edit.collapse'],
  ['view.focus-1', 'view.focus-2', 'view.focus-upstream', 'view.focus-downstream', 'view.look-into'],
  ['mark.suspected', 'mark.confirmed', 'mark.cleared', 'mark.remove'],
  ['edit.delete'],
] as const;
const OF_BOARD = [
  ['edit.paste', 'edit.select-all', 'layout.tidy', 'layout.right'],
  ['view.fit', 'view.actual-size', 'view.find', 'view.all-lit', 'view.present'],
  ['measure.baseline'],
  ['file.open', 'file.export', 'file.copy-png'],
] as const;

/** Kept clear of the page's edges, pixels. */
const WIDTH = 288;
const ROW = 28;

type Props = { workspace: Workspace; at: { x: number; y: number }; onClose: () => void };

export function ContextMenu({ workspace, at, onClose }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    menu.current?.querySelector<HTMLElement>('button:enabled')?.focus();
    const outside = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Element)) onClose();
    };
    window.addEventListener('pointerdown', outside, true);
    window.addEventListener('blur', onClose);
    return () => {
      window.removeEventListener('pointerdown', outside, true);
      window.removeEventListener('blur', onClose);
      back?.focus({ preventScroll: true });
    };
  }, [onClose]);
  const ofSelection = selectionSize(workspace.use.getState().session.selection) > 0;
  const sections = (ofSelection ? OF_SELECTION : OF_BOARD).map((ids) =>
    ids.map(actionById).filter((action) => isEnabled(action, workspace)),
  );
  const rows = sections.flat().length + sections.length;
  const left = Math.min(at.x, window.innerWidth - WIDTH - 8);
  const top = Math.max(8, Math.min(at.y, window.innerHeight - rows * ROW - 16));
  return (
    <div
      ref={menu}
      className="panels island menu context-menu"
      role="menu"
      aria-label={ofSelection ? 'Selection' : 'Board'}
      tabIndex={-1}
      style={{ left, top, width: WIDTH }}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          onClose();
        } else rove(event, 'button:enabled', 'vertical');
        event.stopPropagation();
      }}
    >
      {sections.map((actions) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, this is a part of a menu
        <div key={actions[0]?.id ?? ''} className="menu-section" role="group">
          {actions.map((action) => (
            <button
              key={action.id}
              type="button"
              role="menuitem"
              onClick={() => {
                onClose();
                action.run(workspace);
              }}
            >
              <span>{action.label}</span>
              {action.keys?.[0] && <kbd>{keyWords(action.keys[0])}</kbd>}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
