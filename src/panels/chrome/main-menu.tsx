/** The menu: sections at the left, the actions of the one pointed at beside them. Made from the action list. */
import { ChevronRight, Menu } from 'lucide';
import { useState } from 'react';
import { ACTIONS, actionById, isEnabled, runAction, type Workspace } from '../../workspace/index.ts';
import { shortcutOf } from '../ui/action-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { rove } from '../ui/keys.ts';
import { Popover } from '../ui/popover.tsx';

const byIds = (...ids: string[]) => ids.map(actionById);
const bySection = (section: (typeof ACTIONS)[number]['section']) =>
  ACTIONS.filter((action) => action.section === section);

/** What arrow keys do and stepping back are for keys alone. */
const SECTIONS = [
  [
    'File',
    byIds(
      'file.new',
      'file.boards',
      'file.open',
      'file.demo',
      'file.export',
      'file.link',
      'file.report',
      'file.copy-png',
    ),
  ],
  ['Edit', bySection('Edit').filter(({ id }) => !/^edit\.(nudge|push|add|walk|escape)/.test(id))],
  ['Arrange', bySection('Arrange')],
  ['View', bySection('View').filter(({ id }) => !/^view\.(help|present-)/.test(id))],
  ['Layout', bySection('Layout')],
  ['Investigate', bySection('Investigate')],
  ['Help', byIds('view.help')],
] as const;

export function MainMenu({ workspace }: { workspace: Workspace }) {
  return (
    <Popover
      className="main-menu"
      button={(props) => (
        <button type="button" className="icon-button" aria-label="Menu" title="Menu" {...props}>
          <Icon of={Menu} />
        </button>
      )}
    >
      {(close) => <Sections workspace={workspace} close={close} />}
    </Popover>
  );
}

function Sections({ workspace, close }: { workspace: Workspace; close: () => void }) {
  const [open, setOpen] = useState(0);
  const actions = SECTIONS[open]![1];
  // what can be run now may change while the menu is open, by a peer or a source
  workspace.use((state) => state);
  return (
    <div className="island menu-columns">
      <div
        className="menu"
        role="menu"
        aria-label="Menu"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowRight') rove(event, 'button', 'vertical');
          else {
            event.stopPropagation();
            event.currentTarget.nextElementSibling?.querySelector('button')?.focus();
          }
        }}
      >
        {SECTIONS.map(([name], i) => (
          <button
            key={name}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-haspopup="menu"
            aria-expanded={i === open}
            onPointerEnter={(event) => event.currentTarget.focus()}
            onFocus={() => setOpen(i)}
            onClick={() => setOpen(i)}
          >
            <span>{name}</span>
            <Icon of={ChevronRight} size={14} />
          </button>
        ))}
      </div>
      <div
        className="menu"
        role="menu"
        aria-label={SECTIONS[open]![0]}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft') rove(event, 'button', 'vertical');
          else {
            event.stopPropagation();
            const menu = event.currentTarget.previousElementSibling;
            menu?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus();
          }
        }}
      >
        {actions.map((action) => (
          <button
            key={action.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            aria-disabled={!isEnabled(action, workspace)}
            onClick={() => {
              close();
              runAction(workspace, action.id);
            }}
          >
            <span>{action.label}</span>
            <kbd>{shortcutOf(action)}</kbd>
          </button>
        ))}
      </div>
    </div>
  );
}
