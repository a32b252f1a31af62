/** A group or a note. */
import type { Id } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { goTo } from '../names.ts';
import { CheckField, TextField } from '../ui/field.tsx';
import { KindIcon } from '../ui/icon.tsx';
import { editFields, LOCKED, nameFault, textFault, textOrNone } from './edit.ts';

type Props = { workspace: Workspace; id: Id };

export function GroupFacts({ workspace, id }: Props) {
  const group = workspace.use((state) => state.board.groups[id]);
  const nodes = workspace.use((state) => state.board.nodes);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  if (!group) return null;
  const members = Object.values(nodes).filter((node) => node.group === id);
  return (
    <>
      <header className="subject">
        <h2>{group.name || 'unnamed'}</h2>
        <span className="faint">group of {members.length}</span>
      </header>
      <fieldset disabled={readOnly}>
        <TextField
          label="Name"
          value={group.name}
          faultOf={nameFault}
          onCommit={(name) => editFields(workspace, 'groups', [id], { name })}
        />
        <TextField
          label="Description"
          lines
          value={group.description ?? ''}
          faultOf={textFault}
          onCommit={(text) => editFields(workspace, 'groups', [id], { description: textOrNone(text) })}
        />
      </fieldset>
      <section>
        <h3>In it</h3>
        <ul className="neighbours">
          {members.map((node) => (
            <li key={node.id}>
              <button
                type="button"
                className="row"
                onClick={() => goTo(workspace, { type: 'node', id: node.id })}
              >
                <KindIcon kind={node.kind} size={14} />
                <span className="cut">{node.name || 'unnamed'}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

export function NoteFacts({ workspace, id }: Props) {
  const note = workspace.use((state) => state.board.notes[id]);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  if (!note) return null;
  return (
    <fieldset disabled={readOnly}>
      <TextField
        label="Note"
        lines
        value={note.text}
        faultOf={textFault}
        onCommit={(text) => editFields(workspace, 'notes', [id], { text })}
      />
      <NoteMarkup />
      <CheckField
        label={LOCKED}
        checked={note.locked ?? false}
        onChange={(locked) => editFields(workspace, 'notes', [id], { locked: locked || undefined })}
      />
    </fieldset>
  );
}

/** How a note is set. */
export const NoteMarkup = () => (
  <p className="aside note-markup">
    <code>-</code> or <code>1.</code> begins a line of a list, <code>#</code> a heading
  </p>
);
