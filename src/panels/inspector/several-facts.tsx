/** Several things at once: all that they can share is set for all of them, each edit one undo step. */
import { setDescription } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { common, countWords } from './common.ts';
import { textFault } from './edit.ts';
import { SeveralEdges, SeveralHeld, SeveralNodes, SeveralNotes } from './several-kinds.tsx';
import { SharedText } from './shared-fields.tsx';
import { SharedList } from './shared-list.tsx';

export function SeveralFacts({ workspace }: { workspace: Workspace }) {
  const selection = workspace.use((state) => state.session.selection);
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const nodes = [...selection.nodes].flatMap((id) => board.nodes[id] ?? []);
  const edges = [...selection.edges].flatMap((id) => board.edges[id] ?? []);
  const groups = [...selection.groups].flatMap((id) => board.groups[id] ?? []);
  const notes = [...selection.notes].flatMap((id) => board.notes[id] ?? []);
  const kinds = { nodes, edges, groups, notes };
  const words = (which: keyof typeof kinds) => countWords({ [which]: kinds[which].length });
  const isMixed = Object.values(kinds).filter((records) => records.length > 0).length > 1;
  const described = [...nodes, ...edges, ...groups];
  const ids = (records: readonly { id: string }[]) => records.map(({ id }) => id);
  const all = Object.values(kinds).flatMap(ids);
  return (
    <>
      <header className="subject">
        <h2>
          {countWords(Object.fromEntries(Object.entries(kinds).map(([name, list]) => [name, list.length])))}
        </h2>
      </header>
      <div className="buttons">
        <ActionButton workspace={workspace} id="edit.group">
          Group
        </ActionButton>
        <ActionButton workspace={workspace} id="mark.suspected">
          Suspect
        </ActionButton>
        <ActionButton workspace={workspace} id="edit.delete">
          Delete
        </ActionButton>
      </div>
      <fieldset disabled={readOnly} key={all.join(' ')}>
        {nodes.length > 0 && (
          <>
            <h3>{isMixed ? words('nodes') : 'Facts'}</h3>
            <SeveralNodes workspace={workspace} nodes={nodes} />
          </>
        )}
        {edges.length > 0 && (
          <>
            <h3>{isMixed ? words('edges') : 'Facts'}</h3>
            <SeveralEdges workspace={workspace} edges={edges} />
          </>
        )}
        {notes.length > 0 && (
          <>
            <h3>{isMixed ? words('notes') : 'Facts'}</h3>
            <SeveralNotes workspace={workspace} notes={notes} />
          </>
        )}
        {isMixed && <h3>All of them</h3>}
        {described.length > 0 && (
          <SharedText
            label="Description"
            lines
            value={common(described, (record) => record.description ?? '')}
            faultOf={textFault}
            onCommit={(text) =>
              workspace.run('edit description', (current) =>
                setDescription(current, { nodes: ids(nodes), edges: ids(edges), groups: ids(groups), text }),
              )
            }
          />
        )}
        {nodes.length + edges.length > 0 && (
          <SharedList workspace={workspace} list="links" label="Links" nodes={nodes} edges={edges} />
        )}
        {nodes.length + notes.length > 0 && <SeveralHeld workspace={workspace} nodes={nodes} notes={notes} />}
      </fieldset>
    </>
  );
}
