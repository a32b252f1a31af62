/** The tools, at the left. */
import { Ellipsis, Group, Hand, MousePointer2, StickyNote } from 'lucide';
import { NODE_KINDS, type NodeKind } from '../../graph/index.ts';
import { actionById, isEnabled, runAction, type Tool, type Workspace } from '../../workspace/index.ts';
import { ActionButton, shortcutOf, titleOf } from '../ui/action-button.tsx';
import { Icon, KindIcon } from '../ui/icon.tsx';
import { rove } from '../ui/keys.ts';
import { Popover } from '../ui/popover.tsx';
import './tool-rail.css';

/** The kinds that most systems are made of; the others are one click further. */
const COMMON: readonly NodeKind[] = [
  'client',
  'gateway',
  'service',
  'worker',
  'queue',
  'topic',
  'database',
  'cache',
];
const RARE = NODE_KINDS.filter((kind) => !COMMON.includes(kind));

const nameOf = (tool: Tool): 'select' | 'hand' | 'note' | NodeKind =>
  tool.type === 'node' ? tool.kind : tool.type;

export function ToolRail({ workspace }: { workspace: Workspace }) {
  const current = nameOf(workspace.use((state) => state.session.tool));
  const canPlace = workspace.use(() => isEnabled(actionById('tool.note'), workspace));
  const rare = RARE.find((kind) => kind === current);
  const pick = (name: string) => runAction(workspace, `tool.${name}`);
  const tool = (name: ReturnType<typeof nameOf>, label: string, icon: React.ReactNode) => (
    <button
      key={name}
      type="button"
      className="tool"
      aria-label={label}
      aria-pressed={current === name}
      aria-disabled={name !== 'select' && name !== 'hand' && !canPlace}
      tabIndex={current === name || (rare && name === 'select') ? 0 : -1}
      title={titleOf(actionById(`tool.${name}`), label)}
      onClick={() => pick(name)}
    >
      {icon}
    </button>
  );
  return (
    <section className="panels island tool-rail" aria-label="Tools">
      <div
        role="toolbar"
        aria-label="Tools"
        aria-orientation="vertical"
        onKeyDown={(event) => rove(event, '.tool, :scope > .icon-button', 'vertical')}
      >
        {tool('select', 'Select', <Icon of={MousePointer2} size={18} />)}
        {tool('hand', 'Hand: drag the board', <Icon of={Hand} size={18} />)}
        <hr />
        {COMMON.map((kind) => tool(kind, capital(kind), <KindIcon kind={kind} size={18} />))}
        <Popover
          className="more"
          button={(props) => (
            <button
              type="button"
              className="tool"
              aria-label={rare ? `${capital(rare)}, more kinds` : 'More kinds'}
              aria-pressed={rare !== undefined}
              tabIndex={-1}
              title="More kinds"
              {...props}
            >
              {rare ? <KindIcon kind={rare} size={18} /> : <Icon of={Ellipsis} size={18} />}
            </button>
          )}
        >
          {(close) => (
            <div
              className="island menu"
              role="menu"
              aria-label="More kinds"
              onKeyDown={(event) => rove(event, 'button')}
            >
              {RARE.map((kind) => (
                <button
                  key={kind}
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  aria-disabled={!canPlace}
                  onClick={() => {
                    pick(kind);
                    close();
                  }}
                >
                  <KindIcon kind={kind} size={18} />
                  <span>{capital(kind)}</span>
                  <kbd>{shortcutOf(actionById(`tool.${kind}`))}</kbd>
                </button>
              ))}
            </div>
          )}
        </Popover>
        <hr />
        {tool('note', 'Note', <Icon of={StickyNote} size={18} />)}
        <ActionButton workspace={workspace} id="edit.group" icon={Group} label="Group what is selected" />
      </div>
    </section>
  );
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
