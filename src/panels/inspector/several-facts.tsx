/** Several things at once: what they have in common can be set for all of them. */
import { EDGE_KINDS, type EdgeKind, NODE_KINDS, type NodeKind } from '../../graph/index.ts';
import type { Workspace } from '../../workspace/index.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { common, countWords } from './common.ts';
import { editFields, textOrNone } from './edit.ts';
import { GroupField, MIXED } from './group-field.tsx';

export function SeveralFacts({ workspace }: { workspace: Workspace }) {
  const selection = workspace.use((state) => state.session.selection);
  const board = workspace.use((state) => state.board);
  const readOnly = workspace.use((state) => state.readOnly !== null);
  const nodes = [...selection.nodes].flatMap((id) => board.nodes[id] ?? []);
  const edges = [...selection.edges].flatMap((id) => board.edges[id] ?? []);
  const nodeIds = nodes.map((node) => node.id);
  const edgeIds = edges.map((edge) => edge.id);
  const counts = {
    nodes: nodes.length,
    edges: edges.length,
    notes: selection.notes.size,
    groups: selection.groups.size,
  };
  const technology = common(nodes, (node) => node.technology ?? '');
  return (
    <>
      <header className="subject">
        <h2>{countWords(counts)}</h2>
      </header>
      <div className="buttons">
        <ActionButton workspace={workspace} id="edit.group">
          Group
        </ActionButton>
        <ActionButton workspace={workspace} id="edit.pin">
          Pin or unpin
        </ActionButton>
        <ActionButton workspace={workspace} id="mark.suspected">
          Suspect
        </ActionButton>
        <ActionButton workspace={workspace} id="edit.delete">
          Delete
        </ActionButton>
      </div>
      <fieldset disabled={readOnly} key={[...nodeIds, ...edgeIds].join(' ')}>
        {nodes.length > 0 && (
          <>
            <h3>All nodes</h3>
            <SelectField
              label="Kind"
              value={common(nodes, (node) => node.kind) ?? ''}
              options={mixable<NodeKind>(
                NODE_KINDS,
                common(nodes, (node) => node.kind),
              )}
              onChange={(kind) => kind && editFields(workspace, 'nodes', nodeIds, { kind })}
            />
            <TextField
              label="Technology"
              value={technology ?? ''}
              placeholder={technology === undefined ? 'several' : ''}
              onCommit={(text) => editFields(workspace, 'nodes', nodeIds, { technology: textOrNone(text) })}
            />
            <GroupField
              workspace={workspace}
              ids={nodeIds}
              value={common(nodes, (node) => node.group ?? '') ?? MIXED}
            />
          </>
        )}
        {edges.length > 0 && (
          <>
            <h3>All edges</h3>
            <SelectField
              label="Kind"
              value={common(edges, (edge) => edge.kind) ?? ''}
              options={mixable<EdgeKind>(
                EDGE_KINDS,
                common(edges, (edge) => edge.kind),
              )}
              onChange={(kind) => kind && editFields(workspace, 'edges', edgeIds, { kind })}
            />
          </>
        )}
      </fieldset>
    </>
  );
}

function mixable<T extends string>(
  kinds: readonly T[],
  shared: T | undefined,
): (readonly [T | '', string])[] {
  const options = kinds.map((kind) => [kind, kind] as const);
  return shared === undefined ? [['', 'several'], ...options] : options;
}
