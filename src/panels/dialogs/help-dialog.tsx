/** All keys, from the one list of actions, and the method in short. */
import { Fragment } from 'react';
import { ACTIONS, type Action, keyWords, type Workspace } from '../../workspace/index.ts';
import { Dialog } from '../ui/dialog.tsx';

/** One line each says what arrow keys do, alone and with Shift, Ctrl or Alt. */
const isListed = ({ id, keys }: Action) => keys?.length && !/^edit\.(nudge|push|add|walk)/.test(id);

const SECTIONS: readonly Action['section'][] = [
  'Tools',
  'Edit',
  'Arrange',
  'Investigate',
  'View',
  'Layout',
  'File',
];

const HANDS = [
  ['Connect', 'drag from side to side'],
  ['Connect to new', 'let go over the empty board'],
  ['Select several', 'Shift+click, or a frame'],
  ['Move the board', 'scroll, or Space+drag'],
  ['Zoom', 'Ctrl+scroll, or pinch'],
  ['Rename', 'double-click; a new node is named as you type'],
  ['Name the next', 'Tab while naming, Shift+Tab back'],
  ['Add a joined node', 'Ctrl+arrow, or click a side'],
  ['Walk the graph', 'Alt+arrow'],
  ['Nudge', 'arrow keys, further with Shift'],
  ['Copy by dragging', 'Alt+drag'],
  ['Drag freely', 'Ctrl+drag does not fall in line'],
  ['Call a drag off', 'Esc'],
] as const;

export function HelpDialog({ workspace }: { workspace: Workspace }) {
  const open = workspace.use((state) => state.session.dialog === 'help');
  if (!open) return null;
  return (
    <Dialog title="Keys and help" wide onClose={() => workspace.session({ dialog: null })}>
      <div className="help">
        {SECTIONS.map((section) => (
          <section key={section}>
            <h3>{section}</h3>
            <dl>
              {ACTIONS.filter((action) => action.section === section && isListed(action)).map((action) => (
                <Keys key={action.id} action={action} />
              ))}
            </dl>
          </section>
        ))}
        <section className="hands">
          <h3>By hand</h3>
          <dl>
            {HANDS.map(([what, how]) => (
              <Fragment key={what}>
                <dt>{what}</dt>
                <dd>{how}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Keys({ action }: { action: Action }) {
  return (
    <>
      <dt>{action.label}</dt>
      <dd>
        {[...new Set(action.keys?.map(keyWords))].map((words) => (
          <kbd key={words}>{words}</kbd>
        ))}
      </dd>
    </>
  );
}
