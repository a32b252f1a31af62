/** All keys, from the one list of actions, and the method in short. */
import { Fragment } from 'react';
import { ACTIONS, type Action, keyWords, type Workspace } from '../../workspace/index.ts';
import { Dialog } from '../ui/dialog.tsx';

const SECTIONS: readonly Action['section'][] = ['Tools', 'Edit', 'Investigate', 'View', 'Layout', 'File'];

const POINTER = [
  ['Connect', 'drag from a side of a node to another'],
  ['Connect to something new', 'let go over the empty board'],
  ['Select several', 'Shift+click, or drag a frame'],
  ['Move the board', 'scroll, Space+drag, or the middle button'],
  ['Zoom', 'Ctrl+scroll, or pinch'],
  ['Rename', 'double-click'],
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
              {ACTIONS.filter((action) => action.section === section && action.keys?.length).map((action) => (
                <Keys key={action.id} action={action} />
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>With the pointer</h3>
          <dl>
            {POINTER.map(([what, how]) => (
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
